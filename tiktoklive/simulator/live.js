// What the live page does by itself, as TikTok's: it opens its own push socket, enters the room,
// beats, acknowledges, shows what is said, and comes back when it is closed.
"use strict";

const { room } = JSON.parse(document.getElementById("live-page").textContent);
const BEAT = 10_000;
const AGAIN = 1_000;
const text = new TextEncoder();

// --- protobuf: as much of it as a page sends and reads

function varint(number) {
  const bytes = [];
  let rest = BigInt(number);
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}

function field(number, value) {
  if (typeof value !== "object") return [...varint(number << 3), ...varint(value)];
  return [...varint((number << 3) | 2), ...varint(value.length), ...value];
}

function* fields(bytes) {
  let place = 0;
  const next = () => {
    let number = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[place++];
      number |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
  };
  while (place < bytes.length) {
    const tag = Number(next());
    if (tag & 7) {
      const size = Number(next());
      yield [tag >> 3, bytes.subarray(place, place + size)];
      place += size;
    } else {
      yield [tag >> 3, next()];
    }
  }
}

function frame(kind, payload, number = 0n) {
  const head = number ? field(2, number) : [];
  const named = [...field(6, text.encode("pb")), ...field(7, text.encode(kind))];
  return new Uint8Array([...head, ...named, ...field(8, payload)]);
}

// --- the socket

function open() {
  const query = new URLSearchParams({
    aid: "1988",
    app_name: "tiktok_web",
    device_platform: "web",
    identity: "audience",
    live_id: "12",
    resp_content_type: "protobuf",
    room_id: room,
    version_code: "180800",
  });
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const path = "/webcast/im/ws_proxy/ws_reuse_supplement/";
  const socket = new WebSocket(`${scheme}://${location.host}${path}?${query}`);
  socket.binaryType = "arraybuffer";
  let beats = 0;
  let timer = 0;
  const beat = () => socket.send(frame("hb", [...field(1, room), ...field(2, ++beats)]));
  socket.addEventListener("open", () => {
    const audience = text.encode("audience");
    const entered = [...field(1, room), ...field(4, 12), ...field(5, audience)];
    socket.send(frame("im_enter_room", [...entered, ...field(9, text.encode("0"))]));
    beat();
    timer = setInterval(beat, BEAT);
    document.body.dataset.socket = "open";
  });
  socket.addEventListener("message", ({ data }) => {
    const pushed = Object.fromEntries(fields(new Uint8Array(data)));
    document.body.dataset.frames = Number(document.body.dataset.frames || 0) + 1;
    if (new TextDecoder().decode(pushed[7]) !== "msg") return;
    const batch = Object.fromEntries(fields(pushed[8]));
    if (batch[9]) socket.send(frame("ack", batch[5]?.length ? batch[5] : text.encode("-"), pushed[2]));
  });
  socket.addEventListener("close", () => {
    clearInterval(timer);
    document.body.dataset.socket = "closed";
    setTimeout(open, AGAIN);
  });
}

document.title = `${location.pathname.split("/")[1]} is LIVE`;
open();
