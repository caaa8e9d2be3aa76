// The reader page: puts its parts together.

import { Announcer } from "./announce.js";
import { askForToken, request } from "./asking.js";
import { Chart, fillTable } from "./charts.js";
import { Feed } from "./feed.js";
import { bdi, diamonds, portrait } from "./lines.js";
import { EVENTS } from "./log.js";
import { Rooms } from "./rooms.js";
import { filters, menu, switchOf, themeChoice, token } from "./settings.js";
import { EventStream, Refused, Seen, refusal } from "./socket.js";
import { perMinute } from "./stats.js";
import { plural, short } from "./text.js";

const BACKLOG = 500;
const LOOK = 15000; // milliseconds between two looks at the list of rooms
const GIVERS = 8;

const $ = (id) => document.getElementById(id);
const dialog = $("ask");
const announcer = new Announcer($("announcements"));
const feed = new Feed({
  scroller: $("scroller"),
  list: $("lines"),
  button: $("newer"),
  empty: $("empty"),
});
const rooms = new Rooms($("room"), $("phase"), show);
const charts = {
  viewers: new Chart($("chart-viewers"), "Viewers"),
  chats: new Chart($("chart-chats"), "Comments per minute"),
  diamonds: new Chart($("chart-diamonds"), "Diamonds"),
};
const seen = new Seen();

// --- what is shown ---------------------------------------------------------------------------

let numbersAreOld = true;
let flushing = 0;

function show() {
  feed.options.rooms = rooms.showsMany;
  feed.show(rooms.log);
  showNumbers();
  const room = rooms.chosen ? `?room=${encodeURIComponent(rooms.chosen)}` : "";
  $("overlay-link").href = `/overlay${room}`;
}

function soon() {
  numbersAreOld = true;
  // Not at the next frame: a page in the background has none.
  flushing ||= setTimeout(flush, 100);
}

function flush() {
  flushing = 0;
  if (feed.options.rooms !== rooms.showsMany) {
    show();
    return;
  }
  for (const entry of rooms.log.changed) {
    if (!entry.gone && !entry.heard && !entry.history && !feed.hidden.has(entry.kind)) {
      entry.heard = true;
      announcer.heard(entry);
    }
  }
  feed.flush();
}

function showNumbers() {
  const now = Date.now();
  const stats = rooms.stats(now);
  const chats = perMinute(stats.chats.values(now, stats.since));
  $("watching").textContent = stats.watching === null ? "–" : short(stats.watching);
  $("chatting").textContent = short(chats.at(-1) || 0);
  $("diamonds").textContent = short(stats.diamonds);
  $("likes").textContent = short(stats.likes);
  const viewers = stats.viewers.values(now, stats.since);
  const diamonds = stats.gifts.values(now, stats.since);
  charts.viewers.draw(viewers);
  charts.chats.draw(chats);
  charts.diamonds.draw(diamonds);
  if ($("as-table").open) {
    const lists = [{ values: viewers }, { values: chats }, { values: diamonds, kind: "bars" }];
    fillTable($("as-table").querySelector("tbody"), lists, now);
  }
  showGivers(stats.top(GIVERS));
  numbersAreOld = false;
}

$("as-table").addEventListener("toggle", showNumbers);

let shownGivers = "";

function showGivers(top) {
  const shape = JSON.stringify([top, feed.options.pictures]);
  if (shape === shownGivers) return;
  shownGivers = shape;
  const most = top[0]?.diamonds || 1;
  $("givers").replaceChildren(
    ...top.map((giver) => {
      const line = document.createElement("li");
      const bar = document.createElement("span");
      bar.className = "share";
      bar.style.width = `${Math.max(2, (giver.diamonds / most) * 100)}%`;
      const sum = diamonds(giver.diamonds);
      sum.title = `${plural(giver.diamonds, "diamond")} in ${plural(giver.gifts, "gift")}`;
      const picture = portrait(giver.name, giver.key, giver.picture, feed.options.pictures);
      line.append(picture, bdi(giver.name), sum, bar);
      return line;
    }),
  );
  $("no-givers").hidden = top.length > 0;
}

setInterval(() => {
  if (!document.hidden) showNumbers();
}, 1000);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (numbersAreOld) showNumbers();
  feed.flush();
});

// --- what comes in ---------------------------------------------------------------------------

function hear({ name, data }) {
  if (name === "resumed") {
    if (JSON.parse(data).complete === false) {
      rooms.note("The server was restarted, or this page was away for long. All it has is here.");
      soon();
    }
    return;
  }
  const envelope = JSON.parse(data);
  if (!envelope || typeof envelope.data !== "object" || !seen.isNew(envelope)) return;
  rooms.take(envelope);
  if (MOVES.has(envelope.event)) lookSoon();
  soon();
}

const LINK = $("link");

function tellLink(state, detail = {}) {
  LINK.dataset.state = state;
  $("retry").hidden = state !== "waiting" && state !== "refused";
  if (state === "open") LINK.textContent = "Connected";
  else if (state === "connecting") LINK.textContent = "Connecting…";
  else if (state === "refused") LINK.textContent = "Token needed";
  else LINK.textContent = `Offline, again in ${Math.ceil(detail.seconds)} s`;
  LINK.title = detail.reason || "";
  if (state === "open") look();
  if (state === "refused") ask();
}

async function ask() {
  if (!dialog.open && (await askForToken(dialog, "read"))) stream.again();
}

const stream = new EventStream(`/ws?backlog=${BACKLOG}&types=${EVENTS.join(",")}`, {
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
const MOVES = new Set(["connected", "disconnected", "reconnecting", "streamEnd", "gaveUp"]);
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
  soon();
}

setInterval(() => {
  if (!document.hidden && LINK.dataset.state === "open") look();
}, LOOK);

// --- what can be chosen ----------------------------------------------------------------------

menu(document.querySelector(".menu"));
themeChoice($("settings"));
switchOf($("pictures"), "pictures", true, (wanted) => {
  feed.options.pictures = wanted;
  show();
});
switchOf($("announce"), "announce", true, (wanted) => (announcer.wanted = wanted));
filters(document.querySelectorAll("#filters button"), (hidden) => feed.hide(hidden));

for (const button of document.querySelectorAll("#views button")) {
  button.addEventListener("click", () => {
    document.body.dataset.view = button.dataset.view;
    for (const each of document.querySelectorAll("#views button")) {
      each.setAttribute("aria-pressed", String(each === button));
    }
    if (button.dataset.view === "feed") feed.toEnd();
  });
}

$("sample").addEventListener("click", async () => {
  const told = $("sample-told");
  told.textContent = "Sending…";
  try {
    for (;;) {
      const answer = await request("/sample", { name: "control", method: "POST", body: "{}" });
      if (answer.ok) {
        const { overlays } = await answer.json();
        told.textContent = `Sent to ${plural(overlays, "open overlay")}.`;
        return;
      }
      const refused = await refusal(answer);
      if (!refused.wantsToken || !(await askForToken(dialog, "control"))) throw refused;
    }
  } catch (error) {
    const reason = error instanceof Refused ? error.message : "The server cannot be reached.";
    told.textContent = `Not sent. ${reason}`;
  }
});
