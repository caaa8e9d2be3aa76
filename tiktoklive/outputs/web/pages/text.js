// What strangers typed, and numbers, as text that is safe and fit to show.
// Nothing here makes markup: all of it ends in textContent.

// Control characters and lone surrogates are shown as a replacement character, so that one sees
// that something was there. Marks of direction, invisible operators and fillers vanish; U+200C
// and U+200D stay, since Persian and Indic words and many emoji are made with them. The console
// does the same (outputs/plaintext.py).
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029\u2800]+/g;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]|\p{Surrogate}/gu;
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/g;
// More marks upon one letter than any language has are there to paint over the lines around it.
const HEAP = /(\p{M}{4})\p{M}+/gu;

export function plain(value, limit = 500) {
  const text = (typeof value === "string" ? value : "")
    .slice(0, limit * 4)
    .replace(BREAKS, " ")
    .replace(CONTROLS, "\ufffd")
    .replace(INVISIBLE, "")
    .replace(HEAP, "$1")
    .trim();
  const letters = Array.from(text);
  return letters.length > limit ? letters.slice(0, limit - 1).join("") + "…" : text;
}

// The name to show for a user: the nickname, else the username, and never nothing.
export function nameOf(data) {
  return plain(data.nickname, 40) || plain(data.uniqueId, 40) || "somebody";
}

// A whole number out of whatever a message says; 0 where it says none.
export function count(value) {
  const number = Number(value);
  return Number.isFinite(number) && number > 0 ? Math.floor(number) : 0;
}

const PLAIN = new Intl.NumberFormat("en");
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function grouped(number) {
  return PLAIN.format(number);
}

export function short(number) {
  return number < 10000 ? PLAIN.format(number) : SHORT.format(number);
}

export function plural(number, one, many = one + "s") {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

const CLOCK = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hour12: false });

export function clock(milliseconds) {
  return CLOCK.format(new Date(milliseconds));
}

// One of so many colours, the same for the same person each time.
export function hue(id, hues = 8) {
  let sum = 0;
  for (const letter of String(id || "")) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % hues;
}

// By TLS, or of a simulator on this machine: whether there is one, the page's policy says.
const PICTURE = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost):\d+\/)[^\s]+$/;

// The address of a picture, if it is one that a page may fetch; else "".
export function pictureAddress(value) {
  return typeof value === "string" && PICTURE.test(value) ? value : "";
}
