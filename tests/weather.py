"""Weather of weeks: for hours something goes wrong with TikTok, with sign servers, or at home."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.hosts import HOUR, MINUTE
from tiktoklive.simulator import HOSTS, Answer, Simulator
from tiktoklive.simulator.false_answers import FALSE_ANSWERS, FALSE_REFUSALS, NO_LIVE_ROOM
from tiktoklive.simulator.random_faults import RESUMES
from tiktoklive.simulator.settings import RANDOM_FAULTS
from tiktoklive.simulator.signserver import REFUSALS
from tiktoklive.simulator.wrong_answers import WRONG_ANSWERS
from tiktoklive.testing import MemoryNetwork

#: Seconds behind bad weather until all must be well again: a source that failed rests for ten
#: minutes, and what our servers wish here is waited for on top of that; who was refused for good,
#: by the words, is asked for again after an hour and a quarter at most.
AFTER = 80 * MINUTE

#: What a server may wish: more than it takes to forget it.
_WISH = 15 * MINUTE

_LOOKUP = "/api-live/user/room/"


#: What a sign server may say for hours; a day that is spent is one until midnight.
_HOURS = [how for how in REFUSALS if how != "day spent"]

#: What may be said of a broadcast that goes on; not that it is over, which is believed when it was
#: said twice, nor what those who come now are to be told for good.
_LIES = [how for how in WRONG_ANSWERS if how not in ("finished", "adults only", "login page")]


class Weather:
    """
    Quiet for hours, then bad for a while, at random.

    :param quiet: for how many seconds it is quiet, on average.
    :ivar front: what goes wrong now; ``""`` if nothing does.
    :ivar fronts: what has gone wrong so far, in order.
    """

    def __init__(
        self, network: MemoryNetwork, tiktok: Simulator, random: Random, quiet: float
    ) -> None:
        self.front = ""
        self.fronts: list[str] = []
        self._network = network
        self._tiktok = tiktok
        self._random = random
        self._quiet = quiet
        self._until = self._draw(HOUR)
        self._quiet_since = 0.0

    @property
    def is_quiet(self) -> bool:
        """Whether nothing goes wrong, and nothing has for long enough."""
        return not self.front and self._now() >= self._quiet_since + AFTER

    def step(self) -> None:
        """Let it change when it is time."""
        for connection in self._network.open:
            end = connection.client
            if connection.frozen and end.disconnecting:
                end._lost(ConnectionError())  # as TCP does without the other side
        if self._now() < self._until:
            return
        if self.front:
            self.clear()
            self._until = self._draw(self._quiet)
        else:
            self.front = self._random.choice([*FRONTS])
            self.fronts.append(self.front)
            FRONTS[self.front](self)
            self._until = self._draw(HOUR)

    def clear(self, quiet_for: float = 0.0) -> None:
        """Nothing goes wrong any more, for so long at least."""
        self._until = max(self._until, self._now() + quiet_for)
        if not self.front:
            return
        tiktok, self.front, self._quiet_since = self._tiktok, "", self._now()
        tiktok.faults.clear()
        tiktok._forced.clear()
        tiktok._door.forced.clear()
        tiktok.sign_server._failures.clear()
        tiktok.behaviour.ttwid_after = 1
        tiktok.behaviour.upgrade = tiktok.behaviour.echo_heartbeats = True
        for host in HOSTS:
            self._network.refuse(host, False)
            self._network.silence(host, False)
        for connection in self._network.open:
            if connection.frozen:
                connection.frozen = False
                connection.drop()

    # --- inside -------------------------------------------------------------------------

    def _now(self) -> float:
        return self._tiktok.world.clock.seconds()

    def _draw(self, mean: float) -> float:
        return self._now() + MINUTE + self._random.expovariate(1 / mean)

    def _sign_server_refuses(self) -> None:
        self._tiktok.sign_server.fail(self._random.choice(_HOURS), 1000)
        if self._random.random() < 0.5:
            self._handshakes_refused()

    def _too_many_requests(self) -> None:
        wish = (("Retry-After", f"{self._random.uniform(1, _WISH):.0f}"),)
        self._tiktok.answer_next(_LOOKUP, Answer(429, b"", headers=wish), 100_000)

    def _web_refuses(self) -> None:
        how = self._random.choice(("challenge page", "403", "500", "502", "empty body", "429"))
        pages = [f"/@{room.unique_id}" for room in self._tiktok.rooms.values()]
        ways = ("/ttwid/check/", "/live", *pages) if self._random.random() < 0.5 else ()
        for path in (_LOOKUP, *(f"{page}/live" for page in pages), *ways):
            self._tiktok.faults.answer(path, how, times=None)

    def _tiktok_lies(self) -> None:
        how = self._random.choice(_LIES)
        pages = [f"/@{room.unique_id}/live" for room in self._tiktok.rooms.values()]
        for path in (_LOOKUP, "/webcast/room/info/", *pages):
            self._tiktok.faults.answer(path, how, times=None)
        if self._random.random() < 0.5:
            self._tiktok_drops()

    def _handshakes_refused(self) -> None:
        message, code, status = self._random.choice(
            (("", "", 503), ("DEVICE_BLOCKED", "415", 200), ("illegal secret key", "417", 200))
        )
        self._tiktok.refuse(status=status, message=message, code=code, times=100_000)
        self._tiktok_drops()

    def _tiktok_drops(self) -> None:
        for room in self._tiktok.rooms.values():
            room.drop(clean=self._random.random() < 0.5)

    def _no_network(self) -> None:
        for host in HOSTS:
            self._network.silence(host)
        for connection in self._network.open:
            connection.frozen = True

    def _network_refuses(self) -> None:
        for host in HOSTS:
            self._network.refuse(host)
        self._network.drop()

    def _no_cookies(self) -> None:
        self._tiktok.behaviour.ttwid_after = None
        self._handshakes_refused()
        self._tiktok._door.forced.clear()

    def _no_websockets(self) -> None:
        self._tiktok.behaviour.upgrade = False
        self._handshakes_refused()

    def _faults(self) -> None:
        rates = {
            kind: self._random.uniform(0, 0.05) for kind in RANDOM_FAULTS if kind not in RESUMES
        }
        often = {"refuse": 0.2, "slow": 0.2, "http": 0.1, **dict.fromkeys(RESUMES, 0.3)}
        self._tiktok.faults.at_random({**rates, **often})

    def _few_faults(self) -> None:
        self._tiktok.faults.at_random(dict.fromkeys(RANDOM_FAULTS, 0.004))

    def _false_answers(self) -> None:
        times = self._random.choice((1, 3, 100_000))
        for how in self._random.sample([*FALSE_ANSWERS], 2):
            self._tiktok.faults.misinform(how, times=times)
        if self._random.random() < 0.5:
            for room in self._tiktok.rooms.values():
                self._tiktok.answer_next(f"/@{room.unique_id}/live", NO_LIVE_ROOM, times)
        self._tiktok_drops()

    def _not_let_in(self) -> None:
        self._tiktok.faults.refuse_entries(times=self._random.choice((1, 10, 10_000)))
        self._tiktok_drops()

    def _refused_wrongly(self) -> None:
        words, times = self._random.choice(FALSE_REFUSALS), self._random.choice((1, 10, 10_000))
        self._tiktok.refuse(message=words, code="417", times=times)
        self._tiktok_drops()

    def _no_answers_to_heartbeats(self) -> None:
        self._tiktok.behaviour.echo_heartbeats = False


#: What may go wrong, by name.
FRONTS: dict[str, Callable[[Weather], None]] = {
    "the sign server refuses": Weather._sign_server_refuses,
    "too many requests": Weather._too_many_requests,
    "the web refuses": Weather._web_refuses,
    "TikTok lies": Weather._tiktok_lies,
    "handshakes are refused": Weather._handshakes_refused,
    "no network": Weather._no_network,
    "the network refuses": Weather._network_refuses,
    "no cookies": Weather._no_cookies,
    "no WebSockets": Weather._no_websockets,
    "faults": Weather._faults,
    "few faults": Weather._few_faults,
    "streams break": Weather._tiktok_drops,
    "false answers": Weather._false_answers,
    "not let in": Weather._not_let_in,
    "refused wrongly": Weather._refused_wrongly,
    "heartbeats are not answered": Weather._no_answers_to_heartbeats,
}
