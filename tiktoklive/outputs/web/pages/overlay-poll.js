// The poll that runs: its question, and how many voted for what.

import { bar, board, Countdown } from "./overlay-board.js";
import { make } from "./overlay-parts.js";
import { count, grouped, plain } from "./text.js";

const MOST = 8; // answers

function answer(option, total, best) {
  const votes = count(option.votes);
  const text = make("span", "text", plain(option.text, 60));
  text.dir = "auto";
  const share = total ? Math.round((100 * votes) / total) : 0;
  const amount = make("span", "amount", `${grouped(votes)} · ${share} %`);
  const element = make("li", "answer", make("div", "row", text, amount), bar(total ? votes / total : 0));
  element.classList.toggle("best", votes > 0 && votes === best);
  return element;
}

export const begin = (root, options) => {
  const title = make("div", "title");
  title.dir = "auto";
  const countdown = new Countdown();
  const list = make("ol");
  const box = make("section", "box", make("div", "row", title, countdown.element), list);
  box.hidden = true;
  root.append(box);
  let shown = "";
  const draw = (_, { poll }) => {
    const all = (poll?.options || []).slice(0, MOST);
    box.hidden = !all.length;
    if (!all.length) return;
    title.textContent = plain(poll.title, 100);
    countdown.until(poll.over ? 0 : count(poll.end));
    const now = JSON.stringify(all);
    if (now === shown) return;
    shown = now;
    const votes = all.map((each) => count(each.votes));
    const total = votes.reduce((sum, each) => sum + each, 0);
    list.replaceChildren(...all.map((each) => answer(each, total, Math.max(...votes))));
  };
  return board("poll", ["pollMessage", "pollStarted"], draw)(root, options);
};
