// The connection of an overlay: events and numbers of one room, or of all, and what its owner
// must know of it.

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

// Follow what an overlay shows. Calls event(envelope) for each that is new, and
// numbers(shape) for the numbers of a room, if there is such a function.
export function follow({ room, token, types }, { event, numbers }) {
  const seen = new Seen(REMEMBERED);
  const hear = ({ name, data }) => {
    if (name === "resumed" || name === "error") return;
    const shape = JSON.parse(data);
    if (name === "numbers") {
      numbers?.(shape);
      return;
    }
    if (!shape || typeof shape.data !== "object" || shape.data === null || shape.history) return;
    if (shape.sample === true || seen.isNew(shape)) event(shape);
  };
  const ask = new URLSearchParams({ overlay: "1", types: types.join(",") });
  if (numbers) ask.set("numbers", "1");
  if (token) ask.set("token", token);
  if (room) ask.set("rooms", plain(room, 60).replace(/^@/, ""));
  const stream = new EventStream(`/ws?${ask}`, { event: hear, state: tell });
  window.addEventListener("online", () => stream.again());
}
