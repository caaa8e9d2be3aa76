// The feeds that are shown: one, or one for each room beside the others.

import { Feed } from "./feed.js";
import { ROOMS } from "./older.js";
import { make } from "./pictures.js";

export class Columns {
  // place: the element that holds them; rooms: whose logs they show.
  constructor(place, rooms) {
    this._place = place;
    this._rooms = rooms;
    this._feeds = [];
    this._shape = "";
    this.beside = false;
    this.options = { hidden: new Set(), pictures: true, rooms: false, find: null };
    this.options.hides = () => false;
    this.options.standsOut = () => false;
    this.options.heard = () => {};
  }

  get _names() {
    const several = this.beside && this._rooms.showsMany;
    return several ? this._rooms.followed.slice(0, ROOMS) : [this._rooms.chosen];
  }

  // Whether other rooms are shown than there should be, or in another way.
  get isOld() {
    return this._shape !== this._wanted();
  }

  _wanted() {
    return JSON.stringify([this._names, this._rooms.showsMany, this._rooms.isEmpty]);
  }

  show() {
    const names = this._names;
    this._shape = this._wanted();
    this.options.isEmpty = this._rooms.isEmpty;
    this.options.rooms = this._rooms.showsMany && names.length === 1;
    for (const feed of this._feeds) feed.close();
    this._feeds = names.map((name) => {
      const feed = new Feed(this.options, name ? `Messages of @${name}` : "Messages");
      if (names.length > 1) feed.element.prepend(make("h3", "column-title", `@${name}`));
      return feed;
    });
    this._place.dataset.columns = names.length;
    this._place.replaceChildren(...this._feeds.map((each) => each.element));
    this._feeds.forEach((feed, index) => feed.show(...this._rooms.log(names[index])));
    for (const feed of this._feeds) feed.refill();
  }

  flush() {
    for (const feed of this._feeds) feed.flush();
  }

  refill() {
    for (const feed of this._feeds) feed.refill();
  }

  enough() {
    for (const feed of this._feeds) feed.enough();
  }

  toEnd() {
    for (const feed of this._feeds) feed.toEnd();
  }

  // The entries that are to be seen, in their order.
  get shown() {
    const all = this._feeds.flatMap((feed) => feed.shown);
    return all.sort((a, b) => a.order - b.order);
  }
}
