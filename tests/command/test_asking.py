"""The commands that ask TikTok, with a simulated one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from twisted.internet import reactor
from twisted.internet.defer import Deferred
from twisted.internet.utils import getProcessOutputAndValue
from twisted.python.usage import UsageError
from twisted.trial.unittest import TestCase

from tests.command.case import CommandCase
from tests.stack.case import StackTestCase
from tests.test_tap import HEADER
from tiktoklive.command import gifts, info, is_live, record, replay, send, video
from tiktoklive.command.asking import AskingOptions, answer
from tiktoklive.errors import InvalidResponseError, UserOfflineError
from tiktoklive.model import Status
from tiktoklive.simulator import Simulator
from tiktoklive.wiring import Wiring


class AskingTests(StackTestCase):
    """What is asked, and what comes of it."""

    def ask(
        self, options: AskingOptions, question: Callable[[Wiring], Awaitable[Any]]
    ) -> Deferred[Any]:
        """Ask; the parts that were made for it are closed afterwards."""
        options.network = self.network
        asked = Deferred.fromCoroutine(answer(options, question))
        self.settle(3)
        return asked

    def parse(self, kind: Any, *arguments: str, **environ: str) -> Any:
        """Options, with our clock."""
        options = kind(self.clock, environ)
        options.parseOptions(list(arguments))
        return options

    def test_info(self) -> None:
        """info finds the room and asks once for its details; people get the facts."""
        options = self.parse(info.Options, "@alice")
        found = self.successResultOf(self.ask(options, lambda w: info.fetch(w, "alice")))
        facts = dict(info.facts(found))
        self.assertEqual(("@alice", "live"), (facts["user"], facts["status"]))
        self.assertEqual(self.room.room_id, facts["room"])
        asked = [each.path for each in self.tiktok.requests if "room/info" in each.path]
        self.assertEqual(1, len(asked))

    def test_video(self) -> None:
        """video asks for the details of a user who is live; info shows the same addresses."""
        options = self.parse(video.Options, "@alice")
        found = self.successResultOf(self.ask(options, lambda w: video.fetch(w, "alice")))
        self.assertEqual(("origin", "flv"), (found[0].quality, found[0].format))
        options = self.parse(info.Options, "@alice")
        told = self.successResultOf(self.ask(options, lambda w: info.fetch(w, "alice")))
        facts = dict(info.facts(told))
        self.assertEqual(found[0].url, facts["video origin flv h264 1920x1080"])
        self.assertEqual({}, {k: v for k, v in info.facts({**told, "status": 4}) if "video" in k})
        self.room.end(say=False)
        options = self.parse(video.Options, "@alice")
        self.failureResultOf(self.ask(options, lambda w: video.fetch(w, "alice")), UserOfflineError)

    def test_video_wanted(self) -> None:
        """Quality and format choose; where there is none like it the error says what there is."""
        found = self.successResultOf(
            self.ask(self.parse(video.Options, "@alice"), lambda w: video.fetch(w, "alice"))
        )
        for quality, kind, best in (
            ("", "", ("origin", "flv")),
            ("", "hls", ("origin", "hls")),
            ("hd", "", ("hd", "flv")),
            ("hd", "hls", ("hd", "hls")),
        ):
            first = video.wanted(found, "alice", quality, kind)[0]
            self.assertEqual(best, (first.quality, first.format))
        said = str(self.assertRaises(InvalidResponseError, video.wanted, found, "a", "sd", "hls"))
        self.assertIn("no video of @a in sd by hls, but in origin by flv, origin by hls, uhd", said)
        error = self.assertRaises(InvalidResponseError, video.wanted, (), "a", "", "")
        self.assertIn("no address for the video of @a", str(error))
        for flag, word in (("--quality", "best"), ("--format", "mp4")):
            said = str(self.assertRaises(UsageError, self.parse, video.Options, flag, word, "@a"))
            self.assertIn(f"{flag} must be one of", said)

    def test_gifts(self) -> None:
        """gifts gets TikTok's list."""
        options = self.parse(gifts.Options, "@alice")
        found = self.successResultOf(self.ask(options, lambda w: gifts.fetch(w, "alice")))
        self.assertIn("Rose", [gift["name"] for gift in found])

    def test_offline(self) -> None:
        """Of a user who is not live, the last broadcast is shown if there was one, and gifts."""
        self.room.like_count = 1234
        self.settle(3600)
        self.room.end(say=False)
        self.tiktok.add_room("nora", status=Status.ENDED)
        options = self.parse(info.Options, "@alice")
        found = self.successResultOf(self.ask(options, lambda w: info.fetch(w, "alice")))
        facts = dict(info.facts(found))
        self.assertEqual(("over", "1,234"), (facts["status"], facts["likes"]))
        self.assertLess(facts["since"], facts["until"])
        self.failureResultOf(self.ask(options, lambda w: info.fetch(w, "nora")), UserOfflineError)
        options = self.parse(gifts.Options, "@nora")
        found = self.successResultOf(self.ask(options, lambda w: gifts.fetch(w, "nora")))
        self.assertIn("Rose", [gift["name"] for gift in found])

    def test_is_live(self) -> None:
        """is-live tells who is live, who is not and of whom there is no telling, in order."""
        self.tiktok.add_room("bea").end(say=False)
        options = self.parse(is_live.Options, "nobody", "@alice", "bea")
        answers = self.successResultOf(self.ask(options, lambda w: is_live.look(w, options.users)))
        self.assertEqual(["nobody", "alice", "bea"], [each["user"] for each in answers])
        self.assertEqual([None, True, False], [each["live"] for each in answers])
        self.assertIn("@nobody", answers[0]["error"])
        self.assertEqual(self.room.room_id, answers[1]["room"])

    def test_send(self) -> None:
        """send says it as the account of the environment."""
        session = self.tiktok.add_session("bot")
        options = self.parse(send.Options, "@alice", "hello", "all", TIKTOKLIVE_SESSION_ID=session)
        taken = self.successResultOf(
            self.ask(options, lambda w: send.say(w, "alice", options.text))
        )
        self.assertEqual("hello all", taken["content"])


