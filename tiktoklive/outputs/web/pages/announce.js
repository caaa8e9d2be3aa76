// What happened, for those who listen to the page: a summary now and then, not every line.

import { spoken } from "./lines.js";
import { plural } from "./text.js";

const PAUSE = 12000; // milliseconds between two summaries

export class Announcer {
  constructor(region) {
    this._region = region;
    this._count = 0;
    this._last = null;
    this.wanted = true;
    setInterval(() => this._speak(), PAUSE);
  }

  // Something to read out soon.
  heard(entry) {
    const text = spoken(entry);
    if (!text) return;
    this._count++;
    this._last = text;
  }

  // Something to read out now.
  say(text) {
    this._region.textContent = text;
  }

  _speak() {
    if (!this._count) return;
    if (this.wanted && !document.hidden) {
      this.say(
        this._count === 1 ? this._last : `${plural(this._count, "message")}. Last: ${this._last}`,
      );
    }
    this._count = 0;
  }
}
