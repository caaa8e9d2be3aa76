// What all overlays are made of: elements, names, portraits, pictures. What viewers typed goes in
// by textContent, and nothing else does.

import { initial, picture } from "./pictures.js";
import { grouped, hue, nameOf, plain } from "./text.js";

export function make(name, className = "", ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

// A name is set apart, so that writing from right to left stays within it.
export function nameTag(person) {
  const element = make("bdi", "name", person.name);
  element.dataset.hue = hue(person.userId || person.name);
  return element;
}

// Lay a picture over what an element shows, once it is there; until then, and where there is
// none, what is below stays.
function cover(element, address, wanted) {
  const image = picture(address, "above", () => "", wanted);
  if (!image) return element;
  const shown = () => element.classList.add("covered");
  if (image.classList.contains("loading")) image.addEventListener("load", shown, { once: true });
  else shown();
  element.append(image);
  return element;
}

// A round portrait: the initial of the name, and over it the picture.
export function portrait(person, wanted) {
  const element = make("span", "portrait");
  element.dataset.initial = initial(person.name); // drawn by the style sheet: it is no text
  element.dataset.hue = hue(person.userId || person.name);
  element.setAttribute("aria-hidden", "true");
  return cover(element, person.picture, wanted);
}

// The picture of a gift: a present, in a colour of its own, and over it the picture.
export function giftPicture(gift, address, wanted) {
  const element = make("span", "gift-picture");
  element.dataset.hue = hue(gift);
  element.setAttribute("aria-hidden", "true");
  return cover(element, address, wanted);
}

// A picture within a text; where it leads nowhere, a word in its place.
export function emote(address, wanted) {
  return cover(make("span", "emote", make("span", "word", "[emote]")), address, wanted);
}

export function diamonds(number) {
  const element = make("span", "diamonds", grouped(number));
  element.append(make("span", "unseen", " diamonds"));
  return element;
}

// A viewer out of an event, whatever its form: classic, or the message itself as JSON.
export function personOf(data) {
  const pieces = [data.content, data.commonBarrageContent, data.common?.displayText];
  const users = pieces.flatMap((each) => each?.pieces || []).map((each) => each?.userValue?.user);
  const within = [data.user, data.userGradeParam?.user, data.fansLevelParam?.user, ...users];
  const inner = data.nickname || data.uniqueId ? null : within.find(Boolean);
  const user = inner || data;
  return {
    name: nameOf(user),
    uniqueId: plain(user.uniqueId, 40),
    userId: String(user.userId || user.id || ""),
    picture: user.profilePictureUrl || user.avatarThumb?.urlList?.[0] || user.picture || "",
  };
}

// Tells whether a viewer is one of those who are ignored.
export function ignorer(text) {
  const names = new Set(
    text.toLowerCase().split(/[\s,]+/).map((each) => each.replace(/^@/, "")).filter(Boolean),
  );
  return (person) => names.has(String(person.uniqueId || "").toLowerCase());
}
