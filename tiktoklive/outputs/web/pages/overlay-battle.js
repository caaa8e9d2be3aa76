// A battle: the sides, their points, the time that is left.

import { board, Countdown } from "./overlay-board.js";
import { make, nameTag, portrait } from "./overlay-parts.js";
import { count, grouped, nameOf } from "./text.js";

function side(each, { pictures }) {
  const person = { ...each, name: nameOf(each) };
  const points = make("b", "points", grouped(count(each.points)));
  const element = make("div", "side", portrait(person, pictures), nameTag(person), points);
  element.classList.toggle("won", each.won === true);
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
    const all = (battle?.sides || []).slice(0, 4);
    box.hidden = all.length < 2;
    if (box.hidden) return;
    countdown.until(battle.over ? 0 : count(battle.endsAt));
    const now = JSON.stringify(all);
    if (now === shown) return;
    shown = now;
    const total = all.reduce((sum, each) => sum + count(each.points), 0);
    sides.replaceChildren(...all.map((each) => side(each, options)));
    while (track.children.length > all.length) track.lastChild.remove();
    while (track.children.length < all.length) track.append(make("span", "part"));
    all.forEach((each, index) => {
      const part = total ? count(each.points) / total : 1 / all.length;
      track.children[index].style.setProperty("flex-grow", String(Math.max(0.02, part)));
    });
  };
  return board("battle", ["linkMicBattle", "linkMicArmies"], draw)(root, options);
};
