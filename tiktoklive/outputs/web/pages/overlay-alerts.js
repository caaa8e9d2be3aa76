// Alerts: one after the other, each for some seconds, with a sound and, if wanted, a voice.

import { deletedBy, eventsOf, happeningOf } from "./overlay-happening.js";
import { diamonds, giftPicture, ignorer, make, nameTag, portrait } from "./overlay-parts.js";
import { Queue } from "./overlay-queue.js";
import { hush, Sounds, speak } from "./overlay-sounds.js";
import { grouped } from "./text.js";

const LEAVING = 400; // milliseconds; overlay-alerts.css fades in 350
const TOGETHER = new Set(["follow", "share"]); // those that wait are told in one alert
// What an alert without diamonds is worth, when there are too many.
const WORTH = { share: 0, follow: 0, sub: 1000, fan: 1000 };

class Alerts {
  constructor(root, options) {
    this._root = root;
    this._options = options;
    this._queue = new Queue(options.queue);
    this._ignores = ignorer(options.ignore);
    this._shown = new Set(options.show);
    const files = Object.entries(options).filter(([name]) => /^sound./.test(name));
    this._sounds = new Sounds(files.map(([, name]) => name), options.volume / 100);
    this._alert = null; // the one that is shown
    this._timers = [];
    root.classList.add("alerts", options.layout);
    this.types = [...eventsOf(options.show), "imDelete"];
  }

  event(envelope) {
    if (envelope.event === "imDelete") {
      const isDeleted = deletedBy(envelope);
      this._queue.drop(isDeleted);
      if (this._alert && isDeleted(this._alert)) {
        if (this._options.speech) hush();
        this._over();
      }
      return;
    }
    const happening = happeningOf(envelope);
    if (!happening || !this._shown.has(happening.kind) || this._ignores(happening.person)) return;
    const { kind } = happening;
    const tier = kind === "gift" ? this._tier(happening.diamonds) : 1;
    if (!tier) return;
    const worth = WORTH[kind] ?? happening.diamonds;
    this._queue.put({ ...happening, tier, worth, group: TOGETHER.has(kind) ? kind : "" });
    if (this._alert) this._count();
    else this._next();
  }

  // For those who want to know, and for a style sheet.
  _count() {
    document.body.dataset.waiting = this._queue.length;
    document.body.dataset.dropped = this._queue.dropped;
  }

  // 0 for a gift that is too cheap, 1 to 3 for others.
  _tier(sum) {
    return this._options.tiers.filter((each) => sum >= each).length;
  }

  _next() {
    const alert = this._queue.take();
    this._alert = alert || null;
    this._count();
    if (!alert) return;
    const card = this._card(alert);
    this._root.replaceChildren(card);
    this._sounds.play(this._options[`sound${alert.kind === "gift" ? alert.tier : alert.kind}`]);
    if (this._options.speech) {
      const { voice, volume } = this._options;
      speak(`${alert.person.name} ${alert.did}`, voice, volume / 100);
    }
    // With many waiting, each gets half of its time.
    const hurry = this._queue.length > this._options.queue / 3 ? 0.5 : 1;
    const stays = this._options.seconds * 1000 * hurry;
    this._timers = [
      setTimeout(() => card.classList.add("leaving"), stays),
      setTimeout(() => this._over(), stays + LEAVING),
    ];
  }

  // The one that is shown goes; at once, if moderation took it away.
  _over() {
    this._timers.forEach(clearTimeout);
    this._root.replaceChildren();
    this._next();
  }

  _card(alert) {
    const { pictures } = this._options;
    const card = make("div", `alert ${alert.kind} tier${alert.tier}`);
    card.setAttribute("role", "status");
    const picture =
      alert.kind === "gift"
        ? giftPicture(alert.gift, alert.giftPicture, pictures)
        : portrait(alert.person, pictures);
    const words = make("div", "words");
    const heading = make("div", "heading", nameTag(alert.person));
    if (alert.others) heading.append(` and ${grouped(alert.others)} more`);
    words.append(heading, make("div", "did", alert.did));
    if (alert.diamonds) words.append(diamonds(alert.diamonds));
    card.append(picture, words);
    return card;
  }
}

export const begin = (root, options) => new Alerts(root, options);
