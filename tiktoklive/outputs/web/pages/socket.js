// What a page is told, over a WebSocket: a browser opens six HTTP connections to a host and no
// more, so that the seventh page with an event stream would wait for ever.

// Two of the server's beats (every 15 s) and some: after so long without a word the line is dead.
const SILENCE = 40000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 15000;
// A connection that lived for so long was a good one: the next delay is the first again.
const HEALTHY = 5000;
const TOO_SLOW = 4008;

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

// A page cannot send a header with a WebSocket: its token goes with the protocols that it knows.
function protocols(token) {
  if (!token) return ["tiktoklive"];
  const bytes = String.fromCharCode(...new TextEncoder().encode(token));
  const letters = btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return ["tiktoklive", `bearer.${letters}`];
}

// Follows one address, as "/ws?types=chat", until it is closed. What it calls:
//   event({id, name, data, shape})  data is text, shape what it says; name is that of the event,
//                             or of the message: "resumed", "numbers", "moderation", "error"
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
    this._socket = null;
    this._run();
  }

  close() {
    this._closed = true;
    this._socket?.close();
    this.again();
  }

  // Try at once, whatever is being waited for.
  again() {
    this._wake?.();
  }

  // Say something to the server; what is said while there is no connection is lost.
  send(shape) {
    if (this._socket?.readyState === WebSocket.OPEN) this._socket.send(JSON.stringify(shape));
  }

  async _run() {
    while (!this._closed) {
      this._state("connecting");
      let status = 0;
      let reason = "The connection was lost.";
      try {
        reason = (await this._read()) || reason;
      } catch (error) {
        if (error instanceof Refused) ({ status, message: reason } = error);
        if (error.wantsToken && !this._closed) {
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

  // Resolves when the connection is over, with why if that is known.
  async _read() {
    const address = new URL(this._address, location.href);
    address.searchParams.set("beats", "1");
    if (this._last) address.searchParams.set("last", this._last);
    const asked = new URL(address);
    address.protocol = address.protocol.replace("http", "ws");
    const { opened, code } = await this._follow(address);
    if (opened) return code === TOO_SLOW ? "This page was too slow and was dropped." : "";
    if (this._closed) return "";
    // A browser does not tell why it got no WebSocket: the same question without one is answered.
    const headers = { Accept: "application/json" };
    if (this._token()) headers.Authorization = `Bearer ${this._token()}`;
    const answer = await fetch(asked, { headers, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 426) return "The connection could not be opened.";
    throw await refusal(answer);
  }

  _follow(address) {
    return new Promise((resolve) => {
      const socket = new WebSocket(address, protocols(this._token()));
      this._socket = socket;
      let opened = 0;
      let silence = 0;
      const over = (code) => {
        clearTimeout(silence);
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
        resolve({ opened: opened > 0, code });
      };
      const watch = () => {
        clearTimeout(silence);
        // Not until it is closed properly: nobody may be there to answer.
        silence = setTimeout(over, SILENCE, 0);
      };
      watch();
      socket.onopen = () => {
        opened = Date.now();
        watch();
        this._state("open");
      };
      socket.onmessage = ({ data }) => {
        watch();
        if (Date.now() - opened > HEALTHY) this._failures = 0;
        try {
          this._message(data);
        } catch (error) {
          console.error(error); // one that the page cannot show must not cost the connection
        }
      };
      socket.onclose = ({ code }) => over(code);
    });
  }

  _message(data) {
    const shape = JSON.parse(data);
    const id = typeof shape.seq === "string" ? shape.seq : null;
    if (id !== null) this._last = id;
    if (typeof shape.event === "string") {
      this._hear({ id, name: shape.event, data, shape });
      return;
    }
    const name = ["resumed", "numbers", "moderation", "error"].find((each) => each in shape);
    if (name === undefined) return; // so far we came, and that is all it says
    const said = shape[name];
    this._hear({ id, name, data: JSON.stringify(said), shape: said });
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
