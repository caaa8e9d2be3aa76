// What waits to be shown, with a bound: of what is too much, the cheapest goes first.

export class Queue {
  constructor(limit) {
    this.dropped = 0;
    this._limit = limit;
    this._items = [];
  }

  get length() {
    return this._items.length;
  }

  // Let something wait. Of those that wait, and of the same "group", there is one for all; the
  // "worth" says what is left out when there are too many.
  put(item) {
    const same = item.group && this._items.find((each) => each.group === item.group);
    if (same) {
      Object.assign(same, item, { others: same.others + 1 });
      return;
    }
    this._items.push({ ...item, others: 0 });
    if (this._items.length <= this._limit) return;
    let least = 0;
    this._items.forEach((each, index) => {
      if (each.worth < this._items[least].worth) least = index;
    });
    this._items.splice(least, 1);
    this.dropped += 1;
  }

  // Let what fits go: it is not to be shown any more.
  drop(fits) {
    this._items = this._items.filter((each) => !fits(each));
  }

  take() {
    return this._items.shift();
  }
}
