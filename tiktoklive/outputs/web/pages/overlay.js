// An overlay for OBS: which one, its address says; doc/overlays.rst has the tables.

import { follow } from "./overlay-link.js";
import { KINDS, readAll } from "./overlay-options.js";

const MODULES = {
  chat: () => import("./overlay-chat.js"),
  alerts: () => import("./overlay-alerts.js"),
  ticker: () => import("./overlay-ticker.js"),
  goal: () => import("./overlay-goal.js"),
  top: () => import("./overlay-top.js"),
  counter: () => import("./overlay-counter.js"),
  battle: () => import("./overlay-battle.js"),
  poll: () => import("./overlay-poll.js"),
};

// How it looks, which is the same for all kinds.
function dress(options) {
  const { style, dataset } = document.documentElement;
  style.setProperty("--size", `${options.size}px`);
  // In parts of the letters, so that larger ones have a larger one.
  style.setProperty("--outline", `${options.outline / options.size}em`);
  dataset.outline = options.outline ? "on" : "off";
  for (const name of ["colour", "names", "box", "accent", "second"]) {
    const value = options[name];
    if (value === "auto") dataset[name] = "auto";
    else if (value) style.setProperty(`--${name}`, value);
  }
  if (options.font) style.setProperty("--font", `"${options.font}"`);
  if (options.css) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `/files/${encodeURIComponent(options.css)}`;
    document.head.append(link);
  }
}

const query = new URLSearchParams(location.search);
const asked = location.pathname.split("/")[2] || "chat";
const kind = Object.hasOwn(KINDS, asked) ? asked : "chat";
const options = readAll(kind, query);
document.querySelector("h1").textContent = KINDS[kind].title;
document.title = `${KINDS[kind].title} · tiktoklive`;
document.body.dataset.kind = kind;
dress(options);

const root = document.getElementById("overlay");
const { begin } = await MODULES[kind]();
const overlay = begin(root, options);
follow(
  {
    room: query.get("room") || "",
    token: query.get("token") || "",
    types: overlay.types,
    hold: options.hold,
  },
  {
    event: (envelope) => overlay.event(envelope),
    numbers: overlay.numbers && ((numbers) => overlay.numbers(numbers)),
    pinned: overlay.pinned && ((envelope) => overlay.pinned(envelope)),
  },
);
