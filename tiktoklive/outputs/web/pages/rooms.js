// The rooms that are followed: their states, their logs, their numbers; and which is shown.

import { request } from "./asking.js";
import { Log } from "./log.js";
import { Numbers, total } from "./numbers.js";
import { Older } from "./older.js";
import { count, nameOf, plain } from "./text.js";
import { list } from "./tell.js";

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
    this._changed = changed;
    this._rooms = new Map();
    this.isEmpty = false; // whether the server said that it follows nobody
    this._all = new Log();
    this._allOlder = new Older(this._all, () => this.followed);
    this.chosen = fromAddress(); // "" is all
    if (this.chosen) this._room(this.chosen);
    select.addEventListener("change", () => this.choose(select.value));
    addEventListener("hashchange", () => {
      if (fromAddress()) this._room(fromAddress());
      this.choose(fromAddress());
    });
  }

  choose(name) {
    this.chosen = this._rooms.has(name) ? name : "";
    history.replaceState(null, "", this.chosen ? `#${encodeURIComponent(this.chosen)}` : "#");
    this._select.value = this.chosen;
    this._tellPhase();
    this._changed();
  }

  get _one() {
    return this._rooms.get(this.chosen);
  }

  // The names of all rooms that are followed now.
  get followed() {
    return [...this._rooms].filter(([, room]) => room.phase !== "gone").map(([name]) => name);
  }

  // The only one that is shown; "" where there are several.
  get single() {
    const names = this.followed;
    return this.chosen || (names.length === 1 ? names[0] : "");
  }

  get showsMany() {
    return !this._one && this._rooms.size > 1;
  }

  // The log that is shown, or that of a room, and what fetches what was before.
  log(name = this.chosen) {
    const room = this._rooms.get(name);
    return room ? [room.log, room.older] : [this._all, this._allOlder];
  }

  numbers() {
    return this._one ? this._one.numbers : total([...this._rooms.values()].map((each) => each.numbers));
  }

  // Take an event in, where it belongs.
  take(envelope) {
    const room = this._room(String(envelope.anchor || ""));
    notice(room.numbers, envelope);
    room.log.take(envelope);
    this._all.take(envelope);
  }

  counted(said) {
    this._follow(String(said.anchor || ""), String(said.room || ""));
    const { numbers } = this._room(String(said.anchor || ""));
    numbers.take(said);
    if (numbers.isNew) remember(numbers, String(said.anchor));
  }

  // Who had another name in this broadcast has this one now, and what was shown of them is theirs.
  _follow(name, broadcast) {
    for (const [former, room] of this._rooms) {
      if (!broadcast || former === name || room.broadcast !== broadcast) continue;
      this._rooms.delete(former);
      if (this.chosen === former) {
        this._room(name);
        this.choose(name);
      }
      this._offer();
    }
    this._room(name).broadcast = broadcast;
  }

  note(text) {
    for (const log of [this._all, ...[...this._rooms.values()].map((each) => each.log)]) log.note(text);
  }

  // What the server said of all rooms.
  told(rooms) {
    this.isEmpty = rooms.length === 0;
    for (const { name, phase, reason } of rooms) {
      Object.assign(this._room(String(name)), { phase: String(phase), reason: plain(reason, 200) });
    }
    const names = new Set(rooms.map((each) => String(each.name)));
    for (const [name, room] of this._rooms) {
      if (!names.has(name)) Object.assign(room, { phase: "gone", reason: "no longer followed" });
    }
    this._offer();
  }

  _room(name) {
    let room = this._rooms.get(name);
    if (!room) {
      const log = new Log();
      room = { log, older: new Older(log, () => [name]), numbers: new Numbers(), phase: "", reason: "" };
      this._rooms.set(name, room);
      this._offer();
    }
    return room;
  }

  _offer() {
    const all = this._rooms.size ? `All ${this._rooms.size} rooms` : "No rooms";
    const options = [["", this._rooms.size === 1 ? "1 room" : all]];
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

// Charts begin with what the server remembers.
async function remember(numbers, name) {
  numbers.asked();
  try {
    const answer = await request(`/api/rooms/${encodeURIComponent(name)}/past`);
    if (answer.ok) numbers.remember(await answer.json());
  } catch {
    // They begin now, then.
  }
}

// What is shown beside the numbers until something else takes its place.
function notice(numbers, { event, data, received_at: received }) {
  if (event === "captionMessage") {
    const text = plain(data.text, 300);
    if (text) numbers.captions = { text, at: count(received) };
  } else if (event === "roomPin") {
    const user = data.pinnedMessage?.user;
    const seconds = count(data.displayDuration);
    const until = seconds ? count(received) + seconds * 1000 : 0;
    const pin = { name: user ? nameOf(user) : "", text: plain(data.text, 300), until };
    numbers.pin = count(data.action) === 1 ? pin : null;
  } else if (event === "rankUpdate") {
    for (const each of list(data.updatesList).slice(0, 8)) {
      const title = plain(each?.defaultContent?.defaultPattern, 80);
      const countdown = count(each?.countdown);
      const until = countdown ? count(received) + countdown * 1000 : 0;
      const rank = { title, place: count(each?.ownerRank), until };
      if (title) numbers.ranks.set(count(each.rankType), rank);
    }
  }
  if (event === "streamEnd") {
    numbers.pin = null;
    numbers.captions = { text: "", at: 0 };
    numbers.ranks.clear();
  }
}
