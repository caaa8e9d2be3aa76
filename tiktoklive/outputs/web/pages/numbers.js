// The numbers of a room's broadcast, as the server counts them: the same in every tab. Nothing is
// summed up here but rooms that are shown together.

import { count, nameOf, plain } from "./text.js";
import { list } from "./tell.js";

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
    this._bins.set(bin, value === null ? null : before + value);
    if (this._bins.size > 2 * BINS) {
      for (const each of this._bins.keys()) if (each < bin - BINS) this._bins.delete(each);
    }
  }

  set(value, at) {
    this._bins.delete(Math.floor(at / BIN));
    this.add(value, at);
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
      if (this._kind === "last") values.push((last = value === undefined ? last : value));
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

function giver(data) {
  return {
    userId: String(data.userId || data.uniqueId || ""),
    uniqueId: plain(data.uniqueId, 40),
    name: nameOf(data),
    picture: typeof data.picture === "string" ? data.picture : "",
    diamonds: count(data.diamonds),
    gifts: count(data.gifts),
    rank: count(data.rank),
    coins: count(data.coins),
  };
}

// What a page shows of one room, or of several.
const NOTHING = {
  live: false,
  viewers: null, // nobody said so far
  likes: 0,
  diamonds: 0,
  comments: 0,
  givers: [],
  goals: [],
  battle: null,
  poll: null,
};

export class Numbers {
  constructor() {
    this.now = NOTHING;
    this.since = Date.now();
    this.captions = { text: "", at: 0 };
    this.pin = null;
    this.ranks = new Map();
    this._asked = "";
    this._begin("");
  }

  _begin(room) {
    this._room = room;
    this.viewers = new Series("last");
    this.chats = new Series("last");
    this.gifts = new Series("sum");
    this.since = Date.now();
    this.pin = null;
    this.ranks.clear();
  }

  // What the server says of the broadcast; another one begins anew.
  take(said) {
    const room = String(said.room || "");
    const at = count(said.updated) || Date.now();
    const before = this.now.diamonds;
    const same = room === this._room;
    if (!same) this._begin(room);
    const live = said.live === true;
    const known = count(said.viewers) > 0 || count(said.peakViewers) > 0;
    this.now = {
      live,
      viewers: live && known ? count(said.viewers) : null,
      peak: count(said.peakViewers),
      likes: count(said.likes),
      diamonds: count(said.diamonds),
      comments: live ? count(said.rates?.comments) : 0,
      givers: list(said.givers).map(giver),
      goals: list(said.goals),
      battle: said.battle || null,
      poll: said.poll || null,
    };
    this.viewers.add(this.now.viewers, at);
    this.chats.add(live ? this.now.comments : null, at);
    // What was given before this page came is in the sum, and in no bar.
    if (same && this.now.diamonds > before) this.gifts.add(this.now.diamonds - before, at);
  }

  // What was before this page was opened: of each five seconds up to now viewers, comments of the
  // minute, diamonds.
  remember({ room, slots }) {
    if (String(room || "") !== this._room) return; // of another broadcast
    const now = Date.now();
    const known = list(slots).slice(-BINS);
    known.forEach(([viewers, comments, diamonds], index) => {
      const at = now - (known.length - 1 - index) * BIN;
      this.since = Math.min(this.since, at);
      this.viewers.set(viewers === null ? null : count(viewers), at);
      this.chats.set(viewers === null ? null : count(comments), at);
      this.gifts.set(count(diamonds), at);
    });
  }

  // Whether that is still to be asked for.
  get isNew() {
    return this._asked !== this._room && this._room !== "";
  }

  asked() {
    this._asked = this._room;
  }
}

const sum = (values) => (values.length ? values.reduce((a, b) => a + b, 0) : null);
const isKnown = (each) => each !== null;

function together(all) {
  const givers = new Map();
  for (const each of all.flatMap(({ now }) => now.givers)) {
    const same = givers.get(each.userId);
    if (!same) givers.set(each.userId, { ...each, rank: 0, coins: 0 });
    else {
      same.diamonds += each.diamonds;
      same.gifts += each.gifts;
    }
  }
  const field = (name) => sum(all.map(({ now }) => now[name]).filter(isKnown));
  return {
    ...NOTHING,
    live: all.some(({ now }) => now.live),
    viewers: field("viewers"),
    likes: field("likes"),
    diamonds: field("diamonds"),
    comments: field("comments"),
    givers: [...givers.values()].sort((a, b) => b.diamonds - a.diamonds),
  };
}

// The numbers of several rooms as one.
export function total(all) {
  if (all.length === 1) return all[0];
  if (!all.length) return new Numbers();
  const series = (name) => ({
    values: (until, since) => {
      const lists = all.map((each) => each[name].values(until, since));
      return lists[0].map((_, column) => sum(lists.map((each) => each[column]).filter(isKnown)));
    },
  });
  return {
    now: together(all),
    since: Math.min(...all.map((each) => each.since)),
    viewers: series("viewers"),
    chats: series("chats"),
    gifts: series("gifts"),
    captions: { text: "", at: 0 },
    pin: null,
    ranks: new Map(),
  };
}
