// The overlay page for OBS: what happens in a room, over the picture, and then it fades.
//
// Configured by its address; doc/outputs.rst has the table.

import { picture, bdi } from "./lines.js";
import { Log } from "./log.js";
import { EventStream, Seen } from "./socket.js";
import { grouped, plain } from "./text.js";

const LEAVING = 700; // milliseconds; overlay.css fades in 600

// What can be shown, and the events it is made from.
const SHOWS = {
  chat: ["chat", "emote", "questionNew"],
  gift: ["gift", "giftStreak"],
  follow: ["follow"],
  share: ["share"],
  like: ["like"],
  join: ["member"],
  sub: ["subscribe", "envelope"],
};

const query = new URLSearchParams(location.search);

function number(name, otherwise, least, most) {
  const given = query.get(name);
  const value = given === null || given === "" ? NaN : Number(given);
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
}

function oneOf(name, ...choices) {
  return choices.includes(query.get(name)) ? query.get(name) : choices[0];
}

function colour(name) {
  const given = (query.get(name) || "").trim();
  const value = /^[0-9a-f]{3,8}$/i.test(given) ? `#${given}` : given;
  return CSS.supports("color", value) ? value : null;
}

const named = (query.get("show") || "").split(",").filter((each) => Object.hasOwn(SHOWS, each));
const shown = named.length ? named : ["chat", "gift", "follow", "sub"];
const fade = number("fade", 20, 0, 3600) * 1000;
const most = Math.floor(number("lines", 8, 1, 50));
const pictures = oneOf("pictures", "1", "0") === "1";
const room = query.get("room") || "";

const list = document.getElementById("lines");
list.dataset.direction = oneOf("direction", "up", "down");
list.dataset.align = oneOf("align", "left", "right");
const style = document.documentElement.style;
style.setProperty("--size", `${number("size", 28, 8, 200)}px`);
for (const name of ["colour", "names", "box"]) {
  const value = colour(name);
  if (value !== null) style.setProperty(`--${name}`, value);
}

// --- lines -----------------------------------------------------------------------------------

const log = new Log(most * 4);
log.watched = true;
const elements = new Map();
const timers = new Map();

function span(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

const nothing = () => document.createTextNode("");

function parts(entry) {
  const body = document.createElement("div");
  body.className = "body";
  if (entry.people) {
    const names = [...entry.people.values()];
    const others = names.length > 1 ? ` and ${grouped(names.length - 1)} more` : "";
    const did = { like: "liked", join: "joined", follow: "followed", share: "shared" }[entry.kind];
    body.append(bdi(names.at(-1)), `${others} ${did}`);
    return [body];
  }
  body.append(bdi(entry.name), " ");
  if (entry.kind === "gift") {
    body.append(span("text", `gave ${entry.gift || "a gift"} `), span("times", `×${grouped(entry.number)}`));
    return [picture(entry.giftPicture, "gift-picture", nothing, pictures), body];
  }
  const text = span("text", entry.text || (entry.emotes?.length ? "" : "[emote]"));
  text.dir = "auto";
  for (const address of entry.emotes || []) {
    text.append(picture(address, "emote", () => document.createTextNode("[emote]"), pictures));
  }
  body.append(text);
  return [picture(entry.picture, "portrait", nothing, pictures), body];
}

function remove(entry) {
  clearTimeout(timers.get(entry));
  timers.delete(entry);
  elements.get(entry)?.remove();
  elements.delete(entry);
  log.forget(entry);
}

function fadeLater(entry) {
  clearTimeout(timers.get(entry));
  if (!fade) return;
  const leave = () => {
    elements.get(entry)?.classList.add("leaving");
    timers.set(entry, setTimeout(() => remove(entry), LEAVING));
  };
  timers.set(entry, setTimeout(leave, fade));
}

function flush() {
  flushing = 0;
  for (const entry of [...log.changed]) {
    if (entry.deleted || entry.gone) {
      remove(entry);
      continue;
    }
    let element = elements.get(entry);
    if (!element) {
      element = document.createElement("li");
      elements.set(entry, element);
      list.append(element);
    }
    element.className = entry.kind;
    element.replaceChildren(...parts(entry));
    fadeLater(entry);
  }
  log.changed.clear();
  for (const entry of [...elements.keys()].slice(0, -most)) remove(entry);
}

// --- events ----------------------------------------------------------------------------------

let flushing = 0;
const seen = new Seen(2000);
const wanted = new Set(shown.flatMap((each) => SHOWS[each]));

function hear({ name, data }) {
  if (name === "resumed") return;
  const envelope = JSON.parse(data);
  if (!envelope || typeof envelope.data !== "object" || envelope.history) return;
  if (envelope.sample !== true) {
    if (!seen.isNew(envelope)) return;
    if (!wanted.has(envelope.event) && envelope.event !== "imDelete") return;
  }
  log.take(envelope);
  flushing ||= setTimeout(flush, 50);
}

// Only what its owner must know is said on an overlay: everybody sees it.
function tell(state, { status, reason } = {}) {
  document.body.dataset.link = state;
  const old = document.getElementById("problem");
  if (state === "connecting") return;
  const theirs = state === "refused" || (status >= 400 && status < 500 && status !== 429);
  if (!theirs) {
    old?.remove();
    return;
  }
  const line = old || document.createElement("li");
  line.id = "problem";
  line.className = "problem";
  line.textContent = state === "refused" ? "The address of this overlay needs token=…" : reason;
  list.append(line);
}

const ask = new URLSearchParams({ overlay: "1", types: [...wanted, "imDelete"].join(",") });
if (query.get("token")) ask.set("token", query.get("token"));
if (room) ask.set("rooms", plain(room, 60).replace(/^@/, ""));
const stream = new EventStream(`/ws?${ask}`, { event: hear, state: tell });
window.addEventListener("online", () => stream.again());
