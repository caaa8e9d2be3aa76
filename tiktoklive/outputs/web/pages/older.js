// Lines that the page does not have, or not any more, from what the server keeps.

import { request } from "./asking.js";
import { placeOf } from "./log.js";
import { refusal } from "./socket.js";
import { eventsOf } from "./tell.js";

const AT_ONCE = 200; // events in one answer
export const ROOMS = 6; // as many as are asked for when all are shown, and as stand side by side

// For one log: it is known of each room and kind from which event on all are here.
export class Older {
  // names(): the rooms whose lines the log has.
  constructor(log, names) {
    this._log = log;
    this._names = names;
    this._from = new Map(); // "room kind" -> seq; "" when there is nothing older
    this._busy = null;
    log.trimmed = (entry) => this._trimmed(entry);
  }

  _trimmed({ anchor, kind, last }) {
    const place = placeOf(last);
    if (place) this._from.set(`${anchor} ${kind}`, `${place.epoch}-${place.number + 1}`);
  }

  // Whether there may be more of these kinds.
  may(kinds) {
    const rooms = this._names().slice(0, ROOMS);
    return rooms.some((room) => kinds.some((kind) => this._from.get(`${room} ${kind}`) !== ""));
  }

  // What can be had, for people.
  get words() {
    const of = this._names().length > ROOMS ? ` of the first ${ROOMS} rooms` : "";
    return `Older lines${of}`;
  }

  // Fetch some; resolves with whether lines came.
  fetch(kinds) {
    this._busy ??= this._fetch(kinds).finally(() => (this._busy = null));
    return this._busy;
  }

  async _fetch(kinds) {
    let came = false;
    for (const room of this._names().slice(0, ROOMS)) {
      const open = kinds.filter((kind) => this._from.get(`${room} ${kind}`) !== "");
      if (open.length && (await this._ask(room, open))) came = true;
    }
    return came;
  }

  async _ask(room, kinds) {
    const query = new URLSearchParams({ limit: AT_ONCE });
    query.set("types", ["imDelete", ...new Set(kinds.flatMap(eventsOf))].join(","));
    const places = kinds.map((kind) => placeOf(this._from.get(`${room} ${kind}`)));
    const epoch = places[0]?.epoch;
    // Where one begins with the latest, or the server was restarted meanwhile, all begin anew.
    if (epoch && places.every((each) => each?.epoch === epoch)) {
      query.set("before", `${epoch}-${Math.max(...places.map((each) => each.number))}`);
    }
    const answer = await request(`/api/rooms/${encodeURIComponent(room)}/events?${query}`);
    if (!answer.ok) throw await refusal(answer);
    const { events, more } = await answer.json();
    for (const kind of kinds) {
      const known = placeOf(this._from.get(`${room} ${kind}`));
      const first = placeOf(events[0]?.seq);
      const lower = first && !(known?.epoch === first.epoch && known.number < first.number);
      if (!more || !first) this._from.set(`${room} ${kind}`, "");
      else if (lower) this._from.set(`${room} ${kind}`, events[0].seq);
    }
    return this._log.merge(events);
  }
}
