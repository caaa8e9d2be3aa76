// One number of this broadcast.

import { board, setText } from "./overlay-board.js";
import { SAMPLES } from "./overlay-options.js";
import { make } from "./overlay-parts.js";
import { count, grouped } from "./text.js";

const COUNTS = {
  viewers: ["viewers", "watching"],
  peak: ["peakViewers", "watching at most"],
  likes: ["likes", "likes"],
  diamonds: ["diamonds", "diamonds"],
  gifts: ["gifts", "gifts"],
  followers: ["follows", "new followers"],
  shares: ["shares", "shares"],
  subscribers: ["subscribes", "subscriptions"],
  comments: ["comments", "comments"],
  joins: ["joins", "came in"],
};

export const begin = (root, options) => {
  const [name, label] = COUNTS[options.count];
  const number = make("span", "number", "–");
  const title = make("span", "title", options.title || label);
  title.dir = "auto";
  root.append(make("section", "box", number, title));
  root.dataset.align = options.align;
  const draw = (_, numbers) => setText(number, numbers.known ? grouped(count(numbers[name])) : "–");
  return board("counter", [SAMPLES[options.count]], draw)(root, options);
};
