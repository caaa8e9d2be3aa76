// Who gave most in this broadcast.

import { bar, board } from "./overlay-board.js";
import { diamonds, make, nameTag, portrait } from "./overlay-parts.js";
import { count, nameOf } from "./text.js";

function row(giver, most, { pictures }) {
  const person = { ...giver, name: nameOf(giver) };
  return make(
    "li",
    "giver",
    portrait(person, pictures),
    nameTag(person),
    diamonds(giver.diamonds),
    bar(giver.diamonds / most),
  );
}

export const begin = (root, options) => {
  const list = make("ol");
  const box = make("section", "box");
  if (options.title) box.append(make("div", "title", options.title));
  box.append(list);
  box.hidden = true;
  root.append(box);
  let shown = "";
  const draw = (_, { givers }) => {
    const best = givers.filter((each) => count(each.diamonds)).slice(0, options.lines);
    box.hidden = !best.length;
    // Drawn anew only when it looks different: the numbers come once a second.
    const now = JSON.stringify(best.map((each) => [each.userId, each.nickname, each.diamonds]));
    if (now === shown) return;
    shown = now;
    list.replaceChildren(...best.map((each) => row(each, best[0].diamonds, options)));
  };
  return board("top", ["gift"], draw)(root, options);
};
