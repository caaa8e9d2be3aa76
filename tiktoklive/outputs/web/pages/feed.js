// The list of what happens: follows its end until somebody scrolls up, and stays bounded.

import { fill } from "./lines.js";
import { make } from "./pictures.js";
import { plural } from "./text.js";

const NEAR = 48; // pixels from the end that count as the end
const TOP = 120; // and from the beginning
const ENOUGH = 60; // lines to be seen, before older ones are fetched by themselves

export class Feed {
  // options, which all feeds share: as lines.js has them, and hidden: kinds; search.
  // label: what it is of, for those who listen.
  constructor(options, label) {
    this._options = options;
    this._elements = new Map();
    this._log = null;
    this._older = null;
    this._follows = true;
    this._top = 0;
    this._unread = 0;
    this._asking = false;
    this._quiet = false;
    this._over = false;
    this._build(label);
  }

  _build(label) {
    this.element = make("div", "column");
    this._scroller = make("div", "scroller");
    this._scroller.tabIndex = 0;
    this._scroller.setAttribute("role", "region");
    this._scroller.setAttribute("aria-label", label);
    this._before = make("button", "older", "Older lines");
    this._before.type = "button";
    this._before.hidden = true;
    this._empty = make("p", "empty");
    this._list = make("ol", "lines");
    this._list.setAttribute("role", "list");
    this._button = make("button", "newer");
    this._button.type = "button";
    this._scroller.append(this._before, this._empty, this._list);
    this.element.append(this._scroller, this._button);
    this._scroller.addEventListener("scroll", () => this._scrolled(), { passive: true });
    this._scroller.addEventListener("keydown", (event) => this._key(event));
    this._button.addEventListener("click", () => this.toEnd());
    this._before.addEventListener("click", () => this._above());
    this._watcher = new ResizeObserver(() => this._follows && this._jump());
    this._watcher.observe(this._scroller);
  }

  // Show a log, or the same one anew. older: fetches what was before.
  show(log, older) {
    this.close();
    this._log = log;
    this._older = older;
    this._over = false;
    log.watched = true;
    log.changed.clear();
    this._elements.clear();
    this._list.replaceChildren();
    for (const entry of log.entries) log.changed.add(entry);
    this._quiet = true; // it is no news
    this.flush();
    this._quiet = false;
    this.toEnd();
    this.enough();
  }

  // Nobody looks at it any more.
  close() {
    if (!this._log) return;
    this._log.watched = false;
    this._log.hold(false);
    this._log.changed.clear();
    this._log = null;
  }

  get log() {
    return this._log;
  }

  // The entries that are to be seen, in their order.
  get shown() {
    const seen = (entry) => this._isSeen(entry);
    return this._log ? this._log.entries.filter(seen) : [];
  }

  _isSeen(entry) {
    const { hidden, hides } = this._options;
    return !hidden.has(entry.kind) && !entry.deleted && !hides(entry);
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
        element = make("li");
        this._elements.set(entry, element);
        fresh.push([entry, element]);
      }
      fill(element, entry, this._options);
      if (!entry.heard) {
        entry.heard = true;
        if (!this._quiet && !entry.history && this._isSeen(entry)) this._options.heard(entry);
      }
    }
    changed.clear();
    if (fresh.length) this._place(fresh);
    if (this._follows) this._jump();
    this._tell();
  }

  // Most are new and go to the end; what was fetched goes where it belongs.
  _place(fresh) {
    const last = this._list.lastElementChild;
    const entries = this._log.entries;
    const atEnd = entries.slice(-fresh.length).every((each, index) => each === fresh[index][0]);
    if (atEnd) {
      this._list.append(...fresh.map(([, element]) => element));
      if (!this._follows && last) {
        this._unread += fresh.filter(([entry]) => this._isSeen(entry)).length;
      }
      return;
    }
    const [anchor, top] = this._stay();
    let next = this._list.firstElementChild;
    for (const entry of entries) {
      const element = this._elements.get(entry);
      if (!element) continue;
      if (element === next) next = next.nextElementSibling;
      else this._list.insertBefore(element, next);
    }
    if (anchor && !this._follows) {
      this._scroller.scrollTop += anchor.getBoundingClientRect().top - top;
    }
    this._top = this._scroller.scrollTop;
  }

  // The first line that is to be seen, and where: it shall not move when others come above.
  _stay() {
    const { top } = this._scroller.getBoundingClientRect();
    for (const element of this._list.children) {
      const place = element.getBoundingClientRect();
      if (place.height && place.bottom > top) return [element, place.top];
    }
    return [null, 0];
  }

  // What is hidden, looked for or marked is another now: all lines anew.
  refill() {
    this._list.dataset.hide = [...this._options.hidden].join(" ");
    for (const [entry, element] of this._elements) fill(element, entry, this._options);
    if (this._follows) this._jump();
    this._over = false;
    this._tell();
    this.enough();
  }

  toEnd() {
    this._follows = true;
    this._unread = 0;
    this._log?.hold(false);
    this._jump();
    this._tell();
  }

  get _kinds() {
    const kinds = ["chat", "gift", "like", "join", "follow", "share", "sub", "card", "note"];
    return kinds.filter((kind) => !this._options.hidden.has(kind));
  }

  // Fetch older lines until there are enough to look at, or no more.
  async enough() {
    for (let turn = 0; turn < 5 && this.shown.length < ENOUGH; turn++) {
      if (!(await this._ask())) return;
    }
  }

  // Until there is something above again.
  async _above() {
    for (let turn = 0; turn < 10 && this._scroller.scrollTop < TOP; turn++) {
      if (!(await this._ask())) return;
    }
  }

  async _ask() {
    const older = this._older;
    if (!older || this._asking || this._over || !this._kinds.length) return false;
    this._asking = true;
    this._before.disabled = true;
    let came = false;
    try {
      came = await older.fetch(this._kinds);
    } catch (error) {
      this._over = true; // until something else is looked at
      this._before.textContent = `Older lines cannot be fetched. ${error.message}`;
    }
    this._asking = false;
    this._before.disabled = false;
    if (older !== this._older) return false;
    this.flush();
    return came || older.may(this._kinds);
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
    this._log?.hold(!this._follows);
    if (upwards && scrollTop < TOP) this._above();
    this._tell();
  }

  // From the list to the names in it, and from one to the next.
  _key(event) {
    const names = () => [...this._list.querySelectorAll(".person")].filter((each) => each.offsetParent);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.target === this._scroller && event.key === "Enter") names().at(-1)?.focus();
    else if (event.target.matches(".person") && step) {
      const all = names();
      all[all.indexOf(event.target) + step]?.focus();
    } else if (event.target.matches(".person") && event.key === "Escape") this._scroller.focus();
    else return;
    event.preventDefault();
  }

  _tell() {
    this._button.hidden = this._follows;
    this._button.textContent = this._unread
      ? plural(this._unread, "new message")
      : "Back to the latest";
    const some = this._log?.entries.length > 0;
    const any = some && this._log.entries.some((entry) => this._isSeen(entry));
    this._empty.hidden = any;
    if (!any) {
      this._empty.textContent = some
        ? "No line here matches. Clear the search, or switch on more kinds above."
        : this._options.isEmpty
          ? "No user is followed yet: add one under Rooms."
          : "Nothing has happened yet. Comments, gifts and everything else appear here as they come.";
    }
    const words = this._older?.words || "";
    if (!this._over && this._before.textContent !== words) this._before.textContent = words;
    this._before.hidden = !some || !this._older?.may(this._kinds);
  }
}
