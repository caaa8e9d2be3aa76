// Server-Sent Events over fetch. EventSource cannot send a token in a header, does not say why it
// was refused, and gives up for ever at some answers.

// Two of the server's beats (every 15 s) and some: after so long without a byte the line is dead.
const SILENCE = 40000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 15000;
// A stream that lived for so long was a good one: the next delay is the first again.
const HEALTHY = 5000;

class Overrun extends Error {}

// The server does not grant what was asked.
export class Refused extends Error {
  constructor(status, message, code) {
    super(message);
    this.status = status;
    this.wantsToken = status === 401 || (status === 403 && code === "scope");
  }
}

// The refusal in an answer, in the server's own sentence if it has one.
export async function refusal(response) {
  let said = {};
  try {
    said = await response.json();
  } catch {
    // Somebody in between answered.
  }
  const sentence = said.error || `The server answered with status ${response.status}.`;
  return new Refused(response.status, sentence, said.code);
}

// Turns text, however it is cut, into events. One with an id and no data says how far we came.
export class EventParser {
  constructor(tell) {
    this._tell = tell;
    this._rest = "";
    this._begin();
  }

  _begin() {
    this._event = { id: null, name: "message", data: [] };
  }

  feed(text) {
    const lines = (this._rest + text).split("\n");
    this._rest = lines.pop();
    for (const line of lines) this._line(line.endsWith("\r") ? line.slice(0, -1) : line);
  }

  _line(line) {
    if (line === "") {
      const event = this._event;
      this._begin();
      const some = event.data.length || event.id !== null;
      if (some) this._tell({ ...event, data: event.data.join("\n") });
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment: the beat
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this._event.name = value;
    else if (field === "data") this._event.data.push(value);
    else if (field === "id") this._event.id = value;
  }
}

// Follows one address until it is closed. What it calls:
//   event({id, name, data})   data is text
//   state(name, detail)       "connecting"; "open"; "waiting", {seconds, reason, status};
//                             "refused", {reason}: another token is needed; until again()
export class EventStream {
  constructor(address, { event, state, token = () => "" }) {
    this._address = address;
    this._hear = event;
    this._state = state;
    this._token = token;
    this._last = "";
    this._failures = 0;
    this._closed = false;
    this._wake = null;
    this._run();
  }

  close() {
    this._closed = true;
    this._request?.abort();
    this.again();
  }

  // Try at once, whatever is being waited for.
  again() {
    this._wake?.();
  }

  async _run() {
    while (!this._closed) {
      this._state("connecting");
      let status = 0;
      let reason = "The connection was lost.";
      try {
        await this._read();
      } catch (error) {
        if (error instanceof Refused) ({ status, message: reason } = error);
        if (error instanceof Overrun) reason = error.message;
        if (error.wantsToken) {
          this._state("refused", { reason });
          await this._sleep(null);
          continue;
        }
      }
      if (this._closed) return;
      const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this._failures++);
      // Many pages that lost the same server should not all come back in the same moment.
      const chosen = delay * (0.75 + Math.random() / 2);
      this._state("waiting", { seconds: chosen / 1000, reason, status });
      await this._sleep(chosen);
    }
  }

  // Resolves when the stream is over.
  async _read() {
    this._request = new AbortController();
    const headers = { Accept: "text/event-stream" };
    if (this._token()) headers.Authorization = `Bearer ${this._token()}`;
    if (this._last) headers["Last-Event-ID"] = this._last;
    let silence = this._watch();
    try {
      const response = await fetch(this._address, {
        headers,
        cache: "no-store",
        credentials: "same-origin",
        signal: this._request.signal,
      });
      if (response.status !== 200) throw await refusal(response);
      this._state("open");
      const opened = Date.now();
      const parser = new EventParser((event) => this._event(event));
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        clearTimeout(silence);
        if (done) return;
        if (Date.now() - opened > HEALTHY) this._failures = 0;
        silence = this._watch();
        parser.feed(value);
      }
    } finally {
      clearTimeout(silence);
      this._request.abort();
    }
  }

  _watch() {
    return setTimeout(() => this._request.abort(), SILENCE);
  }

  _event(event) {
    if (event.name === "overrun") {
      throw new Overrun("This page was too slow and was dropped.");
    }
    if (event.id !== null) this._last = event.id;
    if (!event.data) return;
    try {
      this._hear(event);
    } catch (error) {
      console.error(error); // one event that the page cannot show must not cost the stream
    }
  }

  _sleep(milliseconds) {
    return new Promise((resolve) => {
      const timer = milliseconds === null ? 0 : setTimeout(resolve, milliseconds);
      this._wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }).finally(() => (this._wake = null));
  }
}

// Tells which envelopes are new. A server that restarted sends again what it has.
export class Seen {
  constructor(limit = 20000) {
    this._limit = limit;
    this._ids = new Set();
  }

  isNew(envelope) {
    const id = `${envelope.id} ${envelope.event}`;
    // Messages without an id of their own all have the id 0.
    if (typeof envelope.id !== "string" || /:0(:|$)/.test(envelope.id)) return true;
    if (this._ids.has(id)) return false;
    this._ids.add(id);
    if (this._ids.size > this._limit) this._ids.delete(this._ids.values().next().value);
    return true;
  }
}
