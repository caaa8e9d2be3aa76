// The line that tells how the connection to the server is, and counts until the next try.

const WORDS = { open: "Connected", connecting: "Connecting…", refused: "Token needed" };

// line: where it is told; retry: the button that tries at once. Gives what is to be called with each
// state of an EventStream.
export function linkLine(line, retry) {
  let next = 0; // when the next try is
  let why = "";

  function count() {
    if (!next) return;
    const seconds = Math.max(1, Math.ceil((next - Date.now()) / 1000));
    line.textContent = `${why}, again in ${seconds} s`;
  }

  setInterval(count, 500);
  return (state, { seconds = 0, reason = "", status = 0 } = {}) => {
    line.dataset.state = state;
    line.title = reason;
    retry.hidden = state !== "waiting" && state !== "refused";
    why = status ? "The server refuses" : "Server not reached";
    next = state === "waiting" ? Date.now() + seconds * 1000 : 0;
    if (next) count();
    else line.textContent = WORDS[state];
  };
}
