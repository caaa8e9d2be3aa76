// The connection of an overlay: events and numbers of one room, or of all, and what its owner
// must know of it.

import { Hold } from "./overlay-hold.js";
import { forgetFormer } from "./overlay-numbers.js";
import { EventStream, Seen } from "./socket.js";
import { plain } from "./text.js";

const REMEMBERED = 2000;

// Only what its owner must know is said on an overlay: everybody sees it.
function tell(state, { status, reason } = {}) {
  document.body.dataset.link = state;
  const old = document.getElementById("problem");
  if (state === "connecting") return;
  const theirs = state === "refused" || (status >= 400 && status < 500 && status !== 429);
  if (!theirs) {
    old?.remove();
    return;
  }
  const line = old || document.createElement("p");
  line.id = "problem";
  line.className = "problem";
  line.textContent = state === "refused" ? "The address of this overlay needs token=…" : reason;
  document.body.append(line);
}

// Of an event id, what TikTok calls the message.
const messageOf = (id) => id.slice(id.indexOf(":") + 1);

// What moderators took away, as an overlay hears of what TikTok's own took away.
function retraction(anchor, { ids, users }) {
  const data = { deleteMsgIds: ids.map(messageOf), deleteUserIds: users };
  return { event: "imDelete", anchor, data };
}

function isDeletedBy({ anchor, data }) {
  const messages = new Set((data.deleteMsgIds || []).map(String));
  const users = new Set((data.deleteUserIds || []).map(String));
  return (held) =>
    held.anchor === anchor &&
    (messages.has(messageOf(held.id)) || users.has(String(held.data.userId)));
}

// Follow what an overlay shows. Calls event(envelope) for each that is new and that no moderator
// took away; an imDelete for what they take away later; and, if there are such functions,
// numbers(shape) for the numbers of a room and pinned(envelope or null) for the comment that stays.
// hold: seconds that a comment waits for moderators.
export function follow({ room, token, types, hold = 0 }, { event, numbers, pinned }) {
  const seen = new Seen(REMEMBERED);
  const held = new Hold(hold, {
    show: event,
    retract: (anchor, gone) => event(retraction(anchor, gone)),
    pin: (envelope) => pinned?.(envelope),
  });
  const counted = new Map(); // by room, its numbers
  const tellNumbers = (shape) => numbers?.(held.withoutBlocked(shape));
  const hear = ({ name, data }) => {
    if (name === "resumed" || name === "error") return;
    const shape = JSON.parse(data);
    if (name === "moderation") {
      held.moderation(shape);
      counted.forEach(tellNumbers); // who is blocked gave nothing, from now on; who is not did
      return;
    }
    if (name === "numbers") {
      forgetFormer(counted, shape);
      counted.set(shape.anchor, shape);
      tellNumbers(shape);
      return;
    }
    if (!shape || typeof shape.data !== "object" || shape.data === null || shape.history) return;
    if (shape.sample !== true && !seen.isNew(shape)) return;
    if (shape.event === "imDelete") held.deleted(isDeletedBy(shape));
    held.take(shape);
  };
  const ask = new URLSearchParams({ overlay: "1", moderation: "1", types: types.join(",") });
  if (numbers) ask.set("numbers", "1");
  if (token) ask.set("token", token);
  if (room) ask.set("rooms", plain(room, 60).replace(/^@/, ""));
  const state = (name, detail) => {
    tell(name, detail);
    if (name === "open") held.opened();
  };
  const stream = new EventStream(`/ws?${ask}`, { event: hear, state });
  window.addEventListener("online", () => stream.again());
}
