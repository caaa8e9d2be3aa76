// The numbers of a broadcast, as the server counts them: of one room, or of several as one.

import { count } from "./text.js";

const SUMS = ["comments", "likes", "viewers", "follows", "shares", "joins", "subscribes", "gifts", "diamonds"];
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

// Of the same broadcast under the name that the user had before nothing is known any more.
// rooms: by name, their numbers.
export function forgetFormer(rooms, { anchor, room }) {
  for (const [name, each] of rooms) {
    if (room && each.room === room && name !== anchor) rooms.delete(name);
  }
}

export class Numbers {
  constructor(tell) {
    this._tell = tell;
    this._rooms = new Map();
    this._example = null;
    this._timer = 0;
  }

  // The whole numbers of one room.
  take(numbers) {
    forgetFormer(this._rooms, numbers);
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
  member: (n) => ({ joins: n.joins + 1, viewers: n.viewers + 1, peakViewers: n.peakViewers + 1 }),
  follow: (n) => ({ follows: n.follows + 1 }),
  share: (n) => ({ shares: n.shares + 1 }),
  subscribe: (n) => ({ subscribes: n.subscribes + 1 }),
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

// A battle, a poll and a goal are not made of one event; these are what they may look like.
const battle = (now) => ({
  battle: {
    end: now + 90000,
    teams: [
      { id: "1", score: 12840, hosts: [{ userId: "1", nickname: "Sample host" }] },
      { id: "2", score: 9310, hosts: [{ userId: "2", nickname: "Another host" }] },
    ],
  },
});
const poll = (now) => ({
  poll: {
    title: "A question to the viewers?",
    end: now + 60000,
    options: [{ text: "Yes", votes: 63 }, { text: "No", votes: 28 }, { text: "Ask again later", votes: 9 }],
  },
});
const goal = () => ({ goals: [{ id: "1", title: "A goal that is set in TikTok", current: 65, target: 100 }] });

const EXAMPLES = {
  goalUpdate: goal,
  battleStarted: battle,
  battleScore: battle,
  linkMicBattle: battle,
  pollStarted: poll,
  pollMessage: poll,
};

// How the numbers would be, had the sample happened.
export function changeBy({ event, data }, person) {
  return (numbers) => {
    const made = EXAMPLES[event]?.(Date.now()) || SAMPLED[event]?.(numbers, data, person);
    return { ...numbers, ...made, known: true };
  };
}
