// A battle: the sides, their points, the time that is left.

import { board, Countdown } from "./overlay-board.js";
import { make, nameTag, portrait } from "./overlay-parts.js";
import { count, grouped, nameOf } from "./text.js";

const MOST = 4; // sides
const WON = 0; // the result of a side

// A side under the name of its first host, and of the others.
function side({ hosts, score, result }, { pictures }) {
  const [first, ...others] = (hosts || []).map((each) => ({ ...each, name: nameOf(each) }));
  const person = first || { name: "?", userId: "" };
  const name = nameTag(person);
  if (others.length) name.append(` and ${grouped(others.length)} more`);
  const points = make("b", "points", grouped(count(score)));
  const element = make("div", "side", portrait(person, pictures), name, points);
  element.classList.toggle("won", result === WON);
  return element;
}

export const begin = (root, options) => {
  const countdown = new Countdown();
  const sides = make("div", "sides");
  const track = make("div", "bar parts");
  const box = make("section", "box", countdown.element, sides, track);
  box.hidden = true;
  root.append(box);
  let shown = "";
  const draw = (_, { battle }) => {
    const teams = (battle?.teams || []).slice(0, MOST);
    box.hidden = teams.length < 2;
    if (box.hidden) return;
    countdown.until(battle.over ? 0 : count(battle.end));
    const now = JSON.stringify(teams);
    if (now === shown) return;
    shown = now;
    const total = teams.reduce((sum, each) => sum + count(each.score), 0);
    sides.replaceChildren(...teams.map((each) => side(each, options)));
    while (track.children.length > teams.length) track.lastChild.remove();
    while (track.children.length < teams.length) track.append(make("span", "part"));
    teams.forEach((each, index) => {
      const part = total ? count(each.score) / total : 1 / teams.length;
      track.children[index].style.setProperty("flex-grow", String(Math.max(0.02, part)));
    });
  };
  return board("battle", ["battleStarted", "battleScore", "linkMicBattle"], draw)(root, options);
};
