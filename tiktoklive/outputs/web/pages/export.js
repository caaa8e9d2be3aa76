// What is shown, as a file that is made in the page.

import { record } from "./tell.js";

const FIELDS = ["time", "room", "kind", "userId", "uniqueId", "name", "text", "gift", "number", "diamonds"];

// A cell; one that a spreadsheet would take for a formula is kept from being one.
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function asText({ clock, room, kind, name, text, gift, number, diamonds }) {
  const did = { like: "liked", join: "joined", follow: "followed", share: "shared" };
  const begin = `${clock} @${room} `;
  if (kind === "gift") return `${begin}${name} gave ${number} × ${gift || "a gift"} (${diamonds} diamonds)`;
  if (did[kind]) return `${begin}${name} ${did[kind]}`;
  return `${begin}${name ? `${name}: ` : ""}${text}`;
}

const FORMS = {
  jsonl: ["application/jsonl", (lines) => lines.map(({ clock, ...each }) => JSON.stringify(each))],
  csv: [
    "text/csv",
    (lines) => [FIELDS.join(","), ...lines.map((each) => FIELDS.map((name) => cell(each[name])).join(","))],
  ],
  txt: ["text/plain", (lines) => lines.map(asText)],
};

// The file's text; form is "jsonl", "csv" or "txt".
export function written(entries, form) {
  return FORMS[form][1](entries.map(record)).join("\n") + "\n";
}

// Let the browser keep it.
export function save(entries, form) {
  const blob = new Blob([written(entries, form)], { type: `${FORMS[form][0]};charset=utf-8` });
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = `tiktoklive-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.${form}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
