// What a moderator decided about a room, and comments that wait until a moderator had the time.

const WAITING = 500; // comments that may wait; the oldest are left out when there are more
const ANEW = 3000; // milliseconds in which a server tells all that is decided, after it was found
const HELD = new Set(["chat", "emote", "questionNew"]);

// Whether one of these users stands in a value, in any place: as a guest, a host, a receiver.
function isNamed(value, users) {
  if (typeof value === "string") return users.has(value);
  if (value === null || typeof value !== "object") return false;
  if (Array.isArray(value)) return value.some((each) => isNamed(each, users));
  return Object.entries(value).some(([key, each]) => users.has(key) || isNamed(each, users));
}

const roomOf = (envelope) => String(envelope.anchor || "").toLowerCase();

// Stands between what comes in and an overlay. With hold, in seconds, a comment is shown when that
// has passed and no moderator has hidden it. What it calls:
//   show(envelope)           it may be shown now
//   retract(room, {ids, users})  what was shown of these is to go
//   pin(envelope or null)    the comment that stays, of any room that is shown
export class Hold {
  constructor(hold, { show, retract, pin }) {
    this._hold = hold * 1000;
    this._show = show;
    this._retract = retract;
    this._pin = pin;
    this._decided = new Map(); // by room: {hidden, blocked} as sets
    this._pinned = new Map(); // by room
    this._told = new Set(); // rooms of which this connection told something
    this._waiting = new Map(); // by envelope, the timer
  }

  take(envelope) {
    if (this._isOff(envelope)) return;
    if (!this._hold || !HELD.has(envelope.event) || envelope.sample) {
      this._show(envelope);
      return;
    }
    const timer = setTimeout(() => {
      this._waiting.delete(envelope);
      if (!this._isOff(envelope)) this._show(envelope);
    }, this._hold);
    this._waiting.set(envelope, timer);
    if (this._waiting.size > WAITING) this._drop(this._waiting.keys().next().value);
  }

  // TikTok's own moderators deleted something: it does not come after its time either.
  deleted(isDeleted) {
    for (const envelope of [...this._waiting.keys()]) {
      if (isDeleted(envelope)) this._drop(envelope);
    }
  }

  // There is a new connection. A server that was started again may know of no comment that is
  // pinned, and then no moderator could take it down. What is hidden stays so.
  opened() {
    this._told.clear();
    clearTimeout(this._timer);
    this._timer = setTimeout(() => {
      const gone = [...this._pinned.keys()].filter((room) => !this._told.has(room));
      for (const room of gone) this._pinned.delete(room);
      if (gone.length) this._pinLast();
    }, ANEW);
  }

  // What the server says of a room: {room, hidden, blocked, pinned}.
  moderation({ room, hidden, blocked, pinned }) {
    this._told.add(room);
    const users = blocked.map((each) => each.userId);
    const before = this._decided.get(room);
    this._decided.set(room, { hidden: new Set(hidden), blocked: new Set(users) });
    const ids = hidden.filter((each) => !before?.hidden.has(each));
    const gone = users.filter((each) => !before?.blocked.has(each));
    if (ids.length || gone.length) this._retract(room, { ids, users: gone });
    if (pinned) this._pinned.set(room, pinned);
    else this._pinned.delete(room);
    this._pinLast();
  }

  _pinLast() {
    this._pin([...this._pinned.values()].at(-1) || null);
  }

  // Whether a user is blocked in a room.
  blocks(anchor, userId) {
    return this._decided.get(roomOf({ anchor }))?.blocked.has(String(userId)) === true;
  }

  // The numbers of a room without those who are blocked there.
  withoutBlocked(shape) {
    const isShown = ({ userId }) => !this.blocks(shape.anchor, userId);
    const shown = (users) => (users || []).filter(isShown);
    const team = (each) => ({ ...each, hosts: shown(each.hosts), supporters: shown(each.supporters) });
    const { battle } = shape;
    const teams = battle && { ...battle, teams: (battle.teams || []).map(team) };
    return { ...shape, givers: shown(shape.givers), battle: teams };
  }

  _isOff(envelope) {
    const decided = this._decided.get(roomOf(envelope));
    // What takes away what was shown names users too, and has to come.
    if (!decided || envelope.sample || envelope.event === "imDelete") return false;
    if (decided.hidden.has(envelope.id)) return true;
    return decided.blocked.size > 0 && isNamed(envelope.data, decided.blocked);
  }

  _drop(envelope) {
    clearTimeout(this._waiting.get(envelope));
    this._waiting.delete(envelope);
  }
}
