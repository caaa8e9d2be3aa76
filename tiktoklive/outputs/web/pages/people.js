// The card of a user: who it is, what they said and gave here and, where one is kept, in the archive.

import { request } from "./asking.js";
import { badgesOf, bdi, diamonds, whoseButton } from "./lines.js";
import { make, portrait } from "./pictures.js";
import { refusal } from "./socket.js";
import { badges, list, medals, person, tell } from "./tell.js";
import { clock, count, plain, plural } from "./text.js";

const DAY = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "short" });
const NAME = /^[\w.]{1,64}$/;

function fact(title, ...parts) {
  const row = make("div");
  row.append(make("dt", "", title));
  const value = make("dd");
  value.append(...parts);
  row.append(value);
  return row;
}

const DID = { follow: "followed", share: "shared the broadcast" };

// One line of what a user did, in words.
function told(envelope) {
  const { event, data } = envelope;
  const line = make("li");
  const text = make("span", "text");
  text.dir = "auto";
  if (event === "giftStreak") {
    const number = count(data.repeatCount) || 1;
    text.append(`gave ${plain(data.giftName, 40) || "a gift"}`, number > 1 ? ` ×${number} ` : " ");
    if (count(data.diamondTotal)) text.append(diamonds(count(data.diamondTotal)));
  } else text.append(DID[event] || tell(envelope)?.text || "[emote]");
  const at = make("time", "muted", clock(count(envelope.ts) || count(envelope.received_at)));
  line.append(at, " ", text);
  return line;
}

export class PersonCard {
  // dialog: the element; options: of the feeds; finding: who is ignored.
  constructor(dialog, options, finding) {
    this._dialog = dialog;
    this._options = options;
    this._finding = finding;
    this._turn = 0;
    this._whose = null;
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.(".person");
      if (button && whoseButton(button)) this.open(whoseButton(button));
    });
    dialog.querySelector(".ignore").addEventListener("click", () => {
      const { userId, name } = this._whose;
      finding.ignore(userId, name, !finding.isIgnored(userId));
      this._tellIgnored();
    });
  }

  // whose: {userId, name, uniqueId, picture, anchor}, of which only the name is sure.
  async open(whose) {
    const turn = ++this._turn;
    this._whose = whose;
    this._show(whose, {});
    this._tellNumbers([]);
    this._tellLines([]);
    this._tellIgnored();
    this._say(whose.userId ? "Asking what the server has…" : "");
    if (!this._dialog.open) this._dialog.showModal();
    if (!whose.userId || !whose.anchor) return;
    try {
      const path = `/api/rooms/${encodeURIComponent(whose.anchor)}/people/`;
      const answer = await request(path + encodeURIComponent(whose.userId));
      if (!answer.ok) throw await refusal(answer);
      const said = await answer.json();
      if (turn === this._turn) this._found(said);
    } catch (error) {
      if (turn === this._turn) this._say(`Nothing more is known. ${error.message}`);
    }
  }

  _found(said) {
    const known = said.user ? person(said.user) : this._whose;
    const whose = { ...this._whose };
    for (const [key, value] of Object.entries(known)) if (value) whose[key] = value;
    this._whose = whose;
    this._show(whose, said.user || {});
    const facts = [
      fact("Comments", plural(count(said.comments), "comment")),
      fact("Gifts", `${plural(count(said.gifts), "gift")}, `, diamonds(count(said.diamonds))),
    ];
    if (count(said.first)) facts.push(fact("First seen", DAY.format(count(said.first))));
    if (count(said.last)) facts.push(fact("Last seen", DAY.format(count(said.last))));
    this._tellNumbers(facts);
    this._tellLines(list(said.lines));
    const kept = "Counted of what the server has in memory and in its archive.";
    this._say(said.archive ? kept : "Counted of what the server still has in memory: it keeps no archive.");
  }

  _show({ name, userId, uniqueId, picture }, user) {
    const { pictures } = this._options;
    const head = this._dialog.querySelector(".whose");
    const title = make("h2");
    title.id = "person-title";
    title.append(bdi(name));
    const names = make("p", "muted");
    if (uniqueId) names.append(make("bdi", "", `@${uniqueId}`));
    const marks = make("p", "marks");
    marks.append(...badgesOf(badges(user), medals(user), pictures));
    const words = make("div");
    words.append(title, names, marks);
    head.replaceChildren(portrait(name, userId, picture, pictures), words);
    const link = this._dialog.querySelector(".profile");
    link.hidden = !NAME.test(uniqueId || "");
    if (!link.hidden) link.href = `https://www.tiktok.com/@${uniqueId}`;
    this._dialog.querySelector(".user-id").textContent = userId ? `Id ${userId}` : "";
  }

  _tellNumbers(facts) {
    this._dialog.querySelector(".facts").replaceChildren(...facts);
  }

  _tellLines(lines) {
    this._dialog.querySelector(".said").replaceChildren(...lines.map(told));
    this._dialog.querySelector(".said-title").hidden = !lines.length;
  }

  _tellIgnored() {
    const button = this._dialog.querySelector(".ignore");
    button.hidden = !this._whose.userId;
    const ignored = this._finding.isIgnored(this._whose.userId);
    button.textContent = ignored ? "Show their lines again" : "Hide their lines";
  }

  _say(text) {
    this._dialog.querySelector(".told").textContent = text;
  }
}
