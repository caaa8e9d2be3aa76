// What happened in a room, as a bounded list of entries: one for each comment, one for each gift
// streak, one for a heap of likes or joins that come together.

import { count, nameOf, plain } from "./text.js";

export const LIMIT = 400; // entries; the oldest go
const TOGETHER = 15000; // milliseconds within which joins and likes become one entry
const STREAKS = 1000;

const HEAPS = { like: "like", member: "join", follow: "follow", share: "share" };

function messageId(envelope) {
  return String(envelope.data.msgId || String(envelope.id).split(":")[1] || "");
}

function person(data) {
  return {
    name: nameOf(data),
    userId: String(data.userId || ""),
    picture: data.profilePictureUrl || "",
  };
}

function badges(data) {
  const found = [];
  if (data.isModerator) found.push(["mod", "Moderator"]);
  if (data.isSubscriber) found.push(["sub", "Subscriber"]);
  if (count(data.topGifterRank)) found.push(["top", `Top giver no. ${count(data.topGifterRank)}`]);
  return found;
}

export class Log {
  constructor(limit = LIMIT) {
    this.entries = [];
    this.watched = false; // whether somebody wants to know what changes
    this.changed = new Set(); // since that somebody looked and cleared it
    this._limit = limit;
    this._streaks = new Map();
  }

  // Take an event in; what is no news for readers is passed over.
  take(envelope) {
    const { event, data } = envelope;
    if (event === "gift" || event === "giftStreak") this._gift(envelope);
    else if (event in HEAPS) this._heap(envelope, HEAPS[event]);
    else if (event === "imDelete") this._delete(data);
    else {
      const said = event in TELL ? TELL[event](data, envelope) : shown(data);
      if (said) this._add(envelope, said);
    }
  }

  note(text, anchor = "") {
    const now = Date.now();
    this._add({ anchor, ts: now, received_at: now, id: "", data: {} }, { kind: "note", text });
  }

  // Nobody shows this entry any more: what comes of it later begins a new one.
  forget(entry) {
    entry.gone = true;
    this.entries = this.entries.filter((each) => each !== entry);
  }

  _mark(entry) {
    if (this.watched) this.changed.add(entry);
  }

  _add(envelope, what) {
    const entry = {
      anchor: envelope.anchor,
      at: count(envelope.ts) || Date.now(),
      received: count(envelope.received_at) || Date.now(),
      history: envelope.history === true,
      messageIds: new Set([messageId(envelope)]),
      userId: String(envelope.data.userId || ""),
      deleted: false,
      gone: false,
      ...what,
    };
    this.entries.push(entry);
    this._mark(entry);
    while (this.entries.length > this._limit) {
      const oldest = this.entries.shift();
      oldest.gone = true;
      this._mark(oldest);
    }
    return entry;
  }

  _heap(envelope, kind) {
    const { data } = envelope;
    const number = kind === "like" ? count(data.likeCount) || 1 : 1;
    const name = nameOf(data);
    const userId = String(data.userId || name);
    const last = this.entries.at(-1);
    const fits = last?.kind === kind && last.anchor === envelope.anchor && !last.deleted;
    if (fits && count(envelope.received_at) - last.received < TOGETHER) {
      if (!last.people.has(userId)) last.people.set(userId, name);
      last.number += number;
      last.messageIds.add(messageId(envelope));
      this._mark(last);
      return;
    }
    this._add(envelope, { kind, number, people: new Map([[userId, name]]) });
  }

