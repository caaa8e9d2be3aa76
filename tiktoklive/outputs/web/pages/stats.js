// The numbers of a room: how many watch, talk and give, now and over the last minutes.

import { count, nameOf } from "./text.js";

export const BIN = 5000; // milliseconds
export const BINS = 180; // a quarter of an hour

// A number for each five seconds of the last quarter of an hour.
//   "sum": what came in each; "last": what was said last, carried on while nothing is said.
export class Series {
  constructor(kind) {
    this._kind = kind;
    this._bins = new Map();
  }

  add(value, at) {
    const bin = Math.floor(at / BIN);
    const before = this._kind === "sum" ? this._bins.get(bin) || 0 : 0;
    this._bins.set(bin, before + value);
    if (this._bins.size > 2 * BINS) {
      for (const each of this._bins.keys()) if (each < bin - BINS) this._bins.delete(each);
    }
  }

  // The bins from the first news on up to now, oldest first, a minute of them at least; null
  // where nothing is known.
  values(now, since) {
    const [begin, end] = [Math.floor(since / BIN), Math.floor(now / BIN)];
    const length = Math.max(12, Math.min(BINS, end - begin + 1));
    const values = [];
    let last = this._kind === "last" ? this._before(end - length) : 0;
    for (let bin = end - length + 1; bin <= end; bin++) {
      const value = this._bins.get(bin);
      if (this._kind === "last") values.push((last = value ?? last));
      else values.push(bin < begin ? null : value || 0);
    }
    return values;
  }

  _before(bin) {
    let found = null;
    let best = -Infinity;
    for (const [each, value] of this._bins) {
      if (each <= bin && each > best) [best, found] = [each, value];
    }
    return found;
  }
}

// What was summed up in the minute that ends with each bin.
export function perMinute(values) {
  const width = 60000 / BIN;
  let sum = 0;
  return values.map((value, index) => {
    sum += (value || 0) - (values[index - width] || 0);
    return value === null ? null : sum;
  });
}

const GIVERS = 5000; // remembered; those who gave least are forgotten

export class Stats {
  constructor() {
    this.viewers = new Series("last");
    this.chats = new Series("sum");
    this.gifts = new Series("sum");
    this.watching = null; // nobody said so far
    this.likes = 0;
    this.diamonds = 0;
    this.since = Date.now();
    this._givers = new Map();
  }

  take(envelope) {
    const { data, event } = envelope;
    if (envelope.history) return; // of before; it would make today's curves jump
    // By our machine's clock, so that one room's late news does not bend the axis.
    const at = count(envelope.received_at) || Date.now();
    this.since = Math.min(this.since, at);
    if (event === "chat") this.chats.add(1, at);
    else if (event === "roomUser" && data.viewerCount !== undefined) {
      this.watching = count(data.viewerCount);
      this.viewers.add(this.watching, at);
    } else if (event === "like") {
      this.likes = Math.max(this.likes, count(data.totalLikeCount));
    } else if (event === "giftStreak") {
      const diamonds = count(data.diamondTotal);
      this.diamonds += diamonds;
      this.gifts.add(diamonds, at);
      this._give(data, diamonds);
    } else if (event === "streamEnd") {
      this.watching = 0;
      this.viewers.add(0, at);
    }
  }

  _give(data, diamonds) {
    const key = String(data.userId || data.uniqueId || "");
    const before = this._givers.get(key);
    this._givers.set(key, {
      key,
      name: nameOf(data),
      picture: data.profilePictureUrl || before?.picture || "",
      diamonds: diamonds + (before?.diamonds || 0),
      gifts: (count(data.repeatCount) || 1) + (before?.gifts || 0),
    });
    if (this._givers.size > GIVERS) {
      for (const { key } of this._ranked().slice(GIVERS / 2)) this._givers.delete(key);
    }
  }

  _ranked() {
    return [...this._givers.values()].sort((a, b) => b.diamonds - a.diamonds);
  }

  top(limit) {
    return this._ranked().slice(0, limit);
  }
}

// The numbers of several rooms, one at least, as one.
export function together(all, now) {
  const total = new Stats();
  total.since = Math.min(now, ...all.map((each) => each.since));
  const series = (name) => ({
    values: (until, since) => {
      const lists = all.map((each) => each[name].values(until, since));
      return lists[0].map((_, column) => {
        const known = lists.map((list) => list[column]).filter((each) => each !== null);
        return known.length ? known.reduce((a, b) => a + b) : null;
      });
    },
  });
  for (const name of ["viewers", "chats", "gifts"]) total[name] = series(name);
  const watching = all.map((each) => each.watching).filter((each) => each !== null);
  total.watching = watching.length ? watching.reduce((a, b) => a + b, 0) : null;
  total.likes = all.reduce((sum, each) => sum + each.likes, 0);
  total.diamonds = all.reduce((sum, each) => sum + each.diamonds, 0);
  total.top = (limit) =>
    all
      .flatMap((each) => each.top(limit))
      .sort((a, b) => b.diamonds - a.diamonds)
      .slice(0, limit);
  return total;
}
