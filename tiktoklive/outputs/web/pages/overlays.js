// The page that builds the address of an overlay: a form, and the overlay that it makes.

import { askForToken, dialog, request } from "./asking.js";
import { Fields } from "./overlays-form.js";
import { addressOf, KINDS } from "./overlay-options.js";
import { plain, plural } from "./text.js";

const DEAREST = 1e6; // diamonds of a sample
const TYPING = 400; // milliseconds after which what is typed is shown

const find = (id) => document.getElementById(id);
const form = find("options");
const frame = find("frame");

// What a sample is named on its button; those of gifts are made of the tiers.
const NAMES = {
  chat: "Comment",
  follow: "Follower",
  share: "Share",
  like: "Likes",
  member: "Somebody comes in",
  subscribe: "Subscription",
  superFan: "Super fan",
  battle: "Battle",
  poll: "Poll",
  goal: "Goal",
};
const TIERS = ["Small gift", "Large gift", "Huge gift"];

const fields = new Fields(find("fields"));
let kind = "chat";

// --- the address and its preview ---------------------------------------------------------------

const room = () => plain(find("room").value, 60).replace(/^@/, "");

function address() {
  return addressOf(kind, fields.values(), { room: room(), token: find("in-address").value.trim() });
}

function fit() {
  const chosen = find("place").value;
  const [width, height] = chosen ? chosen.split("x").map(Number) : KINDS[kind].place;
  const preview = find("preview");
  const scale = Math.min(1, preview.clientWidth / width, 440 / height);
  frame.width = width;
  frame.height = height;
  frame.style.setProperty("transform", `scale(${scale})`);
  frame.style.setProperty("margin-left", `${Math.max(0, preview.clientWidth - width * scale) / 2}px`);
  preview.style.setProperty("height", `${height * scale}px`);
  find("extent").textContent = `${width} × ${height} pixels`;
}

let shown = "";
function show() {
  clearTimeout(typing);
  const path = address();
  find("address").value = location.origin + path;
  fit();
  buttons();
  if (path === shown) return;
  shown = path;
  // Not one more entry in the history of this tab for each letter.
  frame.contentWindow.location.replace(path);
}

let typing = 0;
form.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(show, TYPING);
});
form.addEventListener("change", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  setTimeout(() => {
    fields.choose(kind);
    show();
  });
});

function choose(name) {
  kind = name;
  find("about").textContent = KINDS[kind].about;
  for (const radio of find("kinds").querySelectorAll("input")) radio.checked = radio.value === kind;
  fields.choose(kind);
  show();
}

for (const [name, { title }] of Object.entries(KINDS)) {
  const radio = document.createElement("input");
  radio.type = "radio";
  radio.name = "kind";
  radio.value = name;
  radio.addEventListener("change", () => {
    history.replaceState(null, "", `#${name}`);
    choose(name);
  });
  const text = document.createElement("span");
  text.textContent = title;
  const label = document.createElement("label");
  label.append(radio, text);
  find("kinds").append(label);
}

find("copy").addEventListener("click", async () => {
  show();
  find("address").select();
  try {
    await navigator.clipboard.writeText(find("address").value);
    find("copied").textContent = "Copied.";
  } catch {
    find("copied").textContent = "The browser does not let this page copy: press Ctrl+C.";
  }
});

find("ground").addEventListener("change", ({ target }) => (find("preview").dataset.ground = target.value));
find("place").addEventListener("change", fit);
new ResizeObserver(fit).observe(find("preview"));

// --- samples -----------------------------------------------------------------------------------

async function send(body) {
  const told = find("sample-told");
  const query = room() ? `?room=${encodeURIComponent(room())}` : "";
  for (;;) {
    const asked = { name: "control", method: "POST", body: JSON.stringify(body) };
    const response = await request(`/sample${query}`, asked).catch(() => null);
    const said = await response?.json().catch(() => null);
    if (response?.ok) {
      told.textContent = `Sent to ${plural(said?.overlays || 0, "open overlay")}.`;
      return;
    }
    const wanted = response && (response.status === 401 || said?.code === "scope");
    if (wanted && (await askForToken(dialog, "control"))) continue;
    told.textContent = plain(said?.error, 300) || "The server does not answer.";
    return;
  }
}

function button(text, body) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  element.dataset.sample = body().diamonds ? `gift${body().tier}` : body().kind;
  element.addEventListener("click", () => {
    const { tier, ...said } = body();
    send(said);
  });
  return element;
}

let offered = "";
function buttons() {
  const { samples } = KINDS[kind];
  const wanted = typeof samples === "function" ? samples(fields.values()) : samples;
  const now = `${kind} ${wanted}`;
  if (now === offered) return; // the one that has the focus keeps it
  offered = now;
  const made = [];
  for (const each of wanted) {
    if (each !== "gift") {
      made.push(button(NAMES[each], () => ({ kind: each })));
      continue;
    }
    TIERS.forEach((name, index) => {
      // What a gift of this tier costs, as the form says now.
      const tiers = () => fields.values().tiers || [1, 100, 1000];
      const costs = () => Math.min(DEAREST, Math.max(1, Math.ceil(tiers()[index])));
      made.push(button(name, () => ({ kind: "gift", diamonds: costs(), tier: index + 1 })));
    });
  }
  find("samples").replaceChildren(...made);
}

// --- what the server knows ---------------------------------------------------------------------

async function ask(path) {
  for (;;) {
    const response = await request(path).catch(() => null);
    if (response?.ok) return response.json().catch(() => null);
    // Without it neither rooms nor the user's sounds could be offered.
    if (response?.status !== 401 || !(await askForToken(dialog, "read"))) return null;
  }
}

async function learn() {
  const rooms = await ask("/rooms");
  if (!rooms) return;
  for (const { name } of rooms.rooms) {
    const option = document.createElement("option");
    option.value = String(name);
    find("rooms").append(option);
  }
  const files = (await ask("/files"))?.files;
  if (Array.isArray(files)) fields.offer(files);
}

// The address of this page says which kind: so that one can be linked to.
function chooseByAddress() {
  const named = location.hash.slice(1);
  choose(Object.hasOwn(KINDS, named) ? named : "chat");
}

window.addEventListener("hashchange", chooseByAddress);
chooseByAddress();
learn();
