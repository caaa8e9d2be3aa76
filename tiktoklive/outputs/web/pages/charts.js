// Small charts over time, drawn as SVG, each with the same numbers as text.

import { grouped, clock, short } from "./text.js";
import { BIN } from "./numbers.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 320;
const HEIGHT = 64;
const COLUMNS = 60;

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

// Fewer, wider columns.
function columns(values, kind) {
  const width = Math.ceil(values.length / COLUMNS);
  const merged = [];
  for (let end = values.length; end > 0; end -= width) {
    const part = values.slice(Math.max(0, end - width), end);
    merged.unshift(kind === "bars" ? part.reduce((a, b) => a + b, 0) : part.at(-1));
  }
  return merged;
}

// What a scale reaches up to, so that it does not change with every number.
function ceiling(highest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(highest, 1)));
  return [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((each) => each * power).find((each) => each >= highest);
}

export class Chart {
  // figure: the element, with data-kind "line" or "bars"; title: what is drawn.
  constructor(figure, title) {
    this._title = title;
    this._kind = figure.dataset.kind;
    this._svg = shape("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "none",
      role: "img",
    });
    figure.querySelector(".plot").append(this._svg);
    this._scale = figure.querySelector(".scale");
  }

  draw(values) {
    const points = columns(values, this._kind);
    const known = points.filter((each) => each !== null);
    const highest = Math.max(0, ...known);
    const lowest = Math.min(highest, ...known);
    let [floor, top] = [0, ceiling(highest)];
    if (this._kind === "line" && lowest > highest / 2) {
      // A line shows how a number changes, and need not begin at nought.
      const range = Math.max(highest - lowest, highest * 0.05);
      [floor, top] = [lowest - range * 0.6, highest + range * 0.3];
    }
    const y = (value) => HEIGHT - 2 - ((value - floor) / (top - floor)) * (HEIGHT - 6);
    const marks = this._kind === "bars" ? this._bars(points, y) : this._line(points, y);
    const title = shape("title", {});
    title.textContent = this._said(known, values.length);
    this._svg.replaceChildren(title, ...marks);
    this._scale.textContent = known.length ? short(Math.round(highest)) : "–";
  }

  _line(points, y) {
    const x = (index) => (index / (points.length - 1)) * WIDTH;
    const known = points
      .map((value, index) => (value === null ? null : `${x(index).toFixed(1)},${y(value).toFixed(1)}`))
      .filter((each) => each !== null);
    if (!known.length) return [];
    const first = known[0].split(",")[0];
    return [
      shape("polygon", { class: "area", points: `${first},${HEIGHT} ${known.join(" ")} ${WIDTH},${HEIGHT}` }),
      shape("polyline", { class: "curve", points: known.join(" ") }),
    ];
  }

  _bars(points, y) {
    const step = WIDTH / points.length;
    return points.flatMap((value, index) => {
      if (!value) return [];
      const top = Math.min(y(value), HEIGHT - 4);
      return shape("rect", {
        class: "bar",
        x: (index * step + step * 0.15).toFixed(1),
        y: top.toFixed(1),
        width: (step * 0.7).toFixed(1),
        height: (HEIGHT - top).toFixed(1),
      });
    });
  }

  _said(known, length) {
    if (!known.length) return `${this._title}: nothing yet`;
    const minutes = Math.round((length * BIN) / 60000);
    const tell = (number) => grouped(Math.round(number));
    const span = minutes === 1 ? "over the last minute" : `over the last ${minutes} minutes`;
    if (this._kind === "bars") {
      return `${this._title}: ${tell(known.reduce((a, b) => a + b, 0))} ${span}`;
    }
    const [low, high] = [Math.min(...known), Math.max(...known)];
    return `${this._title}: now ${tell(known.at(-1))}, ${span} from ${tell(low)} to ${tell(high)}`;
  }
}

// The numbers of all charts in one table: a row for each minute, the latest first.
//   lists: the values of each chart, with the kind that it is of.
export function fillTable(body, lists, now) {
  const width = 60000 / BIN;
  const rows = [];
  const length = lists[0].values.length;
  for (let end = length; end > 0; end -= width) {
    const row = document.createElement("tr");
    const time = document.createElement("th");
    time.scope = "row";
    time.textContent = clock(now - (length - end) * BIN);
    row.append(time);
    for (const { values, kind } of lists) {
      const part = values.slice(Math.max(0, end - width), end);
      const value = kind === "bars" ? part.reduce((a, b) => a + b, 0) : part.at(-1);
      const cell = document.createElement("td");
      cell.textContent = value === null ? "–" : grouped(value);
      row.append(cell);
    }
    rows.push(row);
  }
  body.replaceChildren(...rows);
}
