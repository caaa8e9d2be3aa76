// What the address of an overlay can say: described once, for the overlays, which read it, and
// for the page that builds it.

const number = (label, otherwise, least, most, hint = "") =>
  ({ type: "number", label, otherwise, least, most, hint });
const choice = (label, choices, hint = "") =>
  ({ type: "choice", label, choices, otherwise: choices[0], hint });
const several = (label, choices, otherwise, hint = "") =>
  ({ type: "several", label, choices, otherwise, hint });
const onOff = (label, otherwise, hint = "") => ({ type: "switch", label, otherwise, hint });
const colour = (label, otherwise, hint = "") => ({ type: "colour", label, otherwise, hint });
const words = (label, otherwise, limit, hint = "") =>
  ({ type: "words", label, otherwise, limit, hint });
const file = (label, ends, hint = "") => ({ type: "file", label, ends, otherwise: "", hint });
const sound = (label) => file(label, ["mp3", "ogg", "wav"]);

// Of a place in an address, and of a file: one name, no path.
const FILE = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,99}$/;
const FONT = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,59}$/u;

// What can be shown, and the events it is made from.
export const SHOWS = {
  chat: ["chat", "emote", "questionNew"],
  gift: ["gift", "giftStreak"],
  follow: ["follow"],
  share: ["share"],
  like: ["like"],
  join: ["member"],
  sub: ["subscribe", "envelope"],
  fan: ["superFan"],
};

// What all of them have: how large, in which colours.
const plain = (size, box, more = {}) => ({
  size: number("Letters, in pixels", size, 8, 200),
  font: { ...words("Font", "", 60, "one that is installed where OBS runs"), fits: FONT },
  colour: colour("Text", "#fff"),
  box: colour("Box behind it", box, "transparent for none"),
  outline: number("Outline, in pixels", 2, 0, 8),
  ...more,
  css: file("Style sheet of your own", ["css"]),
});
// And those that show viewers.
const look = (size, box, more = {}) =>
  plain(size, box, {
    names: colour("Names", "#ffd479"),
    ...more,
    pictures: onOff("Pictures", true, "without them the overlay asks no other host for anything"),
  });

const accent = (label = "Bars") => colour(label, "#ff5c8a");
const ignore = words("Ignored users", "", 2000, "usernames, with commas");
const hold = number("Comments wait for moderators, in seconds", 0, 0, 60, "meanwhile they can hide them, on the page /moderator");
const minimum = number("Gifts from so many diamonds", 0, 0, 1e6);

// By which sample a number changes.
export const SAMPLES = {
  viewers: "member",
  peak: "member",
  joins: "member",
  likes: "like",
  diamonds: "gift",
  gifts: "gift",
  followers: "follow",
  shares: "share",
  subscribers: "subscribe",
  comments: "chat",
  tiktok: "goal",
};

