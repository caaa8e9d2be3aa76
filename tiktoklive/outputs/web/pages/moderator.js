// The moderator's page: comments as they come, and what the overlays are not to show of them.

import { askForToken, dialog, request } from "./asking.js";
import { DrawnList } from "./drawn.js";
import { linkLine } from "./link.js";
import { remembered, remember, token } from "./settings.js";
import { EventStream, Refused, refusal } from "./socket.js";
import { useTabs } from "./tabs.js";
import { clock, nameOf, plain } from "./text.js";

const TYPES = ["chat", "emote", "questionNew", "imDelete"];
const BACKLOG = 100; // comments of before that are fetched
const MOST = 300; // comments that are shown
const SLOW = 700; // milliseconds until a decision that is on its way is told
const NOBODY = "No user is followed yet: add one on the reader's page, under Rooms.";
const LOOK = 30000; // milliseconds between two looks at the list of rooms

const $ = (id) => document.getElementById(id);
const lists = Object.fromEntries(
  ["comments", "hidden", "blocked", "pinned"].map((name) => [
    name,
    new DrawnList($(name).querySelector("ol")),
  ]),
);
let comments = new Map(); // of the room that is chosen: by id, the envelope, the oldest first
const NOTHING = { hidden: [], blocked: [], pinned: null };
const decided = new Map(); // by room, in lower case
let chosen = new URLSearchParams(location.search).get("room") || remembered("moderated", "");
chosen = plain(chosen, 64).replace(/^@/, "").toLowerCase();
if (!/^[a-z0-9_.]+$/.test(chosen)) chosen = ""; // the first there is

const now = () => decided.get(chosen) || NOTHING;
const roomOf = (envelope) => String(envelope.anchor || "").toLowerCase();

function make(name, className, ...content) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

// --- what is decided -------------------------------------------------------------------------

async function decide(order) {
  const told = $("told");
  // On a slow line nothing else tells that the button was pressed.
  const slow = setTimeout(() => (told.textContent = "Sending…"), SLOW);
  const path = `/api/rooms/${encodeURIComponent(chosen)}/moderation`;
  try {
    for (;;) {
      const body = JSON.stringify(order);
      const answer = await request(path, { name: "moderate", method: "POST", body });
      if (answer.ok) {
        clearTimeout(slow);
        told.textContent = "";
        // While the stream is open it tells this too, and in order: an answer on a slow line may
        // be older than what another moderator decided since.
        if (link.dataset.state !== "open") take(await answer.json());
        return;
      }
      const refused = await refusal(answer);
      clearTimeout(slow);
      if (!refused.wantsToken || !(await askForToken(dialog, "moderate"))) throw refused;
    }
  } catch (error) {
    told.textContent = error instanceof Refused ? error.message : "The server cannot be reached.";
  } finally {
    clearTimeout(slow);
  }
}

function take(shape) {
  if (typeof shape.room !== "string") return;
  decided.set(shape.room, shape);
  soon();
}

// --- what is shown ---------------------------------------------------------------------------

let drawing = 0;
let pressed = false;

function soon() {
  // Not at the next frame: a page in the background has none.
  drawing ||= setTimeout(draw, 100);
}

// While a finger is down nothing moves: what comes would put another button under it, and a
// button that moved hears of no click.
document.addEventListener("pointerdown", () => (pressed = true), true);
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    pressed = false;
    soon();
  }, true);
}

function action(className, text, about, act) {
  const button = make("button", className, text);
  button.type = "button";
  button.setAttribute("aria-label", `${text}: ${about}`);
  button.addEventListener("click", act);
  return button;
}

function said(data) {
  const text = plain(data.comment ?? data.questionText ?? data.content ?? "", 500);
  return text || "[emote]";
}

function commentOf(envelope, actions) {
  const { data } = envelope;
  const name = nameOf(data);
  const time = make("time", "", clock(envelope.ts));
  const text = make("div", "text", said(data));
  text.dir = "auto";
  const at = new Date(envelope.ts);
  if (!Number.isNaN(at.getTime())) time.dateTime = at.toISOString();
  const who = make("div", "who", make("bdi", "name", name));
  if (data.uniqueId) who.append(make("bdi", "muted", `@${plain(data.uniqueId, 40)}`));
  const buttons = make("div", "actions", ...actions(`${name}, ${text.textContent.slice(0, 60)}`));
  return make("li", "comment", who, time, text, buttons);
}

function line(envelope) {
  const { id, data } = envelope;
  const { hidden, blocked } = now();
  const isHidden = hidden.includes(id);
  const isBlocked = blocked.some((each) => each.userId === String(data.userId));
  const element = commentOf(envelope, (about) => [
    isHidden
      ? action("show", "Show", about, () => decide({ show: id }))
      : action("hide", "Hide", about, () => decide({ hide: id })),
    action("pin", "Pin", about, () => decide({ pin: id })),
    isBlocked
      ? action("unblock", "Unblock", about, () => decide({ unblock: String(data.userId) }))
      : action("block", "Block", about, () =>
          decide({ block: { userId: String(data.userId), name: nameOf(data) } }),
        ),
  ]);
  element.classList.toggle("off", isHidden || isBlocked);
  return element;
}

function blockedLine({ userId, name }) {
  const shown = plain(name, 40) || userId;
  const who = make("div", "who", make("bdi", "name", shown));
  const button = action("unblock", "Unblock", shown, () => decide({ unblock: userId }));
  return make("li", "comment", who, make("div", "actions", button));
}

// One that is hidden, and from long before this page.
function hiddenLine(id) {
  const text = make("div", "text muted", "A comment of before");
  const show = action("show", "Show", "a comment of before", () => decide({ show: id }));
  return make("li", "comment off", text, make("div", "actions", show));
}

