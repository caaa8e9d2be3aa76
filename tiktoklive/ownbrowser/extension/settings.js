// Where to push, and the token: kept in this browser, by the extension alone.
const USUAL = { address: "http://127.0.0.1:8081/", token: "" };

function opened() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("tiktoklive", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("settings");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function inStore(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const asked = act(database.transaction("settings", mode).objectStore("settings"));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } finally {
    database.close();
  }
}

export async function settings() {
  return { ...USUAL, ...(await inStore("readonly", (store) => store.get("endpoint"))) };
}

export function keep(address, token) {
  return inStore("readwrite", (store) => store.put({ address, token }, "endpoint"));
}

// A request to the endpoint, with the token and nothing else of this browser.
export async function ask(path, body) {
  const { address, token } = await settings();
  return fetch(new URL(path, address), {
    method: body ? "POST" : "GET",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
    credentials: "omit",
    redirect: "error",
    cache: "no-store",
  });
}
