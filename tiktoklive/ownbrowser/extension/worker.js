// Pushes what pages receive to the endpoint of the options, and to nobody else.
import { ask } from "./settings.js";

const LATER = 2; // seconds
// What another try may mend: the token, the rate, an endpoint that is busy.
const PASSES = new Set([401, 403, 408, 429, 500, 502, 503, 504]);

async function push(told) {
  let answer;
  try {
    answer = await ask("push", told);
  } catch {
    return { wait: LATER }; // nobody listens there
  }
  if (answer.ok) return { done: true };
  if (!PASSES.has(answer.status)) return { done: false };
  return { wait: Number(answer.headers.get("Retry-After")) || LATER };
}

chrome.runtime.onConnect.addListener((port) => {
  const sockets = new Map();
  let last = null; // what was pushed last, and may be on its way
  port.onMessage.addListener(async (told) => {
    const { room, anchor, page } = told;
    if (told.closed) sockets.delete(page);
    else sockets.set(page, { room, anchor, page });
    last = push(told);
    const answer = await last;
    try {
      port.postMessage(answer);
    } catch {
      // The page is gone.
    }
  });
  // Whatever the page had no time to say: not before what it has said, which would open it again.
  port.onDisconnect.addListener(async () => {
    await last;
    for (const socket of sockets.values()) push({ ...socket, closed: true });
  });
});
