"""What fields say of themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from twisted.trial.unittest import SynchronousTestCase

from tiktoklive.described.setting import Setting, described, setting, setting_of


@described
@dataclass(frozen=True, slots=True)
class Sound:
    """How it sounds."""

    volume: float = field(default=1.0, metadata=setting("how loud it is", flag="volume"))
    high: bool = field(default=False, metadata=setting("whether it is high"))


class SettingTests(SynchronousTestCase):
    """A field's metadata."""

    def test_of_field(self) -> None:
        """What a field says is read back as it was written."""
        volume, high = fields(Sound)
        self.assertEqual(Setting("how loud it is", flag="volume"), setting_of(volume))
        self.assertEqual("", setting_of(high).flag)

    def test_silent_field(self) -> None:
        """A field that says nothing is no setting, and is named."""

        @dataclass
        class Silent:
            volume: float = 1.0

        with self.assertRaisesRegex(LookupError, "volume does not say what it is"):
            setting_of(fields(Silent)[0])

    def test_unknown(self) -> None:
        """A field can't say what nobody reads."""
        self.assertRaises(TypeError, setting, "how loud it is", flags="volume")

    def test_docstring(self) -> None:
        """The docstring of the class tells of each field."""
        self.assertEqual(
            "How it sounds.\n\n:ivar volume: how loud it is.\n:ivar high: whether it is high.\n",
            Sound.__doc__,
        )
        self.assertEqual((0.5, False), (Sound(volume=0.5).volume, Sound().high))
