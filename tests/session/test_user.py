"""Whom a session follows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twisted.internet.defer import Deferred
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementer

from tests.seams import ROOM, Asked, Resolver
from tiktoklive.errors import (
    AllFailedError,
    BlockedError,
    InvalidResponseError,
    OtherUserError,
    Remedy,
    UserNotFoundError,
    UserOfflineError,
)
from tiktoklive.interfaces import IUserNames
from tiktoklive.session.user import FollowedUser, NewName

ID = "6672446849804223493"
HERE = replace(ROOM, anchor_id=ID)
NOBODY = UserNotFoundError("TikTok knows no @alice.")


@implementer(IUserNames)
class Names(Asked):
    """Knows what users are called."""

    def unique_id(self, anchor_id: str) -> Deferred[str | None]:
        return self.ask(anchor_id).addCallback(lambda name: name or None)


class WhomTests(SynchronousTestCase):
    """alice, who was found once."""

    def setUp(self) -> None:
        self.resolver = Resolver(HERE)
        self.names = Names("alice2")
        self.followed_user = FollowedUser("alice")
        self.assertEqual(HERE, self.successResultOf(self.look()))

    def look(self, *answers: Any, patient: bool = True) -> Deferred[Any]:
        """Look her up."""
        self.resolver.answers = list(answers) or self.resolver.answers
        names = self.names if patient else None
        return Deferred.fromCoroutine(self.followed_user.look_up(self.resolver, names))

    def fails(self, kind: type[Exception], *answers: Any, patient: bool = True) -> Any:
        """The error of a look-up: exactly of that kind."""
        error = self.failureResultOf(self.look(*answers, patient=patient)).value
        self.assertEqual(kind.__name__, type(error).__name__)
        return error

    def test_found(self) -> None:
        """As long as the answers are about her, nobody else is asked."""
        self.look(replace(HERE, room_id="5"), UserOfflineError("off", anchor_id=ID))
        self.fails(UserOfflineError)
        self.look(ROOM)  # a source that tells no id
        self.look(replace(ROOM, anchor_id="0"))
        self.fails(BlockedError, BlockedError("no"))
        self.assertEqual(([], ID), (self.names.questions, self.followed_user.anchor_id))

    def test_id_of_somebody_offline(self) -> None:
        """Who is not live tells the id as well."""
        self.followed_user = FollowedUser("alice")
        self.fails(UserOfflineError, UserOfflineError("off", anchor_id=ID))
        self.assertEqual(ID, self.followed_user.anchor_id)

    def test_guess(self) -> None:
        """One of several look-ups that does not find her is reason enough to ask."""
        said = [("api-live", BlockedError("403")), ("page", NOBODY)]
        found = self.look(AllFailedError("Nobody knows @alice.", said))
        self.assertEqual(
            NewName("alice", "alice2", "Nobody knows @alice.", True), self.successResultOf(found)
        )

    def test_offline_stranger(self) -> None:
        """Somebody who is not live and has the name is somebody else all the same."""
        found = self.successResultOf(self.look(UserOfflineError("off", anchor_id="7")))
        self.assertEqual(("alice", "alice2", True), (found.old, found.new, found.certain))
        self.assertIn("@alice is the name of another user by now: of 7", found.why)
        self.assertEqual([(ID,)], self.names.questions)
        self.assertEqual(ID, self.followed_user.anchor_id)

    def test_impatient(self) -> None:
        """Without anybody to ask, whoever has the name is meant from then on."""
        self.fails(UserNotFoundError, NOBODY, patient=False)
        self.look(replace(HERE, anchor_id="7"), patient=False)
        self.assertEqual(("7", []), (self.followed_user.anchor_id, self.names.questions))

    def test_other_user(self) -> None:
        """The page of another host is none of hers: who has her id is asked, and then waited."""
        other = OtherUserError("It is @bob's.", unique_id="bob", anchor_id="7")
        for answer in (other, AllFailedError("x", [("a", other), ("b", BlockedError("no"))])):
            self.names.answers = ["alice"]
            error = self.fails(InvalidResponseError, answer)
            self.assertIn("TikTok contradicts itself, so we wait", str(error))
            self.assertEqual((Remedy.WAIT, 60), (error.remedy, error.retry_after))
        self.fails(OtherUserError, other, patient=False)
        both = AllFailedError("x", [("a", other), ("b", other)])
        self.assertIn("x", str(self.fails(AllFailedError, both, patient=False)))
        self.assertEqual(ID, self.followed_user.anchor_id)
        self.names.answers = ["alice2"]
        found = self.successResultOf(self.look(other))
        self.assertEqual(("alice", "alice2", "It is @bob's."), (found.old, found.new, found.why))

    def test_other_user_at_first(self) -> None:
        """Before her id is known, that of somebody else is not taken for it."""
        other = OtherUserError("It is @bob's.", unique_id="bob", anchor_id="7")
        both = AllFailedError("x", [("a", other), ("b", other)])
        for patient in (True, False):
            self.followed_user = FollowedUser("alice")
            self.fails(OtherUserError, other, patient=patient)
            self.fails(AllFailedError, both, patient=patient)
            self.assertEqual(("alice", ""), self.names_of_her())
        self.assertEqual([], self.names.questions)

    def names_of_her(self) -> tuple[str, str]:
        """What is known of her."""
        return self.followed_user.unique_id, self.followed_user.anchor_id

    def test_shown_under_the_new_name(self) -> None:
        """Her old name leads to her page, which shows the new one: it is hers by the id."""
        renamed = OtherUserError("It is @alice2's.", unique_id="alice2", anchor_id=ID)
        for patient in (True, False):
            self.setUp()
            found = self.successResultOf(self.look(renamed, patient=patient))
            self.assertEqual(NewName("alice", "alice2", "It is @alice2's.", certain=True), found)
            self.assertEqual(([], ("alice2", ID)), (self.names.questions, self.names_of_her()))

    def test_no_telling(self) -> None:
        """If the profile is not shown, waiting helps; both errors are told."""
        self.names.answers = [BlockedError("a captcha", retry_after=7)]
        error = self.fails(AllFailedError, NOBODY)
        self.assertEqual((Remedy.WAIT, 7), (error.remedy, error.retry_after))
        self.assertIn("TikTok knows no @alice.", str(error))
        self.assertIn("a captcha", str(error))

    def test_hopeless(self) -> None:
        """Nobody has the id: the error stands."""
        self.names.answers = [""]
        self.assertIs(NOBODY, self.fails(UserNotFoundError, NOBODY))

    def test_not_found_and_there(self) -> None:
        """Who has the name and is not found may be found in a minute."""
        self.names.answers = ["Alice"]
        error = self.fails(InvalidResponseError, NOBODY)
        self.assertEqual((Remedy.WAIT, 60), (error.remedy, error.retry_after))
        self.assertIn("TikTok knows no @alice.", str(error))

    def test_new_name_unknown(self) -> None:
        """A new name under which nobody is found yet is waited for; the next one is uncertain."""
        self.look(NOBODY)
        error = self.fails(InvalidResponseError)
        self.assertEqual(Remedy.WAIT, error.remedy)
        self.names.answers = ["alice"]
        again = self.successResultOf(self.look())
        self.assertEqual(("alice2", "alice", False), (again.old, again.new, again.certain))
        self.look(HERE)
        self.names.answers = ["alice2"]
        self.assertTrue(self.successResultOf(self.look(NOBODY)).certain)

    def test_renamed_meanwhile(self) -> None:
        """Whatever is answered about a name that is not the present one any more is dropped."""
        found = self.look(None)
        self.followed_user.rename("alice3")
        self.resolver.answers = [HERE]
        self.resolver.waiting[0].errback(NOBODY)
        self.assertEqual(HERE, self.successResultOf(found))
        self.names.answers = [None]
        found = self.look(NOBODY)
        self.followed_user.rename("alice4")
        self.resolver.answers = [HERE]
        self.names.waiting[0].callback("alice5")
        self.assertEqual(HERE, self.successResultOf(found))
        names = [name for (name,) in self.resolver.questions]
        self.assertEqual(["alice", "alice", "alice3", "alice3", "alice4"], names)
