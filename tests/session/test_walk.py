"""A session on a random walk: whatever happens, and whatever observers do while it does."""

from __future__ import annotations

import gc
from random import Random
from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tests.seams import Asked, Opener, Resolver, Signer
from tiktoklive.dispatch.dispatcher import Dispatcher
from tiktoklive.errors import (
    AgeRestrictedError,
    ConnectError,
    DeafStreamError,
    EnterRefusedError,
    SignatureRefusedError,
    StreamLostError,
    TapeError,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.interfaces import IUserNames
from tiktoklive.model import Room
from tiktoklive.session.parts import Parts
from tiktoklive.session.session import Session
from tiktoklive.sources import OpenerBySource, Source, SourcesInTurn
from tiktoklive.wire.battle_pb2 import WebcastLinkMicBattle
from tiktoklive.wire.giving_pb2 import WebcastGiftMessage

PHASES = (
    "idle resolving signing connecting entering live waiting refused offline ending stopping "
    "restarting ended failed stopped"
).split()

AT_REST = ("idle", "ended", "failed", "stopped")

ROOMS = tuple(Room("alice", str(7_000 + number), anchor_id="5") for number in range(3))
FAILURES = (
    ConnectError("down"),
    ConnectError("busy", retry_after=5.0),
    UserOfflineError("off", anchor_id="5"),
    UserOfflineError("somebody else is off", anchor_id="6"),
    UserNotFoundError("nobody"),
    AgeRestrictedError("adults"),
    SignatureRefusedError("no signature"),
    TapeError("over"),
    ValueError("a mistake"),
)
REASONS = (
    None,
    StreamLostError("lost"),
    DeafStreamError("deaf"),
    EnterRefusedError("out"),
    UserOfflineError("over"),
)
ACTS = ("stop", "follow", "connect", "restart", "rename", "cancel", "when")


@implementer(IUserNames)
class Names(Asked):
    """Knows what users are called."""

    def unique_id(self, anchor_id: str) -> Deferred[str | None]:
        return self.ask(anchor_id)


class Walk:
    """
    One session and what happens to it.

    :param seed: of the walk.
    :param at_once: how many of the answers come at once.
    :param meddling: how many of the events make an observer act.
    """

    def __init__(self, seed: int, at_once: float, meddling: float) -> None:
        self.random = random = Random(seed)
        self.clock = Clock()
        self.at_once, self.meddling = at_once, meddling
        self.resolver, self.names = Resolver(), Names(None)
        self.signers, self.openers = (Signer(), Signer()), (Opener(), Opener())
        self.asked: tuple[Any, ...] = (self.resolver, self.names, *self.signers, *self.openers)
        sources = [
            Source(name, signer, opener)
            for name, signer, opener in zip("ab", self.signers, self.openers, strict=True)
        ]
        dispatcher = self.dispatcher = Dispatcher()
        parts = Parts(
            self.resolver,
            SourcesInTurn(sources),
            OpenerBySource(sources),
            self.clock,
            random,
            names=self.names,
        )
        self.session = Session("alice", parts, dispatcher)
        self.waiting: list[Deferred[Any]] = []
        self.fired: list[Any] = []
        self.told: list[str] = []
        self.session_log: list[str] = []
        self._prepare()
        dispatcher.on("event", self._observe)

    @property
    def phase(self) -> str:
        return self.session.state().phase

    @property
    def streams(self) -> list[Any]:
        return [stream for opener in self.openers for stream in opener.streams]

    def _prepare(self) -> None:
        """What the parts answer next."""
        for part in self.asked:
            part.answers = [self._answer(part)]

    def _answer(self, part: Any, late: bool = False) -> Any:
        random = self.random
        if not late and random.random() >= self.at_once:
            return None
        if random.random() < 0.25:
            return random.choice(FAILURES)
        if part is self.resolver:
            return random.choice(ROOMS)
        return random.choice(["alice", "bea", "alice2"]) if part is self.names else True

    def _observe(self, event: Any) -> None:
        self.told.append(event.name)
        assert self.phase in PHASES, self.phase
        self._prepare()
        for stream in self.streams:
            stream.closes_at_once = self.random.random() < 0.5
        for opener in self.openers:
            opener.speaking = self.random.random() < 0.5
        while self.random.random() < self.meddling:
            self.act(self.random.choice(ACTS), f" on {event.name}")

    def act(self, what: str, when: str = "") -> None:
        """What a user may do."""
        session = self.session
        self.session_log.append(f"{what}{when} in {self.phase}")
        if what == "stop":
            self._wait(session.stop())
        elif what == "follow":
            session.follow()
        elif what == "connect" and self.phase in AT_REST:
            self._wait(session.connect())
        elif what == "restart":
            self._wait(session.stop())
            session.follow()
        elif what == "rename":
            session.rename(self.random.choice(["alice", "bea"]))
        elif what == "when":
            self._wait(self.random.choice([session.when_live, session.when_over])())
        elif what == "cancel" and self.waiting:
            self.random.choice(self.waiting).cancel()

    def _wait(self, waiter: Deferred[Any]) -> None:
        def fired(result: object) -> None:
            self.waiting.remove(waiter)
            self.fired.append(result)
            if self.random.random() < self.meddling:
                self.act(self.random.choice(ACTS), " when told")

        self.waiting.append(waiter)
        waiter.addBoth(fired)

    def step(self) -> None:
        """Something happens."""
        random = self.random
        self._prepare()
        if self.phase in AT_REST and random.random() < 0.5:
            self.act(random.choice(["follow", "connect"]))
            return
        open_streams = [stream for stream in self.streams if stream.is_open]
        questions = [
            (part, waiting) for part in self.asked for waiting in part.waiting if not waiting.called
        ]
        chance = random.random()
        if chance < 0.45 and questions:
            part, waiting = random.choice(questions)
            answer = self._answer(part, late=True)
            self.session_log.append(f"{type(part).__name__}: {answer!r} in {self.phase}")
            (waiting.errback if isinstance(answer, Exception) else waiting.callback)(answer)
        elif chance < 0.75 and open_streams:
            stream = random.choice(open_streams)
            what = random.choice(["gift", "battle", "end", "lose", "garbage"])
            self.session_log.append(f"stream: {what} in {self.phase}")
            if what == "gift":
                gift = WebcastGiftMessage(gift_id=5, group_id=random.randrange(1, 99))
                gift.user.id, gift.gift.type = 7, 1
                stream.push(("WebcastGiftMessage", gift.SerializeToString()), msg_ids=False)
            elif what == "battle":
                number, action = random.randrange(1, 9), random.choice([4, 4, 5, 6])
                battle = WebcastLinkMicBattle(battle_id=number, action=action)
                stream.push(("WebcastLinkMicBattle", battle.SerializeToString()), msg_ids=False)
            elif what == "end":
                stream.end()
            elif what == "lose":
                stream.lose(random.choice(REASONS))
            else:
                stream.receiver.frame(b"\xff")
        elif chance < 0.9:
            seconds = random.choice([0.0, 1.0, 30.0, 100.0])
            self.session_log.append(f"{seconds} s in {self.phase}")
            self.clock.advance(seconds)
        else:
            self.act(random.choice(ACTS))

    def end(self) -> list[Deferred[Any]]:
        """Stop, with streams that close in their own time; who was not told by then."""
        self.meddling = 0.0
        self.session_log.append(f"at last, stop in {self.phase}")
        self._wait(self.session.stop())
        for stream in self.streams:
            stream.lose(None)
        self._wait(self.session.stop())
        return self.waiting


class WalkTests(SynchronousTestCase):
    """Many walks, each from its own seed."""

    def walk(self, seed: int, at_once: float, meddling: float) -> Walk:
        """One walk, and what has to be true of each."""
        walk = Walk(seed, at_once, meddling)
        try:
            for _ in range(60):
                walk.step()
                self.assertIn(walk.phase, PHASES)
            self.assertEqual([], walk.end(), "waits for ever")
            self.assertIn(walk.phase, AT_REST)
            self.assertEqual([], walk.clock.getDelayedCalls())
            self.assertEqual(0, walk.dispatcher.failed, "an act raised")
            for part in walk.asked:
                self.assertEqual([], [each for each in part.waiting if not each.called])
            self.assertEqual([], [stream for stream in walk.streams if stream.is_open])
        except Exception as error:
            raise AssertionError("\n".join((f"seed {seed}", *walk.session_log))) from error
        return walk

    def walks(self, at_once: float, meddling: float, many: int = 80) -> None:
        """They visit every state, and leave no failure that nobody saw."""
        told: set[str] = set()
        for seed in range(many):
            told.update(self.walk(seed, at_once, meddling).told)
            self.flushLoggedErrors(ValueError)
            gc.collect(0)
            self.assertEqual([], self.flushLoggedErrors(), f"up to seed {seed}")
        often = {"connected", "disconnected", "gaveUp", "reconnecting", "renamed", "streamEnd"}
        often |= {"giftStreak", "battleStarted", "battleEnded"}
        self.assertEqual(set(), often - told)

    def test_quiet(self) -> None:
        """Observers only look on; answers take their time."""
        self.walks(0.0, 0.0)

    def test_at_once(self) -> None:
        """Most answers come at once, as those of parts that know them already."""
        self.walks(0.8, 0.0)

    def test_meddling(self) -> None:
        """Observers act while they are told; answers take their time."""
        self.walks(0.0, 0.3)

    def test_meddling_at_once(self) -> None:
        """Both."""
        self.walks(0.6, 0.3)
