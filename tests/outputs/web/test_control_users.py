"""The API for users with options of their own, and for the list that they come from."""

from __future__ import annotations

from tests.outputs.web.test_control import RoomsCase, Unchangeable
from tiktoklive.errors import InvalidUserOptionsError


class UsersTests(RoomsCase):
    """What the API does with them."""

    def test_options(self) -> None:
        """A user may come with options of its own, which are shown without secrets."""
        options = {"session_file": "cleo.session", "proxy": "http://h:1", "outputs": ["web"]}
        added = self.change("POST", "/api/rooms", {"name": "cleo", "options": options})
        self.assertEqual((201, options), (added.status, added.json["options"]))
        self.assertEqual({}, self.ask("/api/rooms/anna").json["options"])
        for bad, said in (
            ({"colour": "red"}, "no setting 'colour'"),
            ({"session_file": "/etc/passwd"}, "bare name"),
        ):
            refused = self.change("POST", "/api/rooms", {"name": "dora", "options": bad})
            self.assertEqual((409, "options"), (refused.status, refused.json["code"]))
            self.assertIn(said, refused.json["error"])
        for body in ({"name": "dora", "options": []}, {"options": {}}):
            self.assertEqual(400, self.change("POST", "/api/rooms", body).status)
        self.assertEqual(400, self.change("PATCH", "/api/rooms/anna", body).status)
        self.web.control(Unchangeable(self.rooms))
        refused = self.change("POST", "/api/rooms", {"name": "dora", "options": {}})
        self.assertEqual((503, "options"), (refused.status, refused.json["code"]))

    def test_reload(self) -> None:
        """The list of users is read again, or it is said why it is not followed."""
        self.rooms.changes = {"added": ["cleo"], "removed": [], "renamed": ["ben"]}
        done = self.change("POST", "/api/reload")
        self.assertEqual((200, self.rooms.changes), (done.status, done.json))
        for error, code in (
            (InvalidUserOptionsError("users.toml: @al: no."), "list"),
            (LookupError("There is no users file."), "no-list"),
        ):
            self.rooms.changes = error
            refused = self.change("POST", "/api/reload")
            expected = {"code": code, "error": str(error)}
            self.assertEqual((409, expected), (refused.status, refused.json))
        self.web.control(Unchangeable(self.rooms))
        refused = self.change("POST", "/api/reload")
        self.assertEqual((503, "list"), (refused.status, refused.json["code"]))
