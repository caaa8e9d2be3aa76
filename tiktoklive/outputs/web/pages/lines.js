// An entry of a log as elements of the page. Texts go in by textContent, and nothing else does.

import { countdown } from "./countdown.js";
import { keepFocus } from "./drawn.js";
import { giftPicture, make, picture, portrait } from "./pictures.js";
import { clock, grouped, hue, plural } from "./text.js";

export { picture, portrait } from "./pictures.js";

// A name is set apart, so that writing from right to left stays within it.
export function bdi(name, userId) {
  const element = make("bdi", "name", name);
  element.dir = "auto";
  if (userId !== undefined) element.dataset.hue = hue(userId);
  return element;
}

// Of whom each button with a name is.
const PEOPLE = new WeakMap();

export function whoseButton(element) {
  return PEOPLE.get(element);
}

// A name that leads to the card of its user; the arrow keys go from one to the next, so that the
// tab key does not have to pass all of them.
function who(entry) {
  const button = make("button", "person");
  button.type = "button";
  button.tabIndex = -1;
  button.append(bdi(entry.name, entry.userId));
  PEOPLE.set(button, entry);
  return button;
}

function time(entry) {
  const element = make("time", "", clock(entry.at));
  element.dateTime = new Date(entry.at).toISOString();
  return element;
}

// A text with what is looked for in it marked.
function marked(text, find) {
  const element = make("span", "text");
  element.dir = "auto";
  let from = 0;
  if (find) {
    for (const found of text.matchAll(find)) {
      if (!found[0]) break;
      element.append(text.slice(from, found.index), make("mark", "", found[0]));
      from = found.index + found[0].length;
    }
  }
  element.append(text.slice(from));
  return element;
}

// A badge, with TikTok's picture of it where there is one.
export function badgesOf(badges, medals, pictures) {
  const shown = (address) => picture(address, "badge-picture", () => "", pictures);
  const named = badges.map(([kind, words, address]) => {
    const element = make("span", `badge ${kind}`);
    element.append(address ? shown(address) : "", words);
    return element;
  });
  return [...named, ...medals.map(shown)];
}

function chat(entry, { pictures, find }) {
  const body = make("div", "body");
  const head = make("span", "who");
  head.append(who(entry), ...badgesOf(entry.badges, entry.medals, pictures));
  const text = marked(entry.text, find);
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

// From so many diamonds on a gift stands out more.
const TIERS = [10, 100, 1000, 10000];

export function tierOf(entry) {
  return TIERS.filter((each) => entry.each * entry.number >= each).length;
}

function gift(entry, { pictures, find }) {
  const body = make("div", "body");
  const head = make("span", "who");
  head.append(who(entry));
  const text = make("span", "text");
  const name = make("b");
  name.append(...marked(entry.gift || "a gift", find).childNodes);
  text.append("gave ", name);
  body.append(head, text);
  const sum = make("span", "sum");
  if (entry.number > 1) sum.append(make("span", "times", `×${grouped(entry.number)}`));
  if (entry.each) sum.append(diamonds(entry.each * entry.number));
  return [giftPicture(entry.gift, entry.giftPicture, pictures), body, sum];
}

const DID = { like: "liked", join: "joined", follow: "followed", share: "shared the broadcast" };

function heap(entry) {
  const body = make("div", "body small");
  const names = [...entry.people].slice(-2);
  const others = entry.people.size - names.length;
  names.forEach(([userId, name], index) => {
    if (index) body.append(others ? ", " : " and ");
    body.append(who({ name, userId, anchor: entry.anchor }));
  });
  if (others) body.append(` and ${plural(others, "other")}`);
  body.append(` ${DID[entry.kind]}`);
  const parts = [make("span", "mark"), body];
  if (entry.kind === "like") parts.push(make("span", "more", `+${grouped(entry.number)}`));
  return parts;
}

function sub(entry, { pictures, find }) {
  const body = make("div", "body");
  const head = make("span", "who");
  head.append(who(entry));
  body.append(head, marked(entry.text, find));
  return [portrait(entry.name, entry.userId, entry.picture, pictures), body];
}

function note(entry, { find }) {
  const body = make("div", "body small");
  body.append(...marked(entry.text, find).childNodes);
  if (entry.until) body.append(" ", countdown(entry.until, entry.before));
  return [make("span", "mark"), body];
}

// Rows of a card: a name, a number, and a bar as long as its share.
export function rowsOf(rows) {
  const list = make("ul", "rows-of");
  list.append(
    ...rows.map(({ name, value, share }) => {
      const row = make("li");
      const bar = make("span", "share");
      bar.style.width = `${Math.min(1, share) * 100}%`;
      row.append(bdi(name), make("span", "value", value), bar);
      return row;
    }),
  );
  return list;
}

function card(entry, { find }) {
  const body = make("div", "body");
  body.append(make("strong", "title", entry.title));
  if (entry.text) body.append(marked(entry.text, find));
  if (entry.rows.length) body.append(rowsOf(entry.rows));
  return [make("span", "mark"), body];
}

const PARTS = { chat, gift, sub, note, card, like: heap, join: heap, follow: heap, share: heap };

// Fill an element, new or old, with an entry as it is now.
//   options: pictures, whether to fetch any; rooms, whether to say whose room it is; find, a
//   regular expression of what is looked for; stands out(entry); hides(entry).
export function fill(element, entry, options) {
  element.className = `line ${entry.kind}`;
  element.classList.toggle("history", entry.history);
  element.classList.toggle("away", Boolean(options.hides?.(entry)));
  if (entry.deleted) {
    element.classList.add("deleted");
    const gone = make("div", "body small", "Removed by moderation");
    element.replaceChildren(make("span", "mark"), gone, time(entry));
    return;
  }
  element.classList.toggle("running", entry.final === false);
  element.classList.toggle("highlight", Boolean(options.standsOut?.(entry)));
  if (entry.kind === "gift") element.classList.add(`tier-${tierOf(entry)}`);
  const parts = PARTS[entry.kind](entry, options);
  const named = entry.kind === "note" && entry.text.includes(`@${entry.anchor}`);
  if (options.rooms && entry.anchor && !named) parts.push(make("bdi", "room-tag", `@${entry.anchor}`));
  keepFocus(element, () => element.replaceChildren(...parts, time(entry)));
}

// The same in one sentence, to be read out.
export function spoken(entry) {
  if (entry.kind === "chat") return `${entry.name}: ${entry.text || "emote"}`;
  if (entry.kind === "gift") return `${entry.name} gave ${entry.number} ${entry.gift || "gifts"}`;
  if (entry.kind === "sub") return `${entry.name} ${entry.text}`;
  if (entry.kind === "card") return `${entry.title}. ${entry.text}`;
  return entry.text || "";
}
