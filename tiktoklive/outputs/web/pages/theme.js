// Light or dark as was chosen, before anything is drawn; see settings.js.
try {
  const theme = localStorage.getItem("tiktoklive.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is off: the system's choice holds.
}
