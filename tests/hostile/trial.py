"""One attack: how it is begun, and what it cost."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from tests.hostile import encoding as e
from tests.hostile.attacks import Attack
from tests.hostile.daemon import CONTROL, READ, SESSION, TTWID, Daemon
from tests.hostile.server import Asked, Behaviour, Server, Stream, canary, room_of

#: The most that one frame, answer or header may cost: MiB, and seconds in which nothing else runs.
MEMORY, STALL = 32.0, 0.25

#: Seconds that an attack may take: what is refused for good is asked for again after two minutes.
LONGEST = 240.0

#: What is nowhere to be found afterwards.
SECRETS = (TTWID[3:], CONTROL, READ, SESSION)


@dataclass
class Row:
    """
    What became of an attack.

    :ivar memory: MiB at the peak above what was held before.
    :ivar stall: the longest that another room's ping waited for its answer, in seconds.
    :ivar cpu: seconds of processor time.
    :ivar lost: comments of another room that were sent meanwhile and are in no output.
    :ivar twice: those that are there more than once.
    :ivar lines: in the log.
    :ivar leaks: secrets that stand in the log or an output.
    """

    name: str
    outcome: str
    memory: float
    stall: float
    cpu: float
    lost: int
    twice: int
    lines: int
    leaks: list[str]
    problems: list[str]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class Trial:
    """
    What an attack has to do with.

    :ivar name: the user whose servers it may be.
    :ivar room: that user's room id.
    """

    def __init__(self, number: int, daemon: Daemon, server: Server, watch: Watch) -> None:
        self.name = f"attack{number}"
        self.room = room_of(self.name)
        self.read = READ
        self.daemon = daemon
        self._server = server
        self._watch = watch
        self._opened: asyncio.Future[Stream] = asyncio.get_running_loop().create_future()
        self._over = asyncio.Event()
        self._joined = False
        self.begun = False
        self.stalls = True
        self._logged = len(daemon.log())

    def begin(self, *, stalls: bool = True) -> None:
        """From now on it counts."""
        self.begun, self.stalls = True, stalls
        self._watch.begin()

    async def join(
        self, handshake: Callable[[Asked], Awaitable[bytes | None]] | None = None
    ) -> Stream:
        """
        Have the daemon follow the user, and let it into the room.

        :param handshake: may refuse.
        """

        async def play(stream: Stream) -> None:
            if self._opened.done():  # it came back
                await stream.receive()
                await self._over.wait()
                return
            await stream.receive()
            await stream.send(e.push(e.batch(e.chat(1, self.room, "hello"))))
            self._opened.set_result(stream)
            await self._over.wait()

        answers = {} if handshake is None else {"handshake": handshake}
        await self._follow(Behaviour(stream=play, answers=answers))
        stream = await asyncio.wait_for(self._opened, 30)
        while not any(each["event"] == "chat" for each in self.events()):
            await asyncio.sleep(0.05)
        return stream

    async def refuse(self, place: str, answer: Callable[[Asked], Awaitable[bytes | None]]) -> str:
        """Have the daemon follow the user, and give this answer at that place."""
        others = {
            # The page is asked when api-live says nothing.
            "page": {"api-live": lambda asked: _constant(e.response(500, b"no"))},
        }.get(place, {})
        behaviour = Behaviour(answers={place: answer, **others})
        self.begin()
        await self._follow(behaviour)
        until = time.monotonic() + 20
        while place not in behaviour.asked and time.monotonic() < until:
            await asyncio.sleep(0.05)
        await self.pause(0.5)
        if place not in behaviour.asked:
            return "WRONG: was not asked"
        status, state = await self.daemon.ask("GET", f"/api/rooms/{self.name}")
        return state.decode()[:400] if status == 200 else f"WRONG: no state, {status}"

    def others(self, name: str, behaviour: Behaviour) -> None:
        """Let there be another user, whom nobody asked the daemon to follow."""
        self._server.add(name, behaviour)

    async def reason(self) -> str:
        """What the daemon says of the user's room, with its state."""
        status, state = await self.daemon.ask("GET", f"/api/rooms/{self.name}")
        if status != 200:
            return f"no state, HTTP {status}"
        room = json.loads(state)
        return f"{room['phase']}: {room['reason']}"

    async def told(self, words: str) -> bool:
        """Whether it has told something: in its log, or as the reason of the room's state."""
        return words in self.daemon.log()[self._logged :] or words in await self.reason()

    async def follow(self, behaviour: Behaviour) -> None:
        """Have the daemon follow the user, whose servers are so."""
        await self._follow(behaviour)

    async def _follow(self, behaviour: Behaviour) -> None:
        self._joined = True
        self._server.add(self.name, behaviour)
        status, said = await self.daemon.ask("POST", "/api/rooms", {"name": self.name})
        if status != 201:
            raise RuntimeError(f"The user was not added: {status} {said!r}")

    async def leave(self) -> None:
        """Follow the user no more."""
        self._over.set()
        if self._joined:
            await self.daemon.ask("DELETE", f"/api/rooms/{self.name}")

    async def pause(self, seconds: float = 1.5) -> None:
        """Let the daemon do what it has to do."""
        await asyncio.sleep(seconds)

    def events(self) -> list[dict[str, Any]]:
        """What the output holds of the user."""
        return [each for each in self.daemon.events() if each["anchor"] == self.name]

    async def count(self, kind: str) -> int:
        """How many events of a kind were told of the user."""
        await self.pause(0.5)
        return sum(each["event"] == kind for each in self.events())


