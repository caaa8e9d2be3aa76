// Lists that are drawn anew while somebody uses them: what did not change stays where it is, so that
// it keeps the focus, and what is read does not jump.

// Draw something anew; the button in it that had the focus, or what took its place, has it then.
export function keepFocus(element, draw) {
  const buttons = () => [...element.querySelectorAll("button")];
  const had = element.contains(document.activeElement);
  const place = had ? buttons().indexOf(document.activeElement) : -1;
  draw();
  if (place >= 0 && !element.contains(document.activeElement)) {
    (buttons()[place] || buttons().at(-1))?.focus({ preventScroll: true });
  }
}

export class DrawnList {
  constructor(list) {
    this._list = list;
    this._drawn = new Map(); // by key: {state, element}
  }

  // items, in their order: {key, state, make}; make() gives the element of one that is new, or whose
  // state is another than before.
  draw(items) {
    const focus = this._focus();
    const drawn = new Map();
    for (const { key, state, make } of items) {
      const before = this._drawn.get(key);
      drawn.set(key, before?.state === state ? before : { state, element: make() });
    }
    this._drawn = drawn;
    this._put([...drawn.values()].map((each) => each.element));
    if (focus && !this._list.contains(document.activeElement)) this._giveBack(focus);
  }

  _put(elements) {
    const wanted = new Set(elements);
    for (const each of [...this._list.children]) if (!wanted.has(each)) each.remove();
    elements.forEach((each, place) => {
      const here = this._list.children[place];
      if (here !== each) this._list.insertBefore(each, here || null);
    });
  }

  // Which button of which element has the focus, if one has it.
  _focus() {
    const { activeElement } = document;
    if (!this._list.contains(activeElement)) return null;
    const place = [...this._list.children].findIndex((each) => each.contains(activeElement));
    const element = this._list.children[place];
    const key = [...this._drawn].find(([, each]) => each.element === element)?.[0];
    return { key, place, button: [...element.querySelectorAll("button")].indexOf(activeElement) };
  }

  // To the same button of what took its place, or of what came up where it was; or to the panel.
  _giveBack({ key, place, button }) {
    const { children } = this._list;
    const element = this._drawn.get(key)?.element || children[Math.min(place, children.length - 1)];
    const buttons = element ? [...element.querySelectorAll("button")] : [];
    const next = buttons[button] || buttons.at(-1) || this._list.closest("[tabindex]");
    next?.focus({ preventScroll: buttons.length === 0 });
  }
}
