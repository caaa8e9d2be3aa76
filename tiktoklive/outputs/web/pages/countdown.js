// Times that are still to come, and count down while they are to be seen.

import { make } from "./pictures.js";

function left(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes < 60) return `${minutes}:${String(rest).padStart(2, "0")}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

function show(element) {
  const more = Number(element.dataset.until) - Date.now();
  element.textContent = more > 0 ? element.dataset.before + left(more) : "";
}

// An element that says how long it is until a time, and nothing when that has come.
export function countdown(until, before = "") {
  const element = make("span", "countdown");
  element.dataset.until = until;
  element.dataset.before = before;
  show(element);
  return element;
}

setInterval(() => {
  for (const element of document.querySelectorAll("[data-until]")) show(element);
}, 1000);
