// The chat: what happens in a room, line by line, and then it fades.

import { SHOWS } from "./overlay-options.js";
import { emote, giftPicture, ignorer, make, nameTag, personOf, portrait } from "./overlay-parts.js";
import { Log } from "./log.js";
import { grouped } from "./text.js";

const LEAVING = 700; // milliseconds; overlay.css fades in 600
const DID = { like: "liked", join: "joined", follow: "followed", share: "shared" };

function badgesOf(entry) {
  return (entry.badges || []).map(([kind, meaning]) => make("span", `badge ${kind}`, meaning));
}

function textOf(entry, pictures) {
  const text = make("span", "text", entry.text || (entry.emotes?.length ? "" : "[emote]"));
  text.dir = "auto";
  for (const address of entry.emotes || []) text.append(emote(address, pictures));
  return text;
}

class Chat {
  constructor(root, options) {
    this._options = options;
    this._wanted = new Set(options.show.flatMap((each) => SHOWS[each]));
    this._ignores = ignorer(options.ignore);
    this._log = new Log(options.lines * 4);
    this._log.watched = true;
    this._elements = new Map();
    this._timers = new Map();
    this._flushing = 0;
    this._pin = null;
    this._list = make("ol");
    this._list.id = "lines";
    this._list.setAttribute("role", "list");
    this._list.setAttribute("aria-label", "What happens");
    this._list.dataset.direction = options.direction;
    this._list.dataset.align = options.align;
    root.append(this._list);
    this.types = [...this._wanted, "imDelete"];
  }

  // The comment that moderators pinned, or null.
  pinned(envelope) {
    this._pin?.remove();
    this._pin = null;
    if (!envelope) return;
    const log = new Log(1);
    log.watched = true;
    log.take(envelope);
    const [entry] = log.changed;
    if (!entry) return;
    this._pin = make("div", `pinned ${entry.kind}`);
    this._pin.append(...this._parts(entry));
    this._list.before(this._pin);
  }

  event(envelope) {
    const { event, data } = envelope;
    if (!this._wanted.has(event) && event !== "imDelete") return;
    if (event !== "imDelete" && this._ignores(personOf(data))) return;
    const command = event === "chat" && /^\s*[!/]\S/.test(String(data.comment));
    if (command && !this._options.commands) return;
    this._log.take(envelope);
    this._flushing ||= setTimeout(() => this._flush(), 50);
  }

  _parts(entry) {
    const { pictures, badges } = this._options;
    const body = make("div", "body");
    if (entry.people) {
      const [userId, name] = [...entry.people].at(-1);
      const others = entry.people.size - 1;
      body.append(nameTag({ name, userId }), others ? ` and ${grouped(others)} more ` : " ");
      body.append(DID[entry.kind]);
      return [body];
    }
    body.append(nameTag(entry), " ");
    if (entry.kind === "gift") {
      const said = make("span", "text", `gave ${entry.gift || "a gift"} `);
      body.append(said, make("span", "times", `×${grouped(entry.number)}`));
      return [giftPicture(entry.gift, entry.giftPicture, pictures), body];
    }
    if (badges) for (const each of badgesOf(entry)) body.append(each, " ");
    body.append(textOf(entry, pictures));
    return [portrait(entry, pictures), body];
  }

  _remove(entry) {
    clearTimeout(this._timers.get(entry));
    this._timers.delete(entry);
    this._elements.get(entry)?.remove();
    this._elements.delete(entry);
    this._log.forget(entry);
  }

  _fadeLater(entry) {
    clearTimeout(this._timers.get(entry));
    if (!this._options.fade) return;
    const leave = () => {
      this._elements.get(entry)?.classList.add("leaving");
      this._timers.set(entry, setTimeout(() => this._remove(entry), LEAVING));
    };
    this._timers.set(entry, setTimeout(leave, this._options.fade * 1000));
  }

  // A gift is shown from the moment on at which its streak is worth it.
  _tooCheap(entry) {
    return entry.kind === "gift" && (entry.each || 0) * entry.number < this._options.min;
  }

  _flush() {
    this._flushing = 0;
    for (const entry of [...this._log.changed]) {
      if (entry.deleted || entry.gone) {
        this._remove(entry);
        continue;
      }
      if (this._tooCheap(entry)) continue;
      let element = this._elements.get(entry);
      if (!element) {
        element = make("li");
        this._elements.set(entry, element);
        this._list.append(element);
      }
      element.className = entry.kind;
      element.replaceChildren(...this._parts(entry));
      this._fadeLater(entry);
    }
    this._log.changed.clear();
    const most = this._options.lines;
    for (const entry of [...this._elements.keys()].slice(0, -most)) this._remove(entry);
  }
}

export const begin = (root, options) => new Chat(root, options);