  _gift(envelope) {
    const { data, event } = envelope;
    const final = event === "giftStreak";
    const keys = final ? streakKeys(envelope) : giftKeys(envelope);
    let entry = null;
    for (const key of keys) entry ??= this._streaks.get(key);
    const known = {
      gift: plain(data.giftName, 40),
      giftPicture: data.giftPictureUrl || data.giftDetails?.giftImage?.giftPictureUrl || "",
      each: count(data.diamondCount),
    };
    if (entry && !entry.gone) {
      // Messages of a streak may leave out what an earlier one said.
      for (const [key, value] of Object.entries(known)) if (value) entry[key] = value;
      entry.number = Math.max(entry.number, count(data.repeatCount));
      entry.final ||= final || data.repeatEnd === true;
      entry.messageIds.add(messageId(envelope));
      this._mark(entry);
    } else {
      entry = this._add(envelope, {
        kind: "gift",
        ...person(data),
        ...known,
        number: count(data.repeatCount) || 1,
        final: final || data.repeatEnd === true,
      });
    }
    for (const key of keys) {
      if (final) this._streaks.delete(key);
      else this._streaks.set(key, entry);
    }
    if (this._streaks.size > STREAKS) this._streaks.delete(this._streaks.keys().next().value);
  }

  _delete(data) {
    const messages = new Set((data.deleteMsgIds || []).map(String));
    const users = new Set((data.deleteUserIds || []).map(String));
    for (const entry of this.entries) {
      const named = [...messages].some((id) => id !== "0" && entry.messageIds.has(id));
      const byUser = entry.userId && users.has(entry.userId);
      if (entry.people) {
        for (const user of users) if (entry.people.delete(user)) this._mark(entry);
        if (entry.people.size) continue;
      }
      if (!entry.deleted && (named || byUser || entry.people)) {
        entry.deleted = true;
        this._mark(entry);
      }
    }
  }
}

// All keys under which a later event of the same streak may look for its entry. The end of a
// streak without group names only the id of its last message.
function giftKeys({ anchor, id, data }) {
  const keys = [`${anchor} ${String(id).split(":").slice(1).join(":")}`];
  const single = data.giftType !== undefined && data.giftType !== 1;
  if (!single) keys.push(`${anchor} ${data.userId}:${data.giftId}:${data.groupId || "0"}`);
  return keys;
}

function streakKeys({ anchor, id, data }) {
  const keys = [`${anchor} ${String(id).split(":streak:")[1] || ""}`];
  if (data.reason !== "single") {
    keys.push(`${anchor} ${data.userId}:${data.giftId}:${data.groupId || "0"}`);
  }
  return keys;
}

function note(text) {
  return { kind: "note", text };
}

// The line that TikTok's own client shows, where the server has made it; most have none.
function shown(data) {
  const text = plain(data.text, 300);
  return text ? note(text) : null;
}

// Events that are told by that line. Of what is derived from them it would be the same again.
export const BY_TEXT = [
  "accessRecall",
  "barrage",
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
  "pollMessage",
  "questionSelected",
  "rankText",
  "rankUpdate",
  "roomNotify",
  "roomPin",
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

// What the events with nothing special about them tell.
const TELL = {
  chat: (data) => ({
    kind: "chat",
    ...person(data),
    badges: badges(data),
    text: plain(data.comment),
    emotes: (data.emotes || []).map((each) => each.emoteImageUrl).filter(Boolean).slice(0, 5),
  }),
  emote: (data) => ({
    kind: "chat",
    ...person(data),
    badges: badges(data),
    text: "",
    emotes: data.emoteImageUrl ? [data.emoteImageUrl] : [],
  }),
  questionNew: (data) => ({
    kind: "chat",
    ...person(data),
    badges: [["ask", "Question"]],
    text: plain(data.questionText),
    emotes: [],
  }),
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
  roomMessage: (data) => (data.content ? note(plain(data.content, 300)) : null),
  connected: (data, { anchor }) => note(`Connected to @${plain(anchor, 40)}.`),
  disconnected: (data, { anchor }) =>
    note(`Disconnected from @${plain(anchor, 40)}. ${plain(data.reason, 200)}`.trim()),
  reconnecting: (data, { anchor }) =>
    note(`Lost @${plain(anchor, 40)}; trying again in ${Math.ceil(count(data.delay) || 1)} s.`),
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

// The events that a log or the numbers of a room are made from.
export const EVENTS = [
  ...Object.keys(TELL),
  ...Object.keys(HEAPS),
  ...BY_TEXT,
  "gift",
  "giftStreak",
  "imDelete",
  "roomUser",
];
