// What is looked for, what stands out, and who is not to be seen.

import { keepFocus } from "./drawn.js";
import { make } from "./pictures.js";
import { bdi } from "./lines.js";
import { plain } from "./text.js";
import { remember, remembered } from "./settings.js";

const IGNORED = 500; // users who are remembered at most
const PAUSE = 150; // milliseconds after the last key

function pattern(words) {
  const safe = words.map((each) => each.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  return safe.length ? new RegExp(safe.join("|"), "giu") : null;
}

function has(expression, entry) {
  const texts = [entry.text, entry.name, entry.gift, entry.title, entry.uniqueId];
  const names = entry.people ? [...entry.people.values()] : [];
  return [...texts, ...names].some((each) => each && each.search(expression) >= 0);
}

function read(name) {
  try {
    const said = JSON.parse(remembered(name, "[]"));
    return Array.isArray(said) ? said : [];
  } catch {
    return [];
  }
}

export class Finding {
  // search, words: text fields; list: where those who are ignored are listed; options: of the
  // feeds; changed(): called when other lines are to be seen.
  constructor({ search, words, list, options, changed }) {
    this._list = list;
    this._options = options;
    this._changed = changed;
    this._ignored = new Map(
      read("ignored")
        .filter((each) => Array.isArray(each) && each[0])
        .map(([id, name]) => [String(id), plain(name, 40)]),
    );
    this._search = null;
    this._words = null;
    options.hides = (entry) => this._hides(entry);
    options.standsOut = (entry) => Boolean(this._words && !entry.people && has(this._words, entry));
    let timer = 0;
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this._look(search.value), PAUSE);
    });
    words.value = remembered("words", "");
    words.addEventListener("input", () => {
      remember("words", words.value);
      this._stress(words.value);
    });
    this._stress(words.value);
    this._tell();
  }

  _hides(entry) {
    if (this._ignored.size) {
      if (entry.userId && this._ignored.has(entry.userId)) return true;
      if (entry.people && [...entry.people.keys()].every((id) => this._ignored.has(id))) return true;
    }
    return Boolean(this._search && !has(this._search, entry));
  }

  _look(text) {
    const wanted = plain(text, 100);
    this._search = wanted ? pattern([wanted]) : null;
    this._mark();
  }

  _stress(text) {
    const words = text.split(",").map((each) => plain(each, 60)).filter(Boolean);
    this._words = pattern(words.slice(0, 30));
    this._mark();
  }

  _mark() {
    this._options.find = this._search || this._words;
    this._changed();
  }

  isIgnored(userId) {
    return this._ignored.has(userId);
  }

  ignore(userId, name, wanted) {
    if (wanted) this._ignored.set(userId, name);
    else this._ignored.delete(userId);
    if (this._ignored.size > IGNORED) this._ignored.delete(this._ignored.keys().next().value);
    remember("ignored", JSON.stringify([...this._ignored]));
    this._tell();
    this._changed();
  }

  _tell() {
    const lines = [...this._ignored].map(([id, name]) => {
      const line = make("li");
      const button = make("button", "quiet", "Show again");
      button.type = "button";
      button.append(make("span", "sr-only", `: ${name}`));
      button.addEventListener("click", () => this.ignore(id, name, false));
      line.append(bdi(name), button);
      return line;
    });
    keepFocus(this._list, () => this._list.replaceChildren(...lines));
    this._list.parentElement.hidden = !this._ignored.size;
  }
}
