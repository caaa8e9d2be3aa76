// Runs in the page, before its own scripts: reads along what its push socket receives, and changes
// nothing. What is read goes to relay.js, by an event that only it listens to.
(() => {
  "use strict";

  const NAME = "tiktoklive-push";
  const stamp = Array.from(crypto.getRandomValues(new Uint32Array(3)), (each) => each.toString(36));
  let sockets = 0;

  const tell = (told) =>
    document.dispatchEvent(new CustomEvent(NAME, { detail: JSON.stringify(told) }));

  function base64(bytes) {
    let letters = "";
    for (let start = 0; start < bytes.length; start += 8192) {
      letters += String.fromCharCode(...bytes.subarray(start, start + 8192));
    }
    return btoa(letters);
  }

  function watch(socket) {
    const address = new URL(socket.url);
    const room = address.searchParams.get("room_id") || "";
    const anchor = /^\/@([^/]+)\/live/.exec(location.pathname);
    if (!address.pathname.startsWith("/webcast/im/") || !/^\d+$/.test(room) || !anchor) return;
    sockets += 1;
    const head = { room, anchor: anchor[1], page: `${stamp.join("")}-${sockets}` };
    // One after the other: a Blob takes its time to be read.
    let before = Promise.resolve();
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") return;
      const at = Date.now();
      const whole = data instanceof Blob ? data.arrayBuffer() : data.slice(0);
      before = before.then(async () => {
        tell({ ...head, frame: base64(new Uint8Array(await whole)), at });
      });
    });
    socket.addEventListener("close", () => {
      before = before.then(() => tell({ ...head, closed: true }));
    });
  }

  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, given, made) {
      const socket = Reflect.construct(target, given, made);
      try {
        watch(socket);
      } catch {
        // The page goes on as without us.
      }
      return socket;
    },
  });
})();
