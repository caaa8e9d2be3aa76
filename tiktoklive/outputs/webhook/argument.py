"""Kind ``webhook``: what is said of it on the command line, and what is made of that."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from twisted.web.iweb import IAgentEndpointFactory

from tiktoklive.errors.isolation import said_by
from tiktoklive.events.table import METHODS
from tiktoklive.files.lock import FileLock
from tiktoklive.files.secret import read_private
from tiktoklive.interfaces import PartWiring
from tiktoklive.net.network import DirectNetwork
from tiktoklive.net.public_only import PublicNetwork
from tiktoklive.net.web import uri_of
from tiktoklive.outputs.arguments import (
    QUEUE,
    duration,
    file_to_write,
    read_options,
    seconds,
    size,
    waiting,
    whole,
    yes,
)
from tiktoklive.outputs.databaserunner import Database
from tiktoklive.outputs.webhook.deliverer import Deliverer
from tiktoklive.outputs.webhook.outbox import OUTBOX, Bounds
from tiktoklive.outputs.webhook.output import BATCH, GATHER, LIMIT, Webhook
from tiktoklive.outputs.webhook.signature import parse_secrets

#: Where the secret is, unless an option says otherwise.
SECRET = "TIKTOKLIVE_WEBHOOK_SECRET"


_OPTIONS: dict[str, Callable[[str], Any]] = {
    "events": str,
    "secret-file": str,
    "secret-env": str,
    "private": yes,
    "outbox": str,
    "hold": whole,
    "age": duration,
    "size": size,
    "batch": whole,
    "gather": seconds,
    **QUEUE,
}


def make(wiring: PartWiring, argument: str, environ: Mapping[str, str] = os.environ) -> Webhook:
    """
    Make the output.

    :param argument: an address, and options as its fragment, which no server sees.
    :raise ValueError: the address, an option or the secret is no good.
    """
    url, _, rest = argument.partition("#")
    options = read_options(rest, _OPTIONS)
    events = _events(options["events"]) if "events" in options else None
    host = _checked(url, options.get("private", False))
    name, reactor = f"webhook:{host}", wiring.reactor
    secrets = parse_secrets(_secret(options, environ))
    path = file_to_write(options["outbox"]) if "outbox" in options else _outbox(url, environ)
    # Not wiring.network: proxies are for TikTok, and look up names out of our sight.
    network: IAgentEndpointFactory
    network = DirectNetwork(reactor) if options.get("private") else PublicNetwork(reactor)
    database = Database(path, OUTBOX, reactor)
    return Webhook(
        name,
        database,
        Deliverer(name, database, url, secrets, network, reactor, Random()),
        reactor,
        events=events,
        bounds=Bounds(
            options.get("hold", Bounds().events),
            float(options.get("age", Bounds().age)),
            options.get("size", Bounds().size),
        ),
        batch=options.get("batch", BATCH),
        gather=options.get("gather", GATHER),
        lock=FileLock(path),
        directory=None if "outbox" in options else path.parent,
        **waiting(options, LIMIT),
    )


def _checked(url: str, private: bool) -> str:
    """The host of an address that can be sent to."""
    try:
        parts = urlsplit(url)
        uri_of(url)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("say where to send: webhook:https://HOST/PATH.")
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address with a user or a password is not used: deliveries are signed.")
    if parts.scheme == "http" and not private:
        raise ValueError("http can be read on its way: use https, or add #private=1 at home.")
    return parts.hostname


def _events(text: str) -> frozenset[str]:
    """Names of events, with commas."""
    known = sorted(set(METHODS.values()))
    names = text.split(",")
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f": perhaps {near[0]} is meant" if near else ""
            raise ValueError(f"events: there is no event named {name!r}{hint}.")
    return frozenset(names)


def _secret(options: Mapping[str, Any], environ: Mapping[str, str]) -> str:
    if "secret-file" in options:
        if "secret-env" in options:
            raise ValueError("give secret-file or secret-env, not both.")
        try:
            return read_private(options["secret-file"], environ)
        except OSError as error:
            # Without its name: it may be the secret itself.
            raise ValueError(f"secret-file cannot be read: {said_by(error)}.") from None
    variable = options.get("secret-env", SECRET)
    text = environ.get(variable, "")
    if not text.strip():
        raise ValueError(
            f"there is no secret: set {variable} to whsec_ and 24 to 64 bytes in base64, or name "
            "a file with #secret-file=FILE."
        )
    return text


def _outbox(url: str, environ: Mapping[str, str]) -> Path:
    """The file for what is to be sent to an address: where systemd says, or the user's state."""
    given = environ.get("STATE_DIRECTORY", "").partition(":")[0]
    if given:
        directory = Path(given)
    else:
        state = environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        directory = Path(state) / "tiktoklive"
    return directory.absolute() / f"webhook-{sha256(url.encode()).hexdigest()[:16]}.db"
