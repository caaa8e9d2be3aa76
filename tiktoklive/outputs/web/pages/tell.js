// What an event says to readers: the entry of a log that it becomes.

import { clock, count, grouped, nameOf, plain } from "./text.js";

export function person(data) {
  return {
    name: nameOf(data),
    userId: String(data.userId || ""),
    uniqueId: plain(data.uniqueId, 40),
    picture: data.profilePictureUrl || "",
  };
}

// A user as TikTok's own messages have it, where 1.x has no shape of its own.
function rawPerson(user) {
  const data = user && typeof user === "object" ? user : {};
  return {
    name: nameOf(data),
    userId: String(data.id || data.idStr || ""),
    uniqueId: plain(data.uniqueId, 40),
    picture: list(data.avatarThumb?.urlList)[0] || "",
  };
}

export function list(value) {
  return Array.isArray(value) ? value : [];
}

// What a badge is about, by its scene.
const SCENES = { 1: "mod", 4: "sub", 7: "sub", 8: "level", 10: "team" };
const PICTURES = 6; // badges with pictures that one user has, at most

// The badges of a user, each [kind, words, TikTok's picture of it or ""].
export function badges(data) {
  const found = [];
  if (data.isModerator) found.push(["mod", "Moderator", ""]);
  if (data.isSubscriber) found.push(["sub", "Subscriber", ""]);
  const rank = count(data.topGifterRank);
  if (rank) found.push(["top", `Top giver no. ${rank}`, ""]);
  const level = count(data.gifterLevel);
  if (level) found.push(["level", `Level ${level}`, ""]);
  const team = count(data.teamMemberLevel);
  if (team) found.push(["team", `Team ${team}`, ""]);
  for (const { url, badgeSceneType } of badgePictures(data)) {
    const same = found.find(([kind, , picture]) => kind === SCENES[badgeSceneType] && !picture);
    if (same) same[2] = url;
  }
  return found;
}

function badgePictures(data) {
  const pictured = (each) => each?.type === "image" && typeof each.url === "string";
  return list(data.userBadges).filter(pictured).slice(0, PICTURES);
}

// The pictures of badges of which nothing is said in words.
export function medals(data) {
  const named = new Set(badges(data).map(([, , picture]) => picture));
  return badgePictures(data).map((each) => each.url).filter((url) => !named.has(url));
}

function note(text) {
  return { kind: "note", text };
}

// The line that TikTok's own client shows, where the server has made it; most have none.
export function shown(data) {
  const text = plain(data.text, 300);
  return text ? note(text) : null;
}

// Events that are told by that line. Of what is derived from them it would be the same again.
export const BY_TEXT = [
  "accessRecall",
  "bottomMessage",
  "capsule",
  "envelopePortal",
  "gameRankNotify",
  "giftBroadcast",
  "giftCollectionUpdate",
  "giftPrompt",
  "goodyBag",
  "guide",
  "hashtag",
  "hourlyRank",
  "hourlyRankReward",
  "inRoomBanner",
  "linkMicBattleItemCard",
  "linkMicBattleNotice",
  "linkMicBattlePunishFinish",
  "linkMicBattleTask",
  "liveGameIntro",
  "marqueeAnnouncement",
  "notice",
  "notify",
  "perception",
  "questionSelected",
  "rankText",
  "rankUpdate",
  "roomNotify",
  "roomSticker",
  "roomVerify",
  "speaker",
  "subCapsule",
  "subPinEvent",
  "subTimerSticker",
  "subWave",
  "subscriptionGuide",
  "subscriptionNotify",
  "system",
  "toast",
  "weeklyRankReward",
];

function said(data, more) {
  return { kind: "chat", ...person(data), badges: badges(data), medals: medals(data), text: "", emotes: [], ...more };
}

// A card: a title, a sentence, and rows of {name, value, share}, of which the share is up to 1.
function card(title, text, rows = []) {
  return { kind: "card", title, text, rows };
}

export function rowsOf(pairs) {
  const most = Math.max(1, ...pairs.map(([, value]) => value));
  return pairs.map(([name, value]) => ({ name, value: grouped(value), share: value / most }));
}

// Only the beginning of a poll says what it asks.
const polls = new Map();
const POLLS = 50;

function pollTitle(data, said) {
  const id = String(data.pollId || "");
  const title = plain(said, 120) || polls.get(id) || plain(data.text, 120);
  polls.delete(id);
  polls.set(id, title);
  if (polls.size > POLLS) polls.delete(polls.keys().next().value);
  return title;
}

function poll(data) {
  const begins = data.startContent;
  const content = begins || data.endContent;
  if (!content) return null; // votes: the card beside the feed counts them
  const options = list(content.optionList).slice(0, 12);
  const rows = rowsOf(options.map((each) => [plain(each.displayContent, 60), count(each.votes)]));
  const title = pollTitle(data, content.title);
  return card(begins ? "Poll" : "The poll is over", title, rows);
}

function teamName(team) {
  const hosts = list(team.hosts).slice(0, 4);
  const names = hosts.map((each) => plain(each.nickname, 40) || `@${plain(each.uniqueId, 40)}`);
  return names.join(", ") || "a team";
}

export function teamRows(teams) {
  return rowsOf(list(teams).slice(0, 8).map((team) => [teamName(team), count(team.score)]));
}

const ENDS = { cut_short: "It was cut short.", cancelled: "It was called off." };

function battleEnded(data) {
  const winners = new Set(list(data.winnerIds).map(String));
  const won = list(data.teams)
    .filter((team) => list(team.hosts).some((host) => winners.has(String(host.userId))))
    .map(teamName);
  const text = data.isDraw ? "A draw." : won.length ? `${won.join(" and ")} won.` : "";
  return card("The battle is over", text || ENDS[data.reason] || "", teamRows(data.teams));
}

