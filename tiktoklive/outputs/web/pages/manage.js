// What needs the control token: rooms that are added and removed, and comments that are sent.

import { askForToken, request } from "./asking.js";
import { keepFocus } from "./drawn.js";
import { make } from "./pictures.js";
import { Refused, refusal } from "./socket.js";
import { plain } from "./text.js";

// A request that changes something; asks for the token if there must be one. null: given up.
export async function change(dialog, path, method, shape) {
  const body = shape === undefined ? undefined : JSON.stringify(shape);
  for (;;) {
    const answer = await request(path, { name: "control", method, body });
    if (answer.ok) return answer;
    const refused = await refusal(answer);
    if (!refused.wantsToken || !(await askForToken(dialog, "control"))) throw refused;
  }
}

export const reasonOf = (error) =>
  error instanceof Refused ? error.message : "The server cannot be reached.";

export class Manage {
  // rooms: what is followed; form, list, told: to add one, those there are, what came of it;
  // chat: the form for comments; dialog: asks for the token; changed(): rooms are others now.
  constructor({ rooms, form, list, told, chat, dialog, changed }) {
    Object.assign(this, { _rooms: rooms, _list: list, _told: told, _chat: chat, _dialog: dialog });
    this._changed = changed;
    this._canSpeak = false;
    this._shown = "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = form.elements.name.value.trim().replace(/^@/, "");
      if (name) this._add(name, form.elements.name);
    });
    chat.addEventListener("submit", (event) => {
      event.preventDefault();
      this._speak(chat.elements.text);
    });
  }

  // What may be done is asked anew whenever a token may be another.
  async look() {
    try {
      const answer = await request("/api/scope", { name: "control" });
      if (answer.ok) this._canSpeak = (await answer.json()).chat === true;
    } catch {
      // The stream tells whether the server is there.
    }
    this.show();
  }

  show() {
    const room = this._rooms.single;
    this._chat.hidden = !this._canSpeak || !room;
    this._chat.querySelector("label span").textContent = `Comment in the room of @${plain(room, 40)}`;
    const names = this._rooms.followed;
    if (this._shown === JSON.stringify(names)) return;
    this._shown = JSON.stringify(names);
    const lines = names.map((name) => {
      const line = make("li");
      const button = make("button", "quiet", "Remove");
      button.type = "button";
      button.append(make("span", "sr-only", ` @${name}`));
      button.addEventListener("click", () => this._remove(name));
      line.append(make("bdi", "name", `@${plain(name, 64)}`), button);
      return line;
    });
    keepFocus(this._list, () => this._list.replaceChildren(...lines));
  }

  async _do(saying, done, work) {
    this._told.textContent = saying;
    try {
      await work();
      this._told.textContent = done;
      this._changed();
    } catch (error) {
      this._told.textContent = reasonOf(error);
    }
  }

  _add(name, field) {
    return this._do(`Adding @${name}…`, `@${name} is followed now.`, async () => {
      await change(this._dialog, "/api/rooms", "POST", { name });
      field.value = "";
    });
  }

  _remove(name) {
    return this._do(`Removing @${name}…`, `@${name} is not followed any more.`, () =>
      change(this._dialog, `/api/rooms/${encodeURIComponent(name)}`, "DELETE"),
    );
  }

  async _speak(field) {
    const told = this._chat.querySelector("[role=status]");
    const text = field.value.trim();
    const room = this._rooms.single;
    if (!text || !room) return;
    told.textContent = "Sending…";
    try {
      await change(this._dialog, `/api/rooms/${encodeURIComponent(room)}/chat`, "POST", { text });
      field.value = "";
      told.textContent = "Sent.";
    } catch (error) {
      told.textContent = `Not sent. ${reasonOf(error)}`;
    }
  }
}
