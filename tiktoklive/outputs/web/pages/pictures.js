// Pictures of people and things, and what stands in for them until they are there, or for good.

import { hue, pictureAddress } from "./text.js";

export function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
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
export function initial(name) {
  const letters = [...LETTERS.segment(name)].map((each) => each.segment);
  const first = letters.find((each) => /[\p{L}\p{N}]/u.test(each)) || letters[0] || "";
  return first.toUpperCase();
}

// A letter on a ground of its own colour, and upon it the picture as soon as that is there.
function layered(className, letter, colour, address, wanted) {
  const element = make("span", `${className} initial`, letter);
  element.dataset.hue = hue(colour);
  element.setAttribute("aria-hidden", "true");
  const above = picture(address, "above", () => "", wanted);
  element.append(above);
  if (above) {
    const there = () => element.classList.add("there");
    if (above.classList.contains("loading")) above.addEventListener("load", there, { once: true });
    else there();
  }
  return element;
}

export function portrait(name, userId, address, wanted) {
  return layered("portrait", initial(name), userId, address, wanted);
}

export function giftPicture(name, address, wanted) {
  return layered("gift-picture", initial(name), name, address, wanted);
}