function draw() {
  drawing = 0;
  if (pressed) return; // when it is up
  const { hidden, blocked, pinned } = now();
  const off = new Set(blocked.map((each) => each.userId));
  // What a comment looks like depends on this, and on nothing else.
  const item = (id) => {
    const envelope = comments.get(id);
    const isBlocked = envelope && off.has(String(envelope.data.userId));
    const state = `${Boolean(envelope)} ${hidden.includes(id)} ${isBlocked}`;
    return { key: id, state, make: () => (envelope ? line(envelope) : hiddenLine(id)) };
  };
  fill("comments", [...comments.keys()].reverse().map(item));
  fill("hidden", [...hidden].reverse().map(item));
  fill("blocked", blocked.map((each) => ({
    key: each.userId,
    state: each.name,
    make: () => blockedLine(each),
  })));
  $("tab-hidden").querySelector(".count").textContent = hidden.length;
  $("tab-blocked").querySelector(".count").textContent = blocked.length;
  $("pinned").hidden = !pinned;
  const unpin = (about) => [action("unpin", "Unpin", about, () => decide({ unpin: true }))];
  const make = () => commentOf(pinned, unpin);
  lists.pinned.draw(pinned ? [{ key: pinned.id, state: "", make }] : []);
}

function fill(name, items) {
  lists[name].draw(items);
  $(name).querySelector(".empty").hidden = items.length > 0;
}

useTabs($("tabs"));

// --- what comes in ---------------------------------------------------------------------------

function hear({ name, data, shape }) {
  if (name === "moderation") {
    take(shape);
    return;
  }
  if (name === "resumed" || name === "error") return;
  keep(JSON.parse(data));
  soon();
}

function keep(envelope) {
  if (!envelope || typeof envelope.data !== "object" || !envelope.data) return;
  if (roomOf(envelope) !== chosen) return;
  if (envelope.event === "imDelete") {
    forget(envelope);
  } else if (envelope.sample !== true) {
    comments.set(envelope.id, envelope);
    if (comments.size > MOST) comments.delete(comments.keys().next().value);
  }
}

// What was said before this page came, however much others say meanwhile.
async function fetchBefore() {
  const room = chosen;
  if (!room) return;
  const path = `/api/rooms/${encodeURIComponent(room)}/events?limit=${BACKLOG}&types=${TYPES.join(",")}`;
  let events;
  try {
    const answer = await request(path, { name: "moderate" });
    if (!answer.ok) return;
    ({ events } = await answer.json());
  } catch {
    return; // the stream tells whether the server is there
  }
  if (room !== chosen) return;
  const since = comments;
  comments = new Map();
  for (const envelope of [...events, ...since.values()]) keep(envelope);
  soon();
}

// What TikTok's own moderators deleted need not be looked at any more.
function forget({ anchor, room, data }) {
  const messages = new Set((data.deleteMsgIds || []).map(String));
  const users = new Set((data.deleteUserIds || []).map(String));
  for (const [id, each] of comments) {
    if (each.anchor !== anchor) continue;
    const message = id.slice(String(room).length + 1);
    if (messages.has(message) || users.has(String(each.data.userId))) comments.delete(id);
  }
}

const link = $("link");

const showLink = linkLine(link, $("retry"));

function tellLink(state, detail) {
  showLink(state, detail);
  if (state === "open") {
    decided.clear(); // told anew: another run of the server may know nothing of it
    if (comments.size < BACKLOG) fetchBefore();
    soon();
    look();
  }
  if (state === "refused") ask();
}

async function ask() {
  if (!dialog.open && (await askForToken(dialog, "moderate"))) stream.again();
}

let stream = null;
let streams = 0;

// Hear of the room that is chosen, and of no other: a phone need not fetch what others say.
function listen() {
  stream?.close();
  const number = ++streams;
  const ifLast = (act) => (...what) => number === streams && act(...what);
  const ask = new URLSearchParams({ moderation: "1", types: TYPES.join(","), rooms: chosen });
  stream = new EventStream(`/ws?${ask}`, {
    event: ifLast(hear),
    state: ifLast(tellLink),
    token: () => token("moderate") || token("read"),
  });
}

$("retry").addEventListener("click", () => (link.dataset.state === "refused" ? ask() : stream.again()));
window.addEventListener("online", () => stream.again());

// --- the rooms -------------------------------------------------------------------------------

const select = $("room");

async function look() {
  let names;
  try {
    const answer = await request("/rooms", { name: "moderate" });
    if (!answer.ok) return;
    names = (await answer.json()).rooms.map((each) => String(each.name).toLowerCase());
  } catch {
    return; // the stream tells whether the server is there
  }
  if (!names.length) $("told").textContent = NOBODY;
  else if ($("told").textContent === NOBODY) $("told").textContent = "";
  if (!names.includes(chosen) && names.length) {
    // Nobody is to block people in another room without knowing.
    if (chosen) $("told").textContent = `@${chosen} is not followed any more. This is @${names[0]}.`;
    choose(names[0]);
  }
  const shown = [...select.options].map((each) => each.value);
  if (JSON.stringify(shown) !== JSON.stringify(names)) {
    select.replaceChildren(...names.map((each) => new Option(`@${plain(each, 40)}`, each)));
  }
  select.value = chosen;
}

function choose(name) {
  chosen = name;
  remember("moderated", name);
  comments = new Map();
  listen();
  soon();
}

select.addEventListener("change", () => {
  $("told").textContent = "";
  choose(select.value);
});
listen();
setInterval(() => {
  if (!document.hidden && link.dataset.state === "open") look();
}, LOOK);
