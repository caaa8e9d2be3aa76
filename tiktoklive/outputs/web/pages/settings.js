// What the reader of the page chose, remembered by the browser where it may.

const PREFIX = "tiktoklive.";

export function remembered(name, otherwise) {
  try {
    return localStorage.getItem(PREFIX + name) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // It holds until the page is closed, then.
  }
}

// A token is kept for as long as the tab, and never in an address.
export function token(name) {
  try {
    return sessionStorage.getItem(PREFIX + name) || "";
  } catch {
    return tokens.get(name) || "";
  }
}

const tokens = new Map(); // where there is no storage

export function keepToken(name, value) {
  tokens.set(name, value);
  try {
    sessionStorage.setItem(PREFIX + name, value);
  } catch {
    // It is in the map.
  }
}

// A <details> that lies over the page: Escape closes it, and so does going elsewhere.
export function menu(details) {
  const summary = details.querySelector("summary");
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    summary.focus();
  });
  const elsewhere = (event) => {
    const asks = event.target.closest?.("dialog"); // for what was begun in here
    if (!asks && !details.contains(event.target)) details.open = false;
  };
  document.addEventListener("pointerdown", elsewhere);
  document.addEventListener("focusin", elsewhere);
}

// The three ways of light: radio buttons named "theme".
export function themeChoice(form) {
  const root = document.documentElement;
  form.addEventListener("submit", (event) => event.preventDefault());
  const chosen = root.dataset.theme || "auto";
  for (const radio of form.elements.theme) radio.checked = radio.value === chosen;
  form.addEventListener("change", (event) => {
    if (event.target.name !== "theme") return;
    const { value } = event.target;
    if (value === "auto") delete root.dataset.theme;
    else root.dataset.theme = value;
    remember("theme", value);
  });
}

// How large the lines are: a slider.
export function fontSize(slider) {
  const show = () => document.documentElement.style.setProperty("--lines", `${slider.value}px`);
  slider.value = remembered("size", slider.value);
  slider.addEventListener("input", () => {
    remember("size", slider.value);
    show();
  });
  show();
}

// A checkbox whose state is remembered; tell(checked) is called now and at every change.
export function switchOf(box, name, otherwise, tell) {
  box.checked = remembered(name, otherwise ? "1" : "0") === "1";
  box.addEventListener("change", () => {
    remember(name, box.checked ? "1" : "0");
    tell(box.checked);
  });
  tell(box.checked);
}

// Buttons of which each shows a kind of line or doesn't; tell(hidden kinds).
export function filters(buttons, tell) {
  const hidden = new Set(remembered("hidden", "").split(" ").filter(Boolean));
  const kinds = (button) => button.dataset.kinds.split(" ");
  const show = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(!hidden.has(kinds(button)[0])));
    }
    tell(hidden);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const away = !hidden.has(kinds(button)[0]);
      for (const kind of kinds(button)) away ? hidden.add(kind) : hidden.delete(kind);
      remember("hidden", [...hidden].join(" "));
      show();
    });
  }
  show();
}
