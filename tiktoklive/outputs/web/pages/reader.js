// The reader page: puts its parts together.

import { Announcer } from "./announce.js";
import { askForToken, dialog, request } from "./asking.js";
import { Columns } from "./columns.js";
import { Desk } from "./desk.js";
import { save } from "./export.js";
import { Finding } from "./finding.js";
import { linkLine } from "./link.js";
import { Manage, change, reasonOf } from "./manage.js";
import { PersonCard } from "./people.js";
import { Rooms } from "./rooms.js";
import { fontSize, filters, menu, switchOf, themeChoice, token } from "./settings.js";
import { EventStream, Seen } from "./socket.js";
import { EVENTS } from "./tell.js";
import { plural } from "./text.js";

const BACKLOG = 500;
const LOOK = 15000; // milliseconds between two looks at the list of rooms

const $ = (id) => document.getElementById(id);
const announcer = new Announcer($("announcements"));
const rooms = new Rooms($("room"), $("phase"), show);
const columns = new Columns($("columns"), rooms);
columns.options.heard = (entry) => announcer.heard(entry);
const finding = new Finding({
  search: $("search"),
  words: $("words"),
  list: $("ignored"),
  options: columns.options,
  changed: () => columns.refill(),
});
const person = new PersonCard($("person"), columns.options, finding);
const desk = new Desk(rooms, columns.options, person);
const manage = new Manage({
  rooms,
  form: $("add-room"),
  list: $("followed"),
  told: $("rooms-told"),
  chat: $("speak"),
  dialog,
  changed: look,
});
const seen = new Seen();

// --- what is shown ---------------------------------------------------------------------------

let flushing = 0;
let numbersAreOld = true;

function show() {
  columns.show();
  desk.show();
  manage.show();
  $("beside").hidden = !rooms.showsMany;
  const room = rooms.chosen ? `?room=${encodeURIComponent(rooms.chosen)}` : "";
  $("overlay-link").href = `/overlay${room}`;
}

function soon() {
  // Not at the next frame: a page in the background has none.
  flushing ||= setTimeout(flush, 100);
}

function flush() {
  flushing = 0;
  if (columns.isOld) {
    show();
    return;
  }
  columns.flush();
}

function showNumbers() {
  numbersAreOld = false;
  desk.show();
}

setInterval(() => {
  if (!document.hidden) showNumbers();
}, 1000);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (numbersAreOld) showNumbers();
  columns.flush();
});

// --- what comes in ---------------------------------------------------------------------------

function hear({ name, shape }) {
  if (name === "resumed") {
    if (shape.complete === false) {
      rooms.note("The server was restarted, or this page was away for long. All it has is here.");
      soon();
    }
  } else if (name === "numbers") {
    rooms.counted(shape);
    numbersAreOld = true;
  } else if (shape && typeof shape.data === "object" && seen.isNew(shape)) {
    rooms.take(shape);
    if (MOVES.has(shape.event)) lookSoon();
    soon();
  }
}

const LINK = $("link");
const showLink = linkLine(LINK, $("retry"));

function tellLink(state, detail) {
  showLink(state, detail);
  if (state === "open") look().then(() => columns.enough());
  if (state === "refused") ask();
}

async function ask() {
  if (!dialog.open && (await askForToken(dialog, "read"))) stream.again();
}

const stream = new EventStream(`/ws?numbers=1&backlog=${BACKLOG}&types=${EVENTS.join(",")}`, {
  event: hear,
  state: tellLink,
  token: () => token("read"),
});
$("retry").addEventListener("click", () =>
  LINK.dataset.state === "refused" ? ask() : stream.again(),
);
window.addEventListener("online", () => stream.again());

// --- the list of rooms -----------------------------------------------------------------------

// Events after which a room is in another state.
const MOVES = new Set(["connected", "disconnected", "reconnecting", "streamEnd", "gaveUp", "renamed"]);
let looking = 0;

function lookSoon() {
  looking ||= setTimeout(look, 500);
}

async function look() {
  clearTimeout(looking);
  looking = 0;
  try {
    const answer = await request("/rooms");
    if (answer.ok) rooms.told((await answer.json()).rooms);
  } catch {
    // The stream tells whether the server is there.
  }
  await manage.look();
  soon();
}

setInterval(() => {
  if (!document.hidden && LINK.dataset.state === "open") look();
}, LOOK);

// --- what can be chosen ----------------------------------------------------------------------

for (const each of document.querySelectorAll(".menu")) menu(each);
themeChoice($("settings"));
fontSize($("font-size"));
switchOf($("pictures"), "pictures", true, (wanted) => {
  columns.options.pictures = wanted;
  show();
});
switchOf($("announce"), "announce", true, (wanted) => (announcer.wanted = wanted));
switchOf($("side-by-side"), "beside", false, (wanted) => {
  columns.beside = wanted;
  show();
});
filters(document.querySelectorAll("#filters button"), (hidden) => {
  columns.options.hidden = hidden;
  columns.refill();
});

for (const button of document.querySelectorAll("#views button")) {
  button.addEventListener("click", () => {
    document.body.dataset.view = button.dataset.view;
    for (const each of document.querySelectorAll("#views button")) {
      each.setAttribute("aria-pressed", String(each === button));
    }
    if (button.dataset.view === "feed") columns.toEnd();
  });
}

for (const button of document.querySelectorAll("[data-export]")) {
  button.addEventListener("click", () => {
    const entries = columns.shown;
    save(entries, button.dataset.export);
    $("export-told").textContent = `${plural(entries.length, "line")} saved.`;
  });
}

$("sample").addEventListener("click", async () => {
  const told = $("sample-told");
  told.textContent = "Sending…";
  try {
    const { overlays } = await (await change(dialog, "/sample", "POST", {})).json();
    told.textContent = `Sent to ${plural(overlays, "open overlay")}.`;
  } catch (error) {
    told.textContent = `Not sent. ${reasonOf(error)}`;
  }
});