class Watch:
    """The other room, which must not notice anything, and the process."""

    def __init__(self, daemon: Daemon) -> None:
        self.sent: list[float] = []
        self.delays: list[tuple[float, float]] = []
        self._daemon = daemon
        self.begin_at = 0
        self._memory = 0
        self._begun = 0.0
        self._cpu = 0.0
        self._log = 0

    def behaviour(self) -> Behaviour:
        """Of its user."""

        async def play(stream: Stream) -> None:
            await canary(stream, self.sent, self.delays, room_of("canary"))

        return Behaviour(stream=play)

    def begin(self) -> None:
        """From now on it counts."""
        self.delays.clear()
        self._begun = time.monotonic()
        self._cpu = self._daemon.cpu()
        self._log = len(self._daemon.log())
        self._memory = self._daemon.forget_peak()

    async def caught_up(self) -> bool:
        """Wait until what was sent by now is in the output; whether it is, after half a minute."""
        last = f"number {len(self.sent)}"
        for _ in range(600):
            if not self._daemon.alive:
                return False
            await asyncio.sleep(0.05)
            if any(each["data"].get("comment") == last for each in self._daemon.events()[-500:]):
                return True
        return False

    def row(self, attack: Attack, outcome: str, stalls: bool) -> Row:
        """What it came to."""
        if not self._daemon.alive:
            return Row(
                attack.name, f"{outcome} WRONG: the daemon is dead", 0, 0, 0, 0, 0, 0, [], ["dead"]
            )
        memory = max(0, self._daemon.peak() - self._memory) / 1024
        delays = [delay for sent, delay in self.delays if sent >= self._begun and stalls]
        stall = max(0.0, 0.0, *delays)
        files = [self._daemon.place / "events.jsonl", self._daemon.place / "taken-away.jsonl"]
        text = "".join(each.read_text() for each in files if each.exists())
        counts: dict[str, int] = {}
        for line in text.splitlines():
            if '"canary"' in line and '"number ' in line:
                number = line.partition('"number ')[2].partition('"')[0]
                counts[number] = counts.get(number, 0) + 1
        written = max(map(int, counts), default=0)
        lost = sum(str(number) not in counts for number in range(1, written + 1))
        twice = sum(each > 1 for each in counts.values())
        log = self._daemon.log()
        leaks = [each for each in SECRETS if each in log or each in text or each in outcome]
        lines = log[self._log :].count("\n")
        problems = [outcome] if "WRONG" in outcome else []
        problems += ["memory"] * (memory >= MEMORY) + ["stall"] * (stall >= STALL)
        problems += ["lost"] * bool(lost) + ["twice"] * bool(twice) + ["secrets"] * bool(leaks)
        problems += ["log"] * (lines > attack.lines)
        cpu = self._daemon.cpu() - self._cpu
        return Row(attack.name, outcome, memory, stall, cpu, lost, twice, lines, leaks, problems)


def _constant(data: bytes) -> Awaitable[bytes]:
    async def give() -> bytes:
        return data

    return give()


async def play(attack: Attack, number: int, daemon: Daemon, server: Server, watch: Watch) -> Row:
    """Try one attack, and count."""
    trial = Trial(number, daemon, server, watch)
    try:
        outcome = await asyncio.wait_for(attack.play(trial), LONGEST)
    except TimeoutError:
        outcome = "WRONG: nothing for minutes"
    except Exception as problem:
        outcome = f"WRONG: {type(problem).__name__}: {problem}"
    if not await watch.caught_up():
        outcome += " WRONG: the daemon does nothing any more"
        daemon.kill()
    row = watch.row(attack, outcome, trial.stalls)
    if daemon.alive:
        await trial.leave()
    return row
