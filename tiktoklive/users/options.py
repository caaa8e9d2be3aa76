"""What a user may have of their own: a way in, an account, a proxy, and where the events go."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from tiktoklive.described.rules import absolute_path, each_once
from tiktoklive.described.rules import shown as value_shown
from tiktoklive.described.setting import described, setting, setting_of
from tiktoklive.described.userinfo import has_user
from tiktoklive.errors import InvalidUserOptionsError
from tiktoklive.interfaces import ISourceMaker
from tiktoklive.net.rules import proxy_address
from tiktoklive.plugins import kinds, split_description

__all__ = ["UserOptions"]

#: What stands in the place of a proxy's address for none, where all others have one.
NO_PROXY: Final = "none"

#: The options that name files.
FILES: Final = ("session_file", "proxy_file")

#: Those that are lists.
LISTS: Final = ("sources", "outputs")


def _texts(names: tuple[str, ...]) -> tuple[str, ...]:
    if not all(isinstance(name, str) for name in names) or "" in names:
        raise ValueError("must be a list of texts in quotes")
    return names


def _sources(names: tuple[str, ...]) -> tuple[str, ...]:
    known = [maker.kind for maker in kinds(ISourceMaker)]
    for name in each_once(_texts(names)):
        if split_description(name)[0] not in known:
            raise ValueError(f"must be of {', '.join(known)}, not {value_shown(name)}")
    return names


def _proxy(address: str) -> str:
    if address == NO_PROXY:
        return address
    if has_user(proxy_address(address)):
        raise ValueError(
            "must be without a user, which may be a secret, and without a password: put the "
            "address into a file, for proxy_file"
        )
    return address


def _lane(name: str) -> str:
    if not name.strip():
        raise ValueError("must be the name of a lane")
    return name


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


@described
@dataclass(frozen=True, slots=True)
class UserOptions:
    """
    The options of one user, in the place of those that all others have.

    None of them is a secret: these stand in files, which are named here.
    """

    sources: tuple[str, ...] | None = field(
        default=None,
        metadata=setting(
            "which ways into a room are tried, in this order", _sources, example=("signed",)
        ),
    )
    session_file: str | None = field(
        default=None,
        metadata=setting(
            "a file with the session id of an account, which only its owner may read; on a second "
            "line, the account's data centre (``tt_target_idc``). The user is watched by this "
            "account, and by a guest of their own",
            absolute_path,
            example="alice.session",
        ),
    )
    proxy: str | None = field(
        default=None,
        metadata=setting(
            "a proxy for requests and WebSockets, without user and password; ``none`` for none. A "
            "user with another proxy than all others has a guest, and look-ups, of its own",
            _proxy,
            example="socks5://proxy.example.org:1080",
        ),
    )
    proxy_file: str | None = field(
        default=None,
        metadata=setting(
            "a file with the address of a proxy with user and password, which only its owner may "
            "read",
            absolute_path,
            example="alice.proxy",
        ),
    )
    lane: str | None = field(
        default=None,
        metadata=setting(
            "the lane by which all that it asks goes, whatever becomes of that; not together with "
            "a proxy. A user with a session, sources or a list of gifts of its own stays in one "
            "lane in any case: in this one, or in that which has the daemon's session",
            _lane,
            example="home",
        ),
    )
    enable_extended_gift_info: bool | None = field(
        default=None,
        metadata=setting("ask for the list of gifts, to add to each gift", _boolean, example=True),
    )
    outputs: tuple[str, ...] | None = field(
        default=None,
        metadata=setting(
            "the outputs that get the user's events, by kind or by name: ``jsonl``, or "
            "``jsonl-2`` for the second output, if that is a ``jsonl``",
            _texts,
            example=("jsonl",),
        ),
    )

    def __post_init__(self) -> None:
        for each in fields(self):
            value, rule = getattr(self, each.name), setting_of(each).rule
            if value is None or rule is None:
                continue
            try:
                object.__setattr__(self, each.name, rule(value))
            except ValueError as error:
                raise InvalidUserOptionsError(f"{each.name} {error}.") from None
        if self.proxy is not None and self.proxy_file is not None:
            raise InvalidUserOptionsError("proxy and proxy_file are given: leave out one of both.")
        if self.lane is not None and (self.proxy is not None or self.proxy_file is not None):
            raise InvalidUserOptionsError("lane and a proxy are given: leave out one of both.")

    def __bool__(self) -> bool:
        """Whether anything is not as for all others."""
        return any(getattr(self, each.name) is not None for each in fields(self))


def read_options(values: object, home: Path | None = None, *, bare: bool = False) -> UserOptions:
    """
    Options as they stand in TOML or JSON.

    :param home: the directory of files that are named without one; that of the process if it is
        left out.
    :param bare: whether files may be named in that directory alone, of which there must be one.
    :raise InvalidUserOptionsError: there is no such key, or its value cannot be that.
    """
    if not isinstance(values, Mapping):
        raise InvalidUserOptionsError("The options must be a table of keys and values.")
    given: dict[str, Any] = {}
    for key, value in values.items():
        given[key] = tuple(value) if key in LISTS and isinstance(value, list) else value
        if key in LISTS and not isinstance(value, list):
            raise InvalidUserOptionsError(f"{key} must be a list of texts in quotes.")
        if key in FILES and isinstance(value, str):
            given[key] = _in_home(key, value, home, bare)
    try:
        return UserOptions(**given)
    except TypeError as error:
        said = str(error).removeprefix(f"{UserOptions.__name__}: ")
        said = said.replace("True or False", "true or false")  # as TOML and JSON have them
        raise InvalidUserOptionsError(said.replace(UserOptions.__name__, "A user")) from None


def _in_home(key: str, name: str, home: Path | None, bare: bool) -> str:
    if bare:
        if home is None:
            raise InvalidUserOptionsError(
                f"{key} names a file beside the state file or the users file, and there is neither."
            )
        if os.path.basename(name) != name or name in ("", os.curdir, os.pardir):
            raise InvalidUserOptionsError(
                f"{key} must be the bare name of a file in the directory of the state file, or of "
                "the users file where there is no state file."
            )
    # What is no name is refused as what it is, and not as the directory.
    return name if home is None or not name.strip() else str(home / name)


def as_shape(options: UserOptions) -> dict[str, Any]:
    """Options as JSON, for :func:`read_options`; what is as for all others is not there."""
    shape: dict[str, Any] = {}
    for each in fields(options):
        value = getattr(options, each.name)
        if value is not None:
            shape[each.name] = list(value) if isinstance(value, tuple) else value
    return shape


def shown(options: UserOptions) -> dict[str, Any]:
    """The same for others to see: of files the bare names."""
    seen = {key: os.path.basename(getattr(options, key) or "") or None for key in FILES}
    return {**as_shape(options), **{key: value for key, value in seen.items() if value is not None}}
