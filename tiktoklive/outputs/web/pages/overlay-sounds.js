// Sounds from files of the user's, and the voices that the browser has.

const SPOKEN = 200; // letters at most: a long name is not worth a minute
const UTTERANCES = 3; // that may wait

export class Sounds {
  // Each file is fetched once, now, so that it is there when it is needed.
  constructor(names, volume) {
    this._players = new Map();
    for (const name of new Set(names.filter(Boolean))) {
      const player = new Audio(`/files/${encodeURIComponent(name)}`);
      player.preload = "auto";
      player.volume = volume;
      this._players.set(name, player);
    }
  }

  play(name) {
    const player = this._players.get(name);
    if (!player) return;
    player.currentTime = 0;
    // A browser may refuse until its user clicked somewhere; OBS does not.
    player.play().catch(() => {});
  }
}

let waiting = 0;

// Say nothing more of what is said now or waits.
export function hush() {
  window.speechSynthesis?.cancel();
}

// Say something by a voice whose language begins so, or whose name has that in it.
export function speak(text, voice, volume) {
  if (!("speechSynthesis" in window) || waiting >= UTTERANCES) return;
  const said = new SpeechSynthesisUtterance(text.slice(0, SPOKEN));
  said.volume = volume;
  const wanted = voice.toLowerCase();
  const found = wanted && speechSynthesis.getVoices().find(
    (each) => each.lang.toLowerCase().startsWith(wanted) || each.name.toLowerCase().includes(wanted),
  );
  if (found) said.voice = found;
  waiting += 1;
  const over = () => (waiting = Math.max(0, waiting - 1));
  said.addEventListener("end", over);
  said.addEventListener("error", over);
  speechSynthesis.speak(said);
}
