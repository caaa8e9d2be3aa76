// The list of what happens: follows its end until somebody scrolls up, and stays bounded.

import { fill } from "./lines.js";
import { plural } from "./text.js";

const NEAR = 48; // pixels from the end that count as the end

export class Feed {
  // scroller: what scrolls; list: what holds the lines; button: leads back to the end.
  constructor({ scroller, list, button, empty }) {
    this._scroller = scroller;
    this._list = list;
    this._button = button;
    this._empty = empty;
    this._elements = new Map();
    this._log = null;
    this._follows = true;
    this._top = 0;
    this._unread = 0;
    this.hidden = new Set();
    this.options = { pictures: true, rooms: false };
    scroller.addEventListener("scroll", () => this._scrolled(), { passive: true });
    button.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this._follows && this._jump()).observe(scroller);
  }

  // Show another log, or the same one anew.
  show(log) {
    if (this._log) this._log.watched = false;
    this._log = log;
    log.watched = true;
    log.changed.clear();
    this._elements.clear();
    this._list.replaceChildren();
    for (const entry of log.entries) log.changed.add(entry);
    this.flush();
    this.toEnd();
  }

  // Show what changed since the last time.
  flush() {
    if (!this._log) return;
    const { changed } = this._log;
    const fresh = [];
    for (const entry of changed) {
      let element = this._elements.get(entry);
      if (entry.gone) {
        element?.remove();
        this._elements.delete(entry);
        continue;
      }
      if (!element) {
        element = document.createElement("li");
        this._elements.set(entry, element);
        fresh.push(element);
        if (!this.hidden.has(entry.kind) && !this._follows) this._unread++;
      }
      fill(element, entry, this.options);
    }
    changed.clear();
    this._list.append(...fresh);
    this._empty.hidden = this._elements.size > 0;
    if (this._follows) this._jump();
    this._tell();
  }

  hide(kinds) {
    this.hidden = new Set(kinds);
    this._list.dataset.hide = [...kinds].join(" ");
    if (this._follows) this._jump();
  }

  toEnd() {
    this._follows = true;
    this._unread = 0;
    this._jump();
    this._tell();
  }

  _jump() {
    this._scroller.scrollTop = this._scroller.scrollHeight;
    this._top = this._scroller.scrollTop;
  }

  _scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this._scroller;
    const upwards = scrollTop < this._top - 1;
    this._top = scrollTop;
    if (scrollHeight - scrollTop - clientHeight <= NEAR) {
      this._follows = true;
      this._unread = 0;
    } else if (upwards) this._follows = false;
    this._tell();
  }

  _tell() {
    this._button.hidden = this._follows;
    this._button.textContent = this._unread
      ? plural(this._unread, "new message")
      : "Back to the latest";
  }
}
