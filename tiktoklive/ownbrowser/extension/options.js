// The options: where to push, and the token.
import { ask, keep, settings } from "./settings.js";

const address = document.getElementById("address");
const token = document.getElementById("token");
const said = document.getElementById("said");

async function tried() {
  let answer;
  try {
    answer = await ask("pages");
  } catch {
    return "Nobody answers there: does tiktoklive run, with --source browser?";
  }
  if (answer.status === 401) return "The token is another one there.";
  if (!answer.ok) return `It is refused (${answer.status}).`;
  const { pages } = await answer.json();
  return `It works. Pages that push now: ${pages.length}.`;
}

document.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  await keep(address.value, token.value);
  said.textContent = "...";
  said.textContent = await tried();
});

({ address: address.value, token: token.value } = await settings());
