// What happened in a room, as a bounded list of entries: one for each comment, one for each gift
// streak, one for a heap of likes or joins that come together. Each kind has a limit of its own:
// a rare gift is not pushed out by much talk.

import { count, nameOf, plain } from "./text.js";
import { HEAPS, list, person, tell } from "./tell.js";

// Entries of each kind; of more, the oldest go.
export const LIMITS = {
  chat: 400,
  gift: 300,
  follow: 120,
  share: 60,
  sub: 120,
  card: 120,
  note: 120,
  like: 60,
  join: 60,
};
const HELD = 2000; // entries that may come while nothing is to be taken away above
const TOGETHER = 15000; // milliseconds within which joins and likes become one entry
const STREAKS = 1000;
const DELETED = 2000; // ids of what was deleted that are remembered

function messageId(envelope) {
  return String(envelope.data.msgId || String(envelope.id).split(":")[1] || "");
}

// Where an event stands among all others: its server's numbers rise, and a server that
// restarted begins at one again, behind all that was before.
const epochs = new Map();
let highest = 0;

export function placeOf(seq) {
  const found = /^([0-9a-z]+)-(\d+)$/.exec(seq || "");
  return found && { epoch: found[1], number: Number(found[2]) };
}

function orderOf(envelope) {
  const place = placeOf(envelope.seq);
  if (!place) return highest;
  const { epoch, number } = place;
  if (!epochs.has(epoch)) epochs.set(epoch, highest);
  if (epochs.size > 50) epochs.delete(epochs.keys().next().value);
  const order = epochs.get(epoch) + number;
  highest = Math.max(highest, order);
  return order;
}

// A user in a room: who is removed from one may be welcome in another.
const userMark = (anchor, user) => `u${String(anchor).toLowerCase()} ${user}`;

// How an event is known again.
export function marksOf(envelope) {
  const marks = envelope.seq ? [envelope.seq] : [];
  const named = typeof envelope.id === "string" && !/:0(:|$)/.test(envelope.id);
  if (named && envelope.id) marks.push(`${envelope.id} ${envelope.event}`);
  return marks;
}

export class Log {
  // limits: entries of each kind, or one number for all kinds.
  constructor(limits = LIMITS) {
    this.watched = false; // whether somebody wants to know what changes
    this.changed = new Set(); // since that somebody looked and cleared it
    this.trimmed = () => {}; // told of each entry that had to go
    this._limits = limits;
    this._entries = []; // in their order
    this._counts = new Map();
    this._streaks = new Map();
    this._deleted = new Map(); // what moderation removed, and up to which place
    this._held = null;
  }

  get entries() {
    return this._entries;
  }

  // Take an event in; what is no news for readers is passed over.
  take(envelope) {
    const { event, data } = envelope;
    if (event === "gift" || event === "giftStreak") this._gift(envelope);
    else if (Object.hasOwn(HEAPS, event)) this._heap(envelope, HEAPS[event]);
    else if (event === "imDelete") this._delete(envelope);
    else {
      const said = tell(envelope);
      if (said) this._add(envelope, said);
    }
  }

  // Take events in that happened before; true if they brought something.
  merge(envelopes) {
    const known = new Set(this._entries.flatMap((each) => [...each.marks]));
    const streaks = new Set(this._entries.flatMap((each) => each.keys || []));
    const older = new Log(Infinity);
    for (const envelope of envelopes) {
      if (!marksOf(envelope).some((mark) => known.has(mark))) older.take(envelope);
    }
    const fresh = older.entries.filter((each) => !each.keys?.some((key) => streaks.has(key)));
    for (const entry of fresh) {
      entry.heard = true; // it is no news
      this._count(entry, 1);
      this._mark(entry);
    }
    this._entries = [...this._entries, ...fresh].sort((a, b) => a.order - b.order);
    this._forgetDeleted();
    return fresh.length > 0;
  }

  // While a reader looks at what was before, nothing is taken away above.
  hold(wanted) {
    if (wanted === Boolean(this._held)) return;
    this._held = wanted ? { last: this._entries.at(-1), gap: null } : null;
    if (!wanted) for (const kind of this._counts.keys()) this._trim(kind);
  }

  note(text, anchor = "") {
    const now = Date.now();
    this._add({ anchor, ts: now, received_at: now, id: "", data: {} }, { kind: "note", text });
  }

  // Nobody shows this entry any more: what comes of it later begins a new one.
  forget(entry) {
    if (entry.gone) return;
    entry.gone = true;
    this._count(entry, -1);
    this._entries.splice(this._entries.lastIndexOf(entry), 1);
  }

