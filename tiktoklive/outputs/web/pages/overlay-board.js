// What shows numbers has in common: it is drawn anew when they change, and samples change them.

import { changeBy, Numbers } from "./overlay-numbers.js";
import { ignorer, make, personOf } from "./overlay-parts.js";

// A board that draw(root, numbers, options) fills; types are the events whose samples it shows.
export function board(kind, samples, draw) {
  return (root, options) => {
    root.classList.add("board", kind);
    const ignores = ignorer(options.ignore || "");
    const numbers = new Numbers((all) => draw(root, all, options));
    return {
      types: samples,
      numbers: (shape) => {
        const givers = (shape.givers || []).filter((each) => !ignores(each));
        numbers.take({ ...shape, givers });
      },
      // Its numbers are the server's: an event is of use only when it is a sample.
      event: (envelope) => {
        if (envelope.sample !== true) return;
        numbers.sample(changeBy(envelope, personOf(envelope.data)));
      },
    };
  };
}

// A bar of which a part, 0 to 1, is full.
export function bar(part, className = "") {
  const full = make("span", "full");
  full.style.setProperty("--part", String(Math.min(1, Math.max(0, part || 0))));
  return make("div", `bar ${className}`.trim(), full);
}

// Text or a picture is set only when it changed: a bar can glide then, and nothing flickers.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// The time that is left until a moment, which counts by itself; milliseconds since 1970.
export class Countdown {
  constructor() {
    this.element = make("span", "countdown");
    this._until = 0;
    this._timer = 0;
  }

  until(moment) {
    this._until = moment;
    clearTimeout(this._timer);
    this._show();
  }

  _show() {
    const left = Math.max(0, this._until - Date.now());
    const seconds = Math.ceil(left / 1000);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    setText(this.element, this._until ? text : "");
    this.element.classList.toggle("ending", seconds > 0 && seconds <= 10);
    if (left) this._timer = setTimeout(() => this._show(), left % 1000 || 1000);
  }
}