class ProcessTests(TestCase):
    """The whole command, over TCP."""

    timeout = 60

    def setUp(self) -> None:
        self.simulator = Simulator(reactor, seed=1)  # type: ignore[arg-type]
        self.simulator.add_room("alice")
        listen: Any = reactor
        self.port = listen.listenTCP(0, self.simulator.site(), interface="127.0.0.1")
        self.addCleanup(self.port.stopListening)
        self.addCleanup(self.simulator.stop)

    async def run_it(self, *arguments: str, **environ: str) -> tuple[int, str, str]:
        """Exit status, standard output and standard error."""
        base = f"http://127.0.0.1:{self.port.getHost().port}"
        name, *others = arguments
        bases = ["--web-base", base, "--webcast-base", base]
        out, err, status = await getProcessOutputAndValue(
            sys.executable,
            ["-m", "tiktoklive.command.main", name, *bases, *others],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environ},
        )
        return status, out.decode("utf-8"), err.decode("utf-8")

    async def test_is_live(self) -> None:
        """The exit status tells scripts whether all are live, and whether it can be told."""
        status, out, err = await self.run_it("is-live", "alice")
        self.assertEqual((0, ""), (status, err))
        self.assertRegex(out, r"\A@alice  live in room \d+\n\Z")
        self.simulator.add_room("bea").end(say=False)
        status, out, _ = await self.run_it("is-live", "alice", "bea", "--json")
        self.assertEqual((1, [True, False]), (status, [each["live"] for each in json.loads(out)]))
        status, out, _ = await self.run_it("is-live", "nobody", "alice")
        self.assertEqual(3, status)
        self.assertIn("@nobody  unknown: ", out)

    async def test_info_and_gifts(self) -> None:
        """Both are for people, and for programs with --json."""
        status, out, err = await self.run_it("info", "@alice")
        self.assertEqual((0, ""), (status, err))
        self.assertIn("live", out)
        status, out, _ = await self.run_it("gifts", "@alice", "--json")
        self.assertEqual(0, status)
        self.assertIn("Rose", [gift["name"] for gift in json.loads(out)])
        status, out, _ = await self.run_it("gifts", "@alice")
        self.assertRegex(out, r"(?m)^ +1 +5655 +Rose$")

    async def test_video(self) -> None:
        """One address alone on a line for people and players, all that fit for programs."""
        status, out, err = await self.run_it("video", "@alice", "--quality", "HD")
        self.assertEqual((0, ""), (status, err))
        self.assertRegex(out, r"\Ahttps://[!-~]+_hd\.flv\?[!-~]+\n\Z")
        status, out, _ = await self.run_it("video", "alice", "--format", "hls", "--json")
        told = json.loads(out)
        self.assertEqual((0, ["origin", "hd"]), (status, [each["quality"] for each in told]))
        self.assertEqual({"url", "quality", "format", "codec", "size"}, set(told[0]))
        for words in (["--quality", "sd", "--format", "hls"], ["--quality", "ld"]):
            status, out, err = await self.run_it("video", "alice", *words)
            self.assertEqual((1, ""), (status, out))
            self.assertRegex(err, r"\Atiktoklive: There is no video [^\n]+\n\Z")
        status, out, err = await self.run_it("video", "alice", "--format", "mp4")
        self.assertEqual((2, ""), (status, out))
        self.assertIn("--format must be one of flv, hls", err)

    async def test_failure(self) -> None:
        """What TikTok refuses is status 1 and one sentence, without a session in it."""
        status, out, err = await self.run_it(
            "send", "alice", "hi", TIKTOKLIVE_SESSION_ID="0123456789abcdef0123456789abcdef"
        )
        self.assertEqual((1, ""), (status, out))
        self.assertRegex(err, r"\Atiktoklive: [^\n]+\n\Z")
        self.assertNotIn("0123456789abcdef", err)


class TapeTests(CommandCase):
    """record and replay are the daemon with a tape."""

    def test_plan(self) -> None:
        """The tape stands in front of the users; other options are the daemon's."""
        tape = f"{self.mktemp()}.jsonl"
        options = record.Options(None, {})
        options.parseOptions([tape, "@anna", "--output", "jsonl:-", "bob"])
        plan = options.plan
        self.assertEqual((tape, ("anna", "bob")), (plan.record, plan.users))
        self.assertEqual(("jsonl:-",), plan.outputs)
        with open(tape, "w", encoding="utf-8") as file:
            file.write(HEADER)
        played = replay.Options(None, {})
        played.parseOptions([tape, "--speed", "0"])
        self.assertEqual(
            (tape, 0.0, ()), (played.plan.replay, played.plan.speed, played.plan.users)
        )
