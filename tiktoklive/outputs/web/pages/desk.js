// The numbers beside the feed: totals, charts, givers, and cards of what is going on.

import { Chart, fillTable } from "./charts.js";
import { DrawnList } from "./drawn.js";
import { bdi, diamonds } from "./lines.js";
import { Moments } from "./moments.js";
import { make, portrait } from "./pictures.js";
import { plural, short } from "./text.js";

const GIVERS = 8;

const $ = (id) => document.getElementById(id);

export class Desk {
  // rooms: whose numbers; options: of the feeds; person: the card of a user.
  constructor(rooms, options, person) {
    this._rooms = rooms;
    this._options = options;
    this._person = person;
    this._list = new DrawnList($("givers"));
    this._moments = new Moments($("moments"));
    this._charts = {
      viewers: new Chart($("chart-viewers"), "Viewers"),
      chats: new Chart($("chart-chats"), "Comments per minute"),
      diamonds: new Chart($("chart-diamonds"), "Diamonds"),
    };
    $("as-table").addEventListener("toggle", () => this.show());
  }

  show() {
    const at = Date.now();
    const numbers = this._rooms.numbers();
    const { now, since } = numbers;
    $("watching").textContent = now.viewers === null ? "–" : short(now.viewers);
    $("chatting").textContent = short(now.comments || 0);
    $("diamonds").textContent = short(now.diamonds || 0);
    $("likes").textContent = short(now.likes || 0);
    const [viewers, chats, gifts] = ["viewers", "chats", "gifts"].map((name) =>
      numbers[name].values(at, since),
    );
    this._charts.viewers.draw(viewers);
    this._charts.chats.draw(chats);
    this._charts.diamonds.draw(gifts);
    if ($("as-table").open) {
      const lists = [{ values: viewers }, { values: chats }, { values: gifts, kind: "bars" }];
      fillTable($("as-table").querySelector("tbody"), lists, at);
    }
    this._givers(now.givers.slice(0, GIVERS));
    this._moments.show(numbers);
  }

  _givers(top) {
    const most = Math.max(1, ...top.map((each) => each.diamonds || each.coins));
    const anchor = this._rooms.single;
    this._list.draw(
      top.map((each) => ({
        key: each.userId || each.uniqueId,
        state: JSON.stringify([each, most, anchor, this._options.pictures]),
        make: () => this._giver(each, most, anchor),
      })),
    );
    $("no-givers").hidden = top.length > 0;
  }

  _giver(giver, most, anchor) {
    const line = make("li");
    const bar = make("span", "share");
    const value = giver.diamonds || giver.coins; // before we came, or TikTok's own count
    bar.style.width = `${Math.max(2, (value / most) * 100)}%`;
    const sum = diamonds(value);
    sum.title = giver.diamonds
      ? `${plural(giver.diamonds, "diamond")} in ${plural(giver.gifts, "gift")}`
      : `${plural(giver.coins, "coin")}, as TikTok says`;
    const button = make("button", "person");
    button.type = "button";
    button.append(bdi(giver.name));
    button.addEventListener("click", () => this._person.open({ ...giver, anchor }));
    const picture = portrait(giver.name, giver.userId, giver.picture, this._options.pictures);
    line.append(picture, button, sum, bar);
    return line;
  }
}
