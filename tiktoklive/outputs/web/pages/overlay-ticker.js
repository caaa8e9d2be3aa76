// The ticker: what happened last runs through the picture from right to left.

import { deletedBy, eventsOf, happeningOf } from "./overlay-happening.js";
import { diamonds, giftPicture, ignorer, make, nameTag, portrait } from "./overlay-parts.js";
import { Queue } from "./overlay-queue.js";

const WAITING = 50;
const LAST = 12; // shown again when nothing is new
const STILL = 6; // shown at once to those who want no motion

class Ticker {
  constructor(root, options) {
    this._root = root;
    this._options = options;
    this._queue = new Queue(WAITING);
    this._ignores = ignorer(options.ignore);
    this._shown = new Set(options.show);
    this._last = [];
    this._again = 0;
    this._running = false;
    this._still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    root.classList.add("ticker");
    root.classList.toggle("still", this._still);
    this._flying = new Map(); // by element, what it shows
    this.types = [...eventsOf(options.show), "imDelete"];
  }

  event(envelope) {
    if (envelope.event === "imDelete") {
      this._delete(deletedBy(envelope));
      return;
    }
    const happening = happeningOf(envelope);
    if (!happening || !this._shown.has(happening.kind) || this._ignores(happening.person)) return;
    if (happening.kind === "gift" && happening.diamonds < this._options.min) return;
    this._last = [...this._last, happening].slice(-LAST);
    if (this._still) {
      this._showStill();
      return;
    }
    this._queue.put({ ...happening, worth: happening.diamonds });
    if (!this._running) this._next();
  }

  _delete(isDeleted) {
    this._last = this._last.filter((each) => !isDeleted(each));
    this._queue.drop(isDeleted);
    for (const [item, happening] of this._flying) {
      if (isDeleted(happening)) item.remove();
    }
    if (this._still) this._showStill();
  }

  _showStill() {
    const newest = this._last.slice(-STILL).reverse();
    this._root.replaceChildren(...newest.map((each) => this._item(each)));
  }

  _item({ kind, person, did, gift, giftPicture: address, diamonds: sum }) {
    const { pictures } = this._options;
    const picture = kind === "gift" ? giftPicture(gift, address, pictures) : portrait(person, pictures);
    const text = make("span", "text", did);
    text.dir = "auto";
    const item = make("div", `item ${kind}`, picture, nameTag(person), text);
    if (sum) item.append(diamonds(sum));
    return item;
  }

  // The one that waits, else one of those that were here.
  _take() {
    const fresh = this._queue.take();
    if (fresh || !this._options.again || !this._last.length) return fresh;
    this._again = (this._again + 1) % this._last.length;
    return this._last[this._again];
  }

  _next() {
    const next = this._take();
    this._running = Boolean(next);
    if (!next) return;
    const item = this._item(next);
    this._root.append(item);
    this._flying.set(item, next);
    const [way, width, { speed }] = [this._root.clientWidth, item.offsetWidth, this._options];
    const flight = item.animate(
      { transform: [`translateX(${way}px)`, `translateX(${-width}px)`] },
      { duration: ((way + width) / speed) * 1000, fill: "both" },
    );
    flight.finished.then(() => {
      this._flying.delete(item);
      item.remove();
    });
    // The next one follows when this one has come in whole.
    const gap = parseFloat(getComputedStyle(item).fontSize) * 1.5;
    setTimeout(() => this._next(), ((width + gap) / speed) * 1000);
  }
}

export const begin = (root, options) => new Ticker(root, options);
