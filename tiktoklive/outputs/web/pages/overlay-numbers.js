// The numbers of a broadcast, as the server counts them: of one room, or of several as one.

import { count } from "./text.js";

const SUMS = ["comments", "likes", "viewers", "follows", "shares", "joins", "subscribers", "gifts", "diamonds"];
const EXAMPLE = 12000; // milliseconds for which what a sample adds is shown

// Givers who gave in several rooms are one.
function giversOf(all) {
  const found = new Map();
  for (const giver of all.flatMap((each) => each.givers || [])) {
    const key = String(giver.userId || giver.uniqueId);
    const before = found.get(key);
    found.set(key, { ...giver, diamonds: count(giver.diamonds) + (before?.diamonds || 0) });
  }
  return [...found.values()].sort((a, b) => b.diamonds - a.diamonds);
}

// What runs in one of the rooms: of several, what was told of last.
const latest = (all, name) => all.map((each) => each[name]).find(Boolean) || null;

export class Numbers {
  constructor(tell) {
    this._tell = tell;
    this._rooms = new Map();
    this._example = null;
    this._timer = 0;
  }

  // The whole numbers of one room.
  take(numbers) {
    this._rooms.delete(numbers.anchor);
    this._rooms.set(numbers.anchor, numbers);
    this._say();
  }

  // What a sample adds is shown for a while, and is then as if it had not been.
  sample(change) {
    this._example = change(this._example || this._whole());
    clearTimeout(this._timer);
    this._timer = setTimeout(() => {
      this._example = null;
      this._say();
    }, EXAMPLE);
    this._say();
  }

  _whole() {
    const all = [...this._rooms.values()].reverse();
    const sums = SUMS.map((name) => [name, all.reduce((sum, each) => sum + count(each[name]), 0)]);
    return {
      ...Object.fromEntries(sums),
      peakViewers: all.reduce((sum, each) => sum + count(each.peakViewers), 0),
      givers: giversOf(all),
      goals: all.flatMap((each) => each.goals || []),
      battle: latest(all, "battle"),
      poll: latest(all, "poll"),
      known: all.length > 0,
    };
  }

  _say() {
    this._tell(this._example || this._whole());
  }
}

const SAMPLED = {
  chat: (n) => ({ comments: n.comments + 1 }),
  member: (n) => ({ joins: n.joins + 1 }),
  follow: (n) => ({ follows: n.follows + 1 }),
  share: (n) => ({ shares: n.shares + 1 }),
  subscribe: (n) => ({ subscribers: n.subscribers + 1 }),
  like: (n, data) => ({ likes: n.likes + (count(data.likeCount) || 1) }),
  gift: (n, data, person) => {
    const number = count(data.repeatCount) || 1;
    const diamonds = count(data.diamondCount) * number;
    const giver = { ...person, nickname: person.name, picture: person.picture, diamonds };
    return {
      gifts: n.gifts + number,
      diamonds: n.diamonds + diamonds,
      givers: giversOf([n, { givers: [giver] }]),
    };
  },
};

// How the numbers would be, had the sample happened; what runs of itself is an example of it.
export function changeBy({ event, data }, person) {
  return (numbers) => {
    const made = EXAMPLES[event]?.(Date.now()) || SAMPLED[event]?.(numbers, data, person) || {};
    return { ...numbers, ...made, known: true };
  };
}

const EXAMPLES = {
  goalUpdate: () => ({
    goals: [{ id: "1", title: "A goal of TikTok's", current: 65, target: 100, kind: "gifts" }],
  }),
};
