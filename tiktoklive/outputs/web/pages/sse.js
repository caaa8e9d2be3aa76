// Server-Sent Events over fetch. EventSource cannot send a token in a header, does not say why it
// was refused, and gives up for ever at some answers.

// Two of the server's beats (every 15 s) and some: after so long without a byte the line is dead.
const SILENCE = 40000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 15000;
// A stream that lived for so long was a good one: the next delay is the first again.
const HEALTHY = 5000;

// Turns text, however it is cut, into events.
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
      if (event.data.length) this._tell({ ...event, data: event.data.join("\n") });
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
//   state(name, detail)       "connecting"; "open"; "waiting", {seconds, reason};
//                             "refused", {status}: 401 and 403, until again() is called
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
        status = await this._read();
      } catch (error) {
        if (error.name === "OverrunError") reason = error.message;
      }
      if (this._closed) return;
      if (status === 401 || status === 403) {
        this._state("refused", { status });
        await this._sleep(null);
        continue;
      }
      if (status && status !== 200) reason = `The server answered with status ${status}.`;
      const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this._failures++);
      // Many pages that lost the same server should not all come back in the same moment.
      const chosen = delay * (0.75 + Math.random() / 2);
      this._state("waiting", { seconds: chosen / 1000, reason });
      await this._sleep(chosen);
    }
  }

  // Resolves when the stream is over, with the status of the answer.
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
      if (response.status !== 200) return response.status;
      this._state("open");
      const opened = Date.now();
      const parser = new EventParser((event) => this._event(event));
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        clearTimeout(silence);
        if (done) return response.status;
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
      const error = new Error("This page was too slow and was dropped.");
      error.name = "OverrunError";
      throw error;
    }
    if (event.id !== null) this._last = event.id;
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