function pinned(data) {
  if (count(data.action) !== 1) return null;
  const user = data.pinnedMessage?.user || data.pinnedMessage?.question?.user;
  const who = user ? `${rawPerson(user).name}: ` : "";
  return card("Pinned", `${who}${plain(data.text, 300)}`);
}

function goal(data) {
  const parts = list(data.goal?.subGoals);
  const reached = parts.length && parts.every((each) => count(each.progress) >= count(each.target));
  if (!reached || !count(parts[0].target)) return null; // its card shows how far it is
  return card("Goal reached", plain(data.goal.description, 200));
}

function barrage(data) {
  const line = shown(data);
  const user = data.userGradeParam?.user || data.fansLevelParam?.user;
  if (!line || !user) return line;
  const whose = rawPerson(user);
  if (line.text.includes(whose.name)) return line;
  return { kind: "sub", ...whose, text: line.text };
}

// What the events with something special about them tell.
const TELL = {
  chat: (data) =>
    said(data, {
      text: plain(data.comment),
      emotes: list(data.emotes).map((each) => each?.emoteImageUrl).filter(Boolean).slice(0, 5),
    }),
  emote: (data) => said(data, { emotes: data.emoteImageUrl ? [data.emoteImageUrl] : [] }),
  questionNew: (data) =>
    said(data, { badges: [["ask", "Question", ""]], text: plain(data.questionText) }),
  subscribe: (data) => {
    const months = count(data.subMonth);
    const since = months > 1 ? `, for ${months} months` : "";
    return { kind: "sub", ...person(data), text: `subscribed${since}` };
  },
  envelope: (data) => ({
    kind: "sub",
    ...person(data),
    text: `hid ${count(data.coins)} coins in a treasure box`,
  }),
  barrage: (data) => barrage(data),
  pollMessage: (data) => poll(data),
  battleStarted: (data) => card("A battle begins", "", teamRows(data.teams)),
  battleEnded: (data) => battleEnded(data),
  roomPin: (data) => pinned(data),
  goalUpdate: (data) => goal(data),
  roomMessage: (data) => (data.content ? note(plain(data.content, 300)) : null),
  connected: (data, { anchor }) => note(`Connected to @${plain(anchor, 40)}.`),
  disconnected: (data, { anchor }) =>
    note(`Disconnected from @${plain(anchor, 40)}. ${plain(data.reason, 200)}`.trim()),
  reconnecting: (data, { anchor, received_at: at }) => ({
    ...note(`Lost @${plain(anchor, 40)}.`),
    until: (count(at) || Date.now()) + count(data.delay) * 1000,
    before: "Trying again in ",
  }),
  gap: (data, { anchor }) =>
    note(`Something may have been missed of @${plain(anchor, 40)}: ${gapLength(data)}.`),
  gaveUp: (data, { anchor }) =>
    note(`@${plain(anchor, 40)} is not followed any more. ${plain(data.reason, 200)}`.trim()),
  renamed: (data) => note(`@${plain(data.old, 40)} is called @${plain(data.new, 40)} now.`),
  streamEnd: (data, { anchor }) => {
    const who = data.action === 4 ? "was ended by moderation" : "is over";
    return note(`The broadcast of @${plain(anchor, 40)} ${who}.`);
  },
};

function gapLength(data) {
  const seconds = Math.round((count(data.until) - count(data.since)) / 1000);
  return seconds > 0 ? `${seconds} s without a stream` : "the stream was interrupted";
}

// What an event tells by itself; null when it is no news.
export function tell(envelope) {
  const { event, data } = envelope;
  return Object.hasOwn(TELL, event) ? TELL[event](data, envelope) : shown(data);
}

export const HEAPS = { like: "like", member: "join", follow: "follow", share: "share" };

const OWN = {
  chat: ["chat", "emote", "questionNew"],
  gift: ["gift", "giftStreak"],
  like: ["like"],
  join: ["member"],
  follow: ["follow"],
  share: ["share"],
  sub: ["subscribe", "envelope", "barrage"],
  card: ["pollMessage", "battleStarted", "battleEnded", "roomPin", "goalUpdate"],
};

// The events that lines of a kind are made from.
export function eventsOf(kind) {
  if (kind !== "note") return OWN[kind];
  const others = new Set(Object.values(OWN).flat());
  return ["barrage", ...BY_TEXT, ...Object.keys(TELL).filter((each) => !others.has(each))];
}

// The events that the page is made from.
export const EVENTS = [
  ...Object.keys(TELL),
  ...Object.keys(HEAPS),
  ...BY_TEXT,
  "gift",
  "giftStreak",
  "imDelete",
  "captionMessage",
];

// An entry as the export has it: plain values, and nothing that is not shown.
export function record(entry) {
  const line = {
    time: new Date(entry.at).toISOString(),
    clock: clock(entry.at),
    room: entry.anchor,
    kind: entry.kind,
    userId: entry.people ? [...entry.people.keys()].join(" ") : entry.userId,
    uniqueId: entry.uniqueId || "",
    name: entry.people ? [...entry.people.values()].join(", ") : entry.name || "",
    text: entry.text || "",
    gift: entry.gift || "",
    number: entry.number || "",
    diamonds: entry.kind === "gift" ? entry.each * entry.number : "",
  };
  if (entry.kind === "card") {
    const rows = entry.rows.map((each) => `${each.name} ${each.value}`);
    line.text = [entry.title, entry.text, rows.join(", ")].filter(Boolean).join(": ");
  }
  return line;
}
