// An entry of a log as elements of the page. Texts go in by textContent, and nothing else does.

import { clock, grouped, hue, pictureAddress, plural } from "./text.js";

function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// A name is set apart, so that writing from right to left stays within it.
export function bdi(name, userId) {
  const element = make("bdi", "name", name);
  if (userId !== undefined) element.dataset.hue = hue(userId);
  return element;
}

// Addresses that led nowhere; lines are filled again and again, and need not try again.
const broken = new Set();
const REMEMBERED = 2000;

// A picture; where there is none, or none is wanted, what stands in for it.
export function picture(address, className, standIn, wanted) {
  const safe = wanted ? pictureAddress(address) : "";
  if (!safe || broken.has(safe)) return standIn();
  const image = make("img", `${className} loading`);
  image.alt = "";
  image.width = image.height = 40; // CSS knows better; this keeps lines from jumping
  image.decoding = "async";
  image.referrerPolicy = "no-referrer";
  image.addEventListener("load", () => image.classList.remove("loading"), { once: true });
  const fail = () => {
    broken.add(safe);
    if (broken.size > REMEMBERED) broken.delete(broken.values().next().value);
    image.replaceWith(standIn());
  };
  image.addEventListener("error", fail, { once: true });
  image.src = safe;
  if (image.complete && image.naturalWidth) image.classList.remove("loading");
  return image;
}

const LETTERS = new Intl.Segmenter();

// The first letter of a name, or whatever it begins with.
function initial(name) {
  const letters = [...LETTERS.segment(name)].map((each) => each.segment);
  const first = letters.find((each) => /[\p{L}\p{N}]/u.test(each)) || letters[0] || "";
  return first.toUpperCase();
}

export function portrait(name, userId, address, wanted) {
  return picture(
    address,
    "portrait",
    () => {
      const element = make("span", "portrait initial", initial(name));
      element.dataset.hue = hue(userId);
      element.setAttribute("aria-hidden", "true");
      return element;
    },
    wanted,
  );
}

function giftPicture(address, giftName, wanted) {
  return picture(
    address,
    "gift-picture",
    () => {
      const element = make("span", "gift-picture none");
      element.dataset.hue = hue(giftName);
      element.setAttribute("aria-hidden", "true");
      return element;
    },
    wanted,
  );
}

function time(entry) {
  const element = make("time", "", clock(entry.at));
  element.dateTime = new Date(entry.at).toISOString();
  return element;
}

function chat(entry, { pictures }) {
  const body = make("div", "body");
  const head = make("span", "who");
  head.append(bdi(entry.name, entry.userId));
  for (const [kind, meaning] of entry.badges) head.append(make("span", `badge ${kind}`, meaning));
  const text = make("span", "text", entry.text);
  text.dir = "auto";
  for (const address of entry.emotes) {
    text.append(" ", picture(address, "emote", () => make("span", "muted", "[emote]"), pictures));
  }
  if (!entry.text && !entry.emotes.length) text.append(make("span", "muted", "[emote]"));
  body.append(head, text);
  return [portrait(entry.name, entry.userId, entry.picture, pictures), body];
}

// So many diamonds: a sign for those who see it, the word for those who don't.
export function diamonds(number) {
  const element = make("span", "diamonds", grouped(number));
  element.append(make("span", "sr-only", " diamonds"));
  return element;
}

function gift(entry, { pictures }) {
  const body = make("div", "body");
  const head = make("span", "who");
  head.append(bdi(entry.name, entry.userId));
  const text = make("span", "text");
  text.append("gave ", make("b", "", entry.gift || "a gift"));
  body.append(head, text);
  const sum = make("span", "sum");
  if (entry.number > 1) sum.append(make("span", "times", `×${grouped(entry.number)}`));
  if (entry.each) sum.append(diamonds(entry.each * entry.number));
  const shown = giftPicture(entry.giftPicture, entry.gift, pictures);
  return [shown, body, sum];
}

const DID = { like: "liked", join: "joined", follow: "followed", share: "shared the broadcast" };

function heap(entry) {
  const body = make("div", "body small");
  const names = [...entry.people].slice(-2);
  const others = entry.people.size - names.length;
  names.forEach(([userId, name], index) => {
    if (index) body.append(others ? ", " : " and ");
    body.append(bdi(name, userId));
  });
  if (others) body.append(` and ${plural(others, "other")}`);
  body.append(` ${DID[entry.kind]}`);
  const parts = [make("span", "mark"), body];
  if (entry.kind === "like") parts.push(make("span", "more", `+${grouped(entry.number)}`));
  return parts;
}

function sub(entry, { pictures }) {
  const body = make("div", "body");
  const text = make("span", "text", entry.text);
  const head = make("span", "who");
  head.append(bdi(entry.name, entry.userId));
  body.append(head, text);
  return [portrait(entry.name, entry.userId, entry.picture, pictures), body];
}

function note(entry) {
  return [make("span", "mark"), make("div", "body small", entry.text)];
}

const PARTS = { chat, gift, sub, note, like: heap, join: heap, follow: heap, share: heap };

// Fill an element, new or old, with an entry as it is now.
//   options: pictures, whether to fetch any; rooms, whether to say whose room it is.
export function fill(element, entry, options) {
  element.className = `line ${entry.kind}`;
  element.classList.toggle("running", entry.final === false);
  element.classList.toggle("deleted", entry.deleted);
  element.classList.toggle("history", entry.history);
  if (entry.deleted) {
    const gone = make("div", "body small", "Removed by moderation");
    element.replaceChildren(make("span", "mark"), gone, time(entry));
    return;
  }
  const parts = PARTS[entry.kind](entry, options);
  if (options.rooms && entry.anchor && entry.kind !== "note") {
    const room = make("bdi", "room-tag", `@${entry.anchor}`);
    parts.push(room);
  }
  element.replaceChildren(...parts, time(entry));
}

// The same in one sentence, to be read out.
export function spoken(entry) {
  if (entry.kind === "chat") return `${entry.name}: ${entry.text || "emote"}`;
  if (entry.kind === "gift") return `${entry.name} gave ${entry.number} ${entry.gift || "gifts"}`;
  if (entry.kind === "sub") return `${entry.name} ${entry.text}`;
  return entry.text || "";
}
