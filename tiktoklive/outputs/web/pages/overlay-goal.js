// A goal: how much there is, how much it is to be, and a bar.

import { bar, board, setText } from "./overlay-board.js";
import { SAMPLES } from "./overlay-options.js";
import { make } from "./overlay-parts.js";
import { count, grouped, plain } from "./text.js";

const NUMBER = { likes: "likes", diamonds: "diamonds", followers: "follows", shares: "shares", subscribers: "subscribes" };
const TITLES = { likes: "Likes", diamonds: "Diamonds", followers: "New followers", shares: "Shares", subscribers: "Subscriptions" };

// The goal as the options want it: title, current, target; null where TikTok has none.
function goalOf(numbers, options) {
  if (options.goal === "tiktok") {
    const goal = numbers.goals.find((each) => count(each.target));
    if (!goal) return null;
    const [current, target] = [count(goal.current), count(goal.target)];
    return { title: options.title || plain(goal.title, 60) || "Goal", current, target };
  }
  const current = count(numbers[NUMBER[options.goal]]);
  const reached = Math.floor(current / options.target);
  const target = options.target * (options.again ? reached + 1 : 1);
  return { title: options.title || TITLES[options.goal], current, target };
}

export const begin = (root, options) => {
  const title = make("span", "title");
  title.dir = "auto";
  const amount = make("span", "amount");
  const track = bar(0);
  const box = make("section", "box", make("div", "row", title, amount), track);
  root.append(box);
  const draw = (_, numbers) => {
    const goal = goalOf(numbers, options);
    box.hidden = goal === null;
    if (goal === null) return;
    setText(title, goal.title);
    setText(amount, `${grouped(goal.current)} / ${grouped(goal.target)}`);
    track.firstChild.style.setProperty("--part", Math.min(1, goal.current / goal.target));
    box.classList.toggle("reached", goal.current >= goal.target);
  };
  draw(root, { goals: [] });
  return board("goal", [options.goal === "tiktok" ? "goalUpdate" : SAMPLES[options.goal]], draw)(root, options);
};