// Each kind: what it is, how large its source usually is, its options, and the samples that try it:
// a list, or one that the options' values make.
export const KINDS = {
  chat: {
    title: "Chat",
    about: "What viewers write, give and do, line by line.",
    place: [600, 700],
    options: {
      show: several("Shown", ["chat", "gift", "follow", "sub", "share", "like", "join"], ["chat", "gift", "follow", "sub"]),
      lines: number("Lines at most", 8, 1, 50),
      fade: number("A line stays, in seconds", 20, 0, 3600, "0: until others push it out"),
      direction: choice("New lines", ["up", "down"], "up: come at the bottom"),
      align: choice("Side", ["left", "right"]),
      min: minimum,
      hold,
      ignore,
      commands: onOff("Commands", true, "comments that begin with ! or /"),
      badges: onOff("Badges", true),
      ...look(28, "#1012169e", { names: colour("Names", "auto", "auto: a colour for each viewer") }),
    },
    samples: ["chat", "gift", "follow", "share", "like", "member", "subscribe"],
  },
  alerts: {
    title: "Alerts",
    about: "One after the other, large, with a sound: gifts, followers, shares, subscriptions, super fans.",
    place: [800, 500],
    options: {
      show: several("Shown", ["gift", "follow", "share", "sub", "fan"], ["gift", "follow", "sub", "fan"]),
      tiers: { type: "numbers", label: "Diamonds from which a gift is small, large, huge", otherwise: [1, 100, 1000], length: 3, hint: "three numbers, with commas; cheaper gifts are not shown" },
      seconds: number("An alert stays, in seconds", 5, 1, 60),
      queue: number("Alerts that may wait", 20, 1, 200, "of more, the cheapest are left out"),
      layout: choice("Picture", ["above", "beside"]),
      ignore,
      ...look(36, "transparent", { accent: accent("Glow") }),
      volume: number("Volume, in per cent", 80, 0, 100, "sounds are files of yours, in the folder that TIKTOKLIVE_WEB_FILES names"),
      sound1: sound("Sound of a small gift"),
      sound2: sound("Sound of a large gift"),
      sound3: sound("Sound of a huge gift"),
      soundfollow: sound("Sound of a follower"),
      soundshare: sound("Sound of a share"),
      soundsub: sound("Sound of a subscription"),
      soundfan: sound("Sound of a super fan"),
      speech: onOff("Read alerts out", false, "by a voice that the browser has"),
      voice: words("Voice or language", "", 60, "such as de, or a part of the voice's name"),
    },
    samples: ["gift", "follow", "share", "subscribe", "superFan"],
  },
  goal: {
    title: "Goal",
    about: "How far it is to a goal of yours, or to the one set in TikTok.",
    place: [700, 160],
    options: {
      goal: choice("Of what", ["likes", "diamonds", "followers", "shares", "subscribers", "tiktok"], "tiktok: the goal that is set in TikTok's app"),
      target: number("Target", 1000, 1, 1e9),
      again: onOff("When it is reached, the same again on top", false),
      title: words("Title", "", 60),
      ...plain(28, "#101216b8", { accent: accent() }),
    },
    samples: ({ goal }) => [SAMPLES[goal]],
  },
  top: {
    title: "Top givers",
    about: "Who gave most in this broadcast.",
    place: [480, 420],
    options: {
      lines: number("Givers at most", 5, 1, 20),
      title: words("Title", "Top givers", 60),
      ignore,
      ...look(28, "#101216b8", { accent: accent() }),
    },
    samples: ["gift"],
  },
  counter: {
    title: "Counter",
    about: "One number of this broadcast.",
    place: [400, 160],
    options: {
      count: choice("What is counted", ["viewers", "peak", "likes", "diamonds", "gifts", "followers", "shares", "subscribers", "comments", "joins"]),
      title: words("Title", "", 60, "its name, if left out"),
      align: choice("Side", ["left", "right"]),
      ...plain(56, "transparent"),
    },
    samples: ({ count }) => [SAMPLES[count]],
  },
  ticker: {
    title: "Ticker",
    about: "What happened last, in a line that runs through the picture.",
    place: [1200, 80],
    options: {
      show: several("Shown", ["gift", "follow", "share", "sub", "fan", "chat"], ["gift", "follow", "sub", "fan"]),
      speed: number("Pixels per second", 120, 20, 1000),
      again: onOff("The last ones again, when nothing is new", true),
      min: minimum,
      hold,
      ignore,
      ...look(28, "#1012169e"),
    },
    samples: ["gift", "follow", "share", "subscribe", "superFan", "chat"],
  },
  battle: {
    title: "Battle",
    about: "The points of a battle, and the time that is left. Nothing, when there is none.",
    place: [800, 180],
    options: { ...look(28, "#101216b8", { accent: accent("First side"), second: colour("Second side", "#4fb3ff") }) },
    samples: ["battle"],
  },
  poll: {
    title: "Poll",
    about: "The poll that runs, with its votes. Nothing, when there is none.",
    place: [560, 360],
    options: { ...plain(28, "#101216b8", { accent: accent() }) },
    samples: ["poll"],
  },
};

const READ = {
  number: ({ otherwise, least, most }, given) => {
    const value = given === "" ? NaN : Number(given);
    return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
  },
  choice: ({ choices, otherwise }, given) => (choices.includes(given) ? given : otherwise),
  several: ({ choices, otherwise }, given) => {
    const named = given.split(",").filter((each) => choices.includes(each));
    return named.length ? choices.filter((each) => named.includes(each)) : otherwise;
  },
  switch: ({ otherwise }, given) => ({ 0: false, 1: true })[given] ?? otherwise,
  colour: ({ otherwise }, given) => {
    const value = /^[0-9a-f]{3,8}$/i.test(given.trim()) ? `#${given.trim()}` : given.trim();
    if (value === "auto" && otherwise === "auto") return value;
    return CSS.supports("color", value) && !/\bvar\(/i.test(value) ? value : otherwise;
  },
  words: ({ otherwise, limit, fits }, given) => {
    const value = given.trim().slice(0, limit);
    return value && (!fits || fits.test(value)) ? value : otherwise;
  },
  file: ({ ends, otherwise }, given) =>
    FILE.test(given) && ends.includes(given.toLowerCase().split(".").at(-1)) ? given : otherwise,
  numbers: ({ otherwise, length }, given) => {
    const values = given.split(",").map((each) => (each.trim() === "" ? NaN : Number(each)));
    const good = values.length === length && values.every((each) => each >= 0 && each <= 1e9);
    return good ? values.sort((a, b) => a - b) : otherwise;
  },
};

// The value of one option, of whatever an address or a form says; one that makes no sense counts
// as left out.
export function read(option, given) {
  return typeof given === "string" ? READ[option.type](option, given) : option.otherwise;
}

// All options of a kind of overlay, by the address that it was opened with.
export function readAll(kind, query) {
  const entries = Object.entries(KINDS[kind].options);
  return Object.fromEntries(entries.map(([name, each]) => [name, read(each, query.get(name))]));
}

// A value as an address says it.
export function written(option, value) {
  if (option.type === "switch") return value ? "1" : "0";
  if (option.type === "colour") return value.replace(/^#/, "");
  return String(value);
}

// The path and query of an overlay: only what is not as it would be anyway.
export function addressOf(kind, values, { room = "", token = "" } = {}) {
  const query = new URLSearchParams();
  if (room) query.set("room", room);
  for (const [name, option] of Object.entries(KINDS[kind].options)) {
    const text = written(option, values[name]);
    if (text !== written(option, option.otherwise)) query.set(name, text);
  }
  if (token) query.set("token", token);
  // Commas may stand in a query as they are, and are easier to read.
  const said = query.toString().replaceAll("%2C", ",");
  return `/overlay/${kind}${said ? `?${said}` : ""}`;
}
