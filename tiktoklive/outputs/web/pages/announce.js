// What happened, for those who listen to the page: a summary now and then, not every line.

import { spoken } from "./lines.js";
import { plural } from "./text.js";

const PAUSE = 12000; // milliseconds between two summaries
const GATHER = 1000; // milliseconds to wait for more before the first

export class Announcer {
  constructor(region) {
    this._region = region;
    this._count = 0;
    this._last = "";
    this._spoke = -PAUSE;
    this._timer = 0;
    this.wanted = true;
  }

  // Something to read out soon.
  heard(entry) {
    const text = spoken(entry);
    if (!text) return;
    this._count++;
    this._last = text;
    const wait = this._spoke + PAUSE - performance.now();
    this._timer ||= setTimeout(() => this._speak(), Math.max(wait, GATHER));
  }

  _speak() {
    this._timer = 0;
    this._spoke = performance.now();
    if (this.wanted && !document.hidden) {
      this._region.textContent =
        this._count === 1 ? this._last : `${plural(this._count, "message")}. Last: ${this._last}`;
    }
    this._count = 0;
  }
}