  _mark(entry) {
    if (this.watched) this.changed.add(entry);
  }

  _count(entry, change) {
    this._counts.set(entry.kind, (this._counts.get(entry.kind) || 0) + change);
  }

  _add(envelope, what) {
    const entry = {
      anchor: envelope.anchor,
      at: count(envelope.ts) || Date.now(),
      received: count(envelope.received_at) || Date.now(),
      history: envelope.history === true,
      messageIds: new Set([messageId(envelope)]),
      marks: new Set(marksOf(envelope)),
      order: orderOf(envelope),
      last: envelope.seq || "",
      userId: String(envelope.data.userId || ""),
      deleted: false,
      gone: false,
      ...what,
    };
    this._entries.push(entry);
    this._count(entry, 1);
    this._mark(entry);
    if (this._held) this._bound();
    else this._trim(entry.kind);
    return entry;
  }

  _joins(entry, envelope) {
    entry.messageIds.add(messageId(envelope));
    for (const mark of marksOf(envelope)) entry.marks.add(mark);
    entry.last = envelope.seq || entry.last;
    this._mark(entry);
  }

  _trim(kind) {
    const limit = typeof this._limits === "number" ? this._limits : this._limits[kind];
    while ((this._counts.get(kind) || 0) > limit) {
      // The oldest of a kind is near the beginning, mostly.
      this._drop(this._entries.findIndex((entry) => entry.kind === kind));
    }
  }

  _drop(place) {
    const [entry] = this._entries.splice(place, 1);
    entry.gone = true;
    this._count(entry, -1);
    this._mark(entry);
    this.trimmed(entry);
  }

  // Too much came while a reader was away: of that, the oldest goes, and a line says so.
  _bound() {
    const begin = this._entries.indexOf(this._held.last) + 1;
    if (this._entries.length - begin <= HELD) return;
    const first = begin + (this._held.gap ? 1 : 0);
    for (let turn = 0; turn < HELD / 2; turn++) this._drop(first);
    if (!this._held.gap) {
      this.note("Here is a gap: more came than can be kept while you read what was before.");
      const gap = this._entries.pop();
      gap.order = this._held.last?.order ?? 0;
      this._entries.splice(begin, 0, gap);
      this._held.gap = gap;
    }
  }

  _heap(envelope, kind) {
    const { data } = envelope;
    const number = kind === "like" ? count(data.likeCount) || 1 : 1;
    const name = nameOf(data);
    const userId = String(data.userId || name);
    const last = this._entries.at(-1);
    const fits = last?.kind === kind && last.anchor === envelope.anchor && !last.deleted;
    if (fits && count(envelope.received_at) - last.received < TOGETHER) {
      if (!last.people.has(userId)) last.people.set(userId, name);
      last.number += number;
      this._joins(last, envelope);
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
      this._joins(entry, envelope);
    } else {
      entry = this._add(envelope, {
        kind: "gift",
        ...person(data),
        ...known,
        number: count(data.repeatCount) || 1,
        final: final || data.repeatEnd === true,
      });
    }
    // Without a group the key tells streaks of one user apart only while they run.
    entry.keys = [...new Set([...(entry.keys || []), ...keys.filter((key) => !/:0$/.test(key))])];
    for (const key of keys) {
      if (final) this._streaks.delete(key);
      else this._streaks.set(key, entry);
    }
    if (this._streaks.size > STREAKS) this._streaks.delete(this._streaks.keys().next().value);
  }

  _delete(envelope) {
    const { deleteMsgIds, deleteUserIds } = envelope.data;
    const ids = list(deleteMsgIds).map((id) => `m${id}`);
    const order = orderOf(envelope);
    const users = list(deleteUserIds).map((each) => userMark(envelope.anchor, each));
    for (const id of [...ids, ...users]) {
      if (id !== "m0") this._deleted.set(id, order);
      if (this._deleted.size > DELETED) this._deleted.delete(this._deleted.keys().next().value);
    }
    this._forgetDeleted();
  }

  // What a user says after being removed is said anew, and stays.
  _forgetDeleted() {
    if (!this._deleted.size) return;
    const until = (id) => this._deleted.get(id) ?? -1;
    for (const entry of this._entries) {
      const named = [...entry.messageIds].some((id) => this._deleted.has(`m${id}`));
      const byUser = entry.userId && entry.order <= until(userMark(entry.anchor, entry.userId));
      if (entry.people) {
        for (const user of [...entry.people.keys()]) {
          if (entry.order <= until(userMark(entry.anchor, user)) && entry.people.delete(user)) this._mark(entry);
        }
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
