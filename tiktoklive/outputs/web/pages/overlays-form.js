// The fields of the form: one for each option of a kind of overlay.

import { KINDS, read, written } from "./overlay-options.js";

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// What is shown, in words; an address has the short ones.
const WORDS = {
  chat: "comments",
  gift: "gifts",
  follow: "followers",
  share: "shares",
  like: "likes",
  join: "who comes in",
  sub: "subscriptions",
  fan: "super fans",
};

// Each makes the inputs of one option: {elements, get, set}, where values are texts, as in an
// address.
const INPUTS = {
  number: (id, { least, most }) => simple(make("input", { id, type: "number", min: least, max: most, step: "any" })),
  words: (id, { limit }) => simple(make("input", { id, maxLength: limit, autocomplete: "off", spellcheck: false })),
  numbers: (id) => simple(make("input", { id, inputMode: "numeric", autocomplete: "off" })),
  choice: (id, { choices }) => simple(make("select", { id }, ...choices.map((each) => make("option", { value: each }, each)))),
  file: (id) => simple(make("select", { id }, make("option", { value: "" }, "none"))),
  switch: (id) => {
    const box = make("input", { id, type: "checkbox" });
    return { elements: [box], get: () => (box.checked ? "1" : "0"), set: (text) => (box.checked = text === "1") };
  },
  several: (id, { choices }) => {
    const boxes = choices.map((each) => make("input", { type: "checkbox", value: each }));
    const labels = boxes.map((box) => make("label", {}, box, ` ${WORDS[box.value] || box.value}`));
    return {
      elements: [make("div", { id, className: "several" }, ...labels)],
      get: () => boxes.filter((box) => box.checked).map((box) => box.value).join(","),
      set: (text) => boxes.forEach((box) => (box.checked = text.split(",").includes(box.value))),
    };
  },
  // The text says it, transparency and all; the field of colours beside it helps to choose.
  colour: (id) => {
    const text = make("input", { id, autocomplete: "off", spellcheck: false });
    const chooser = make("input", { type: "color", ariaLabel: "Choose a colour" });
    chooser.addEventListener("input", () => (text.value = chooser.value.slice(1)));
    const set = (value) => {
      text.value = value;
      const opaque = /^([0-9a-f]{6}|[0-9a-f]{3})/i.exec(value)?.[0] || "ffffff";
      chooser.value = `#${opaque.length === 3 ? opaque.replace(/./g, "$&$&") : opaque}`;
    };
    return { elements: [text, chooser], get: () => text.value, set };
  },
};

function simple(input) {
  return { elements: [input], get: () => input.value, set: (text) => (input.value = text) };
}

export class Fields {
  constructor(root) {
    this._root = root;
    this._files = [];
    this._options = {};
    this._inputs = {};
  }

  // Show the options of this kind, with their usual values.
  choose(kind) {
    this._options = KINDS[kind].options;
    const entries = Object.entries(this._options);
    this._inputs = Object.fromEntries(
      entries.map(([name, option]) => [name, INPUTS[option.type](`option-${name}`, option)]),
    );
    this._root.replaceChildren(...entries.map(([name, option]) => this._field(name, option)));
    this.offer(this._files);
    for (const [name, option] of entries) this._inputs[name].set(written(option, option.otherwise));
  }

  // The user's files, of which an option may name one.
  offer(files) {
    this._files = files;
    for (const [name, option] of Object.entries(this._options)) {
      if (option.type !== "file") continue;
      const [select] = this._inputs[name].elements;
      const fitting = files.filter((each) => option.ends.includes(each.toLowerCase().split(".").at(-1)));
      const before = select.value;
      const options = ["", ...fitting].map((each) => make("option", { value: each }, each || "none"));
      select.replaceChildren(...options);
      select.value = before;
      select.closest(".field").hidden = !fitting.length;
    }
  }

  values() {
    const entries = Object.entries(this._options);
    return Object.fromEntries(
      entries.map(([name, option]) => [name, read(option, this._inputs[name].get())]),
    );
  }

  _field(name, option) {
    const { elements } = this._inputs[name];
    const [first] = elements;
    const named = option.type === "several" ? make("span", { id: `label-${name}`, className: "label" }, option.label) : make("label", { htmlFor: first.id }, option.label);
    if (option.type === "several") {
      first.setAttribute("role", "group");
      first.setAttribute("aria-labelledby", named.id);
    }
    const field = make("div", { className: `field ${option.type}` }, named, make("div", { className: "inputs" }, ...elements));
    if (option.hint) {
      field.append(make("small", { id: `hint-${name}` }, option.hint));
      first.setAttribute("aria-describedby", `hint-${name}`);
    }
    return field;
  }
}
