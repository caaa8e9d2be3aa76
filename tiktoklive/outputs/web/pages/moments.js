// Cards of what is going on beside the talk: battle, poll, goals, what is pinned, said, ranked.

import { countdown } from "./countdown.js";
import { bdi, rowsOf } from "./lines.js";
import { make } from "./pictures.js";
import { list, rowsOf as rows, teamRows } from "./tell.js";
import { count, grouped, plain } from "./text.js";

const CAPTION = 20000; // milliseconds for which the last sentence stays

function moment(kind, title, ...parts) {
  const element = make("section", `moment ${kind}`);
  element.append(make("h3", "", title), ...parts);
  return element;
}

function sentence(text, className = "") {
  const element = make("p", className, text);
  element.dir = "auto";
  return element;
}

function battle(said) {
  const teams = list(said.teams);
  if (!teams.length) return [];
  const time = sentence("", "muted");
  if (said.over) time.append(said.draw ? "It is over: a draw." : "It is over.");
  else if (count(said.end) > Date.now()) time.append(countdown(count(said.end), "Ends in "));
  return [moment("battle", "Battle", rowsOf(teamRows(teams)), time)];
}

function poll(said) {
  const options = list(said.options).slice(0, 12);
  if (!options.length) return [];
  const parts = [sentence(plain(said.title, 200))];
  const pairs = options.map((each) => [plain(each.text, 60), count(each.votes)]);
  parts.push(rowsOf(rows(pairs)));
  const time = sentence("", "muted");
  if (said.over) time.append("It is over.");
  else if (count(said.end) > Date.now()) time.append(countdown(count(said.end), "Ends in "));
  parts.push(time);
  return [moment("poll", "Poll", ...parts)];
}

function goals(said) {
  return list(said)
    .slice(0, 4)
    .map((goal) => {
      const [have, want] = [count(goal.current), count(goal.target)];
      const name = plain(goal.title, 120) || "Goal";
      const value = want ? `${grouped(have)} of ${grouped(want)}` : grouped(have);
      const rest = sentence("", "muted");
      if (count(goal.ends) > Date.now()) rest.append(countdown(count(goal.ends), "Ends in "));
      const row = { name, value, share: want ? have / want : 0 };
      return moment("goal", "Goal", rowsOf([row]), rest);
    });
}

function pinned(pin) {
  if (!pin || (pin.until && pin.until < Date.now())) return [];
  const text = sentence("");
  if (pin.name) text.append(bdi(pin.name), ": ");
  text.append(pin.text);
  return [moment("pin", "Pinned", text)];
}

function caption({ text, at }) {
  if (!text || at + CAPTION < Date.now()) return [];
  return [moment("caption", "Said", sentence(text))];
}

function ranks(known) {
  const lines = [...known.values()].map(({ title, place, until }) => {
    const line = make("li");
    line.append(bdi(title), make("span", "value", place && !title.includes(place) ? `no. ${place}` : ""));
    if (until > Date.now()) line.append(countdown(until, "counted in "));
    return line;
  });
  if (!lines.length) return [];
  const element = make("ul", "ranks");
  element.append(...lines);
  return [moment("rank", "Ranks", element)];
}

export class Moments {
  constructor(element) {
    this._element = element;
    this._shown = null;
  }

  // numbers: those of the room that is shown.
  show({ now, pin, captions, ranks: known }) {
    const elements = [
      ...pinned(pin),
      ...caption(captions),
      ...(now.battle ? battle(now.battle) : []),
      ...(now.poll ? poll(now.poll) : []),
      ...goals(now.goals),
      ...ranks(known),
    ];
    // Only what changed is put in, so that who reads it is not disturbed.
    const next = make("div");
    next.append(...elements.map((each) => each.cloneNode(true)));
    if (this._shown?.isEqualNode(next)) return;
    this._shown = next;
    this._element.replaceChildren(...elements);
    this._element.hidden = !elements.length;
  }
}
