// One thing that happened, as alerts and tickers tell it.

import { SHOWS } from "./overlay-options.js";
import { personOf } from "./overlay-parts.js";
import { count, grouped, plain } from "./text.js";

// The events from which these kinds are made: of all that the chat is made from, those that are
// told here. A gift is told when its streak is over, with its sum.
export function eventsOf(shown) {
  return shown.flatMap((each) => SHOWS[each]).filter((each) => Object.hasOwn(TOLD, each));
}

function gift(data) {
  const number = count(data.repeatCount) || 1;
  const sum = count(data.diamondTotal) || count(data.diamondCount) * number;
  const name = plain(data.giftName, 40) || "a gift";
  return {
    kind: "gift",
    gift: name,
    giftPicture: data.giftPictureUrl || data.giftDetails?.giftImage?.giftPictureUrl || "",
    number,
    diamonds: sum,
    did: number > 1 ? `gave ${name} ×${grouped(number)}` : `gave ${name}`,
  };
}

const TOLD = {
  giftStreak: gift,
  follow: () => ({ kind: "follow", did: "followed" }),
  share: () => ({ kind: "share", did: "shared the broadcast" }),
  superFan: () => ({ kind: "fan", did: "became a super fan" }),
  subscribe: (data) => {
    const months = count(data.subMonth);
    return { kind: "sub", did: months > 1 ? `subscribed, for ${grouped(months)} months` : "subscribed" };
  },
  chat: (data) => {
    const text = plain(data.comment, 200);
    return text ? { kind: "chat", did: text } : null;
  },
};

// What an event tells, or null: kind, person, did (in words), diamonds; of gifts also gift,
// giftPicture, number; and the room and the message's number, by which it may be deleted.
export function happeningOf(envelope) {
  const { event, data, id } = envelope;
  const told = Object.hasOwn(TOLD, event) ? TOLD[event](data) : null;
  const message = String(id).slice(String(id).indexOf(":") + 1);
  const room = String(envelope.anchor).toLowerCase();
  return told && { diamonds: 0, ...told, message, room, person: personOf(data) };
}

// Whether a happening is one of those that an imDelete takes away.
export function deletedBy({ anchor, data }) {
  const where = String(anchor).toLowerCase();
  const messages = new Set((data.deleteMsgIds || []).map(String));
  const users = new Set((data.deleteUserIds || []).map(String));
  return ({ message, room, person }) =>
    messages.has(message) || (room === where && users.has(person.userId));
}
