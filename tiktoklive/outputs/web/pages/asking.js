// Requests to our own server, and the question for a token when it wants one.

import { keepToken, token } from "./settings.js";

const REASONS = {
  read: "This server shows its rooms only to those who have its token.",
  moderate: "Deciding what overlays show needs a moderator's token.",
  control: "Changing rooms and sending something need this server's control token.",
};

function make(name, properties, ...content) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content);
  return element;
}

// The dialog of each page that may have to ask.
export const dialog = make(
  "dialog",
  { id: "ask" },
  make(
    "form",
    { method: "dialog" },
    make("h2", { id: "ask-title" }, "Token"),
    make("p", { className: "reason" }),
    make("p", { className: "wrong", hidden: true }, "The last one was not accepted."),
    make("label", { htmlFor: "token" }, "Token"),
    make("input", { id: "token", name: "token", type: "password", autocomplete: "off", spellcheck: false }),
    make("p", { className: "muted" }, "It is kept until this tab is closed."),
    make(
      "div",
      { className: "choices" },
      make("button", { type: "button", className: "quiet cancel" }, "Cancel"),
      make("button", { type: "submit", value: "ok", className: "main" }, "Use it"),
    ),
  ),
);
dialog.setAttribute("aria-labelledby", "ask-title");
document.body.append(dialog);

// Ask for a token; resolves with whether one was given.
export function askForToken(dialog, name) {
  const form = dialog.querySelector("form");
  const field = form.elements.token;
  dialog.querySelector(".reason").textContent = REASONS[name];
  dialog.querySelector(".wrong").hidden = !token(name);
  field.value = "";
  // Not a second submit button: Enter, or Go on a phone, would press the first of them.
  dialog.querySelector(".cancel").onclick = () => dialog.close("");
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener(
      "close",
      () => {
        const given = dialog.returnValue === "ok" ? field.value.trim() : "";
        field.value = "";
        if (given) keepToken(name, given);
        resolve(Boolean(given));
      },
      { once: true },
    );
    dialog.showModal();
  });
}

// Milliseconds after which a phone that lost its network says so, whatever its system thinks.
const PATIENCE = 30000;

// A request with the token of this name, if there is one.
export function request(path, { name = "read", method = "GET", body } = {}) {
  const headers = { Accept: "application/json" };
  const known = token(name) || token("read");
  if (known) headers.Authorization = `Bearer ${known}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const signal = AbortSignal.timeout?.(PATIENCE);
  return fetch(path, { method, headers, body, signal, cache: "no-store", credentials: "same-origin" });
}
