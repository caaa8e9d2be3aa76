// The rooms that are followed: their states, their logs, their numbers; and which is shown.

import { Log } from "./log.js";
import { Stats, together } from "./stats.js";
import { plain } from "./text.js";

const PHASES = {
  live: "live",
  connecting: "connecting",
  resolving: "looking up",
  signing: "connecting",
  entering: "connecting",
  waiting: "waiting",
  refused: "refused",
  offline: "offline",
  ended: "ended",
  failed: "failed",
  idle: "idle",
};

function fromAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // somebody wrote it by hand
  }
}

export class Rooms {
  // select: the element to choose with; phase: where the state of the chosen room is told;
  // changed(): called when another is chosen.
  constructor(select, phase, changed) {
    this._select = select;
    this._phase = phase;
    this._rooms = new Map();
    this._all = { log: new Log(), stats: null };
    this.chosen = fromAddress(); // "" is all
    if (this.chosen) this._room(this.chosen);
    select.addEventListener("change", () => {
      this.chosen = select.value;
      history.replaceState(null, "", this.chosen ? `#${encodeURIComponent(this.chosen)}` : "#");
      this._tellPhase();
      changed();
    });
  }

  get _one() {
    return this._rooms.get(this.chosen);
  }

  get log() {
    return this._one ? this._one.log : this._all.log;
  }

  get showsMany() {
    return !this._one && this._rooms.size > 1;
  }

  stats(now) {
    const all = [...this._rooms.values()];
    if (this._one) return this._one.stats;
    if (!all.length) return new Stats();
    return all.length === 1 ? all[0].stats : together(all.map((room) => room.stats), now);
  }

  // Take an event in, where it belongs.
  take(envelope) {
    const room = this._room(String(envelope.anchor || ""));
    room.stats.take(envelope);
    room.log.take(envelope);
    this._all.log.take(envelope);
  }

  note(text) {
    for (const { log } of [this._all, ...this._rooms.values()]) log.note(text);
  }

  // What the server said of all rooms.
  told(list) {
    for (const { name, phase, reason } of list) {
      Object.assign(this._room(String(name)), { phase: String(phase), reason: plain(reason, 200) });
    }
    const names = new Set(list.map((each) => String(each.name)));
    for (const [name, room] of this._rooms) {
      if (!names.has(name)) Object.assign(room, { phase: "gone", reason: "no longer followed" });
    }
    this._offer();
  }

  _room(name) {
    let room = this._rooms.get(name);
    if (!room) {
      room = { log: new Log(), stats: new Stats(), phase: "", reason: "" };
      this._rooms.set(name, room);
      this._offer();
    }
    return room;
  }

  _offer() {
    const options = [["", this._rooms.size === 1 ? "1 room" : `All ${this._rooms.size} rooms`]];
    for (const [name, { phase }] of this._rooms) {
      const state = phase && phase !== "live" ? ` (${PHASES[phase] || phase})` : "";
      options.push([name, `@${plain(name, 40)}${state}`]);
    }
    const now = [...this._select.options].map((each) => [each.value, each.text]);
    if (JSON.stringify(now) !== JSON.stringify(options)) {
      this._select.replaceChildren(
        ...options.map(([value, text]) => new Option(text, value)),
      );
    }
    this._select.value = this.chosen;
    this._tellPhase();
  }

  _tellPhase() {
    const all = [...this._rooms.values()];
    const live = all.filter((room) => room.phase === "live").length;
    const one = this._one || (all.length === 1 ? all[0] : null);
    if (one) {
      const phase = PHASES[one.phase] || one.phase;
      this._phase.textContent = one.reason && one.phase !== "live" ? `${phase}: ${one.reason}` : phase;
      this._phase.dataset.phase = one.phase;
    } else {
      const some = live === all.length ? `${live} live` : `${live} of ${all.length} live`;
      this._phase.textContent = all.length ? some : "";
      this._phase.dataset.phase = live ? "live" : "";
    }
    this._phase.title = this._phase.textContent; // where it is too long to be shown
  }
}
