// Runs beside the page, out of its reach: gathers what page.js reads, and hands it to the worker,
// again and again until it is taken. What is too much is dropped, the oldest first, and counted.
(() => {
  "use strict";

  const NAME = "tiktoklive-push";
  const MOST_WAITING = 4 * 1024 * 1024; // letters of base64
  const MOST_PUSHED = 400 * 1024;
  const MOST_FRAMES = 200;
  const PAUSE = 200; // milliseconds from one push to the next
  const LATER = 1000;

  const waiting = [];
  const lost = new Map(); // by page, how many frames were dropped
  let size = 0;
  let port = null;
  let pushing = null; // what the worker has, and has not answered yet
  let timer = 0;

  document.addEventListener(NAME, (event) => {
    const told = JSON.parse(event.detail);
    waiting.push(told);
    size += told.frame?.length ?? 0;
    while (size > MOST_WAITING) drop(waiting.shift());
    soon(PAUSE);
  });

  function drop(told) {
    if (!told.frame) return;
    size -= told.frame.length;
    lost.set(told.page, (lost.get(told.page) ?? 0) + 1);
  }

  function soon(milliseconds) {
    if (!timer && !pushing) timer = setTimeout(push, milliseconds);
  }

  // The first that wait, of one socket.
  function batch() {
    const { room, anchor, page } = waiting[0];
    const told = { room, anchor, page, frames: [], at: [], lost: lost.get(page) ?? 0 };
    let letters = 0;
    while (waiting.length && waiting[0].page === page && told.frames.length < MOST_FRAMES) {
      const next = waiting[0];
      if (letters && letters + (next.frame?.length ?? 0) > MOST_PUSHED) break;
      waiting.shift();
      if (next.closed) {
        told.closed = true;
        break;
      }
      letters += next.frame.length;
      told.frames.push(next.frame);
      told.at.push(next.at);
    }
    return told;
  }

  function push() {
    timer = 0;
    if (!chrome.runtime?.id) return; // the extension was removed, or renewed
    pushing ??= waiting.length ? batch() : null;
    if (!pushing) return;
    if (!port) {
      port = chrome.runtime.connect();
      port.onMessage.addListener(answered);
      port.onDisconnect.addListener(() => {
        port = null; // a worker that rests; what it had is pushed again
        if (pushing) again(LATER);
      });
    }
    port.postMessage(pushing);
  }

  function again(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(push, milliseconds);
  }

  function answered({ done, wait }) {
    if (!pushing) return;
    if (wait) {
      again(wait * 1000);
      return;
    }
    for (const frame of pushing.frames) size -= frame.length;
    // What nobody takes is lost, with what was lost before.
    if (done) lost.delete(pushing.page);
    else lost.set(pushing.page, pushing.lost + pushing.frames.length);
    if (pushing.closed) lost.delete(pushing.page);
    pushing = null;
    if (waiting.length) soon(PAUSE);
  }
})();
