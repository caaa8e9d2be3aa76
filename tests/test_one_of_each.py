"""What the package has one of is not made by hand a second time."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

PACKAGE = Path(__file__).resolve().parent.parent / "tiktoklive"

Rule = Callable[[ast.AST], bool]


def is_call(node: ast.AST | None, *names: str) -> bool:
    """Whether a method or function of such a name is called."""
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in names


def is_first_key(node: ast.AST) -> bool:
    """``next(iter(...))``."""
    return is_call(node, "next") and any(is_call(each, "iter") for each in ast.walk(node))


def forgets_oldest(node: ast.AST) -> bool:
    """``del d[next(iter(d))]``, ``d.pop(next(iter(d)))`` or ``d.popitem(last=False)``."""
    if isinstance(node, ast.Delete):
        return any(is_first_key(t.slice) for t in node.targets if isinstance(t, ast.Subscript))
    if is_call(node, "pop"):
        assert isinstance(node, ast.Call)
        return any(map(is_first_key, node.args))
    return is_call(node, "popitem")


def fires_all(node: ast.AST) -> bool:
    """A loop over Deferreds that fires each."""
    if not isinstance(node, ast.For | ast.AsyncFor):
        return False
    targets = {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
    return any(
        is_call(each, "callback", "errback")
        and isinstance(each, ast.Call)
        and isinstance(each.func, ast.Attribute)
        and isinstance(each.func.value, ast.Name)
        and each.func.value.id in targets
        for each in ast.walk(node)
    )


def is_passed(node: ast.AST) -> bool:
    """The time since something: ``now - since`` or ``clock.seconds() - since``."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Sub)
        and (
            (isinstance(node.left, ast.Name) and node.left.id == "now")
            or is_call(node.left, "seconds")
        )
    )


def logs_seldom(node: ast.AST) -> bool:
    """A line of the log that depends on how long something was ago."""
    if not isinstance(node, ast.If):
        return False
    compared = (each for each in ast.walk(node.test) if isinstance(each, ast.Compare))
    told = (each for line in node.body for each in ast.walk(line) if isinstance(each, ast.Call))
    return any(is_passed(part) for each in compared for part in ast.walk(each)) and any(
        isinstance(each.func, ast.Attribute)
        and isinstance(each.func.value, ast.Attribute)
        and each.func.value.attr in ("log", "_log")
        for each in told
    )


def doubles(node: ast.AST) -> bool:
    """``first * 2.0 ** failures``."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Pow)
        and isinstance(node.left, ast.Constant)
        and node.left.value == 2
        and not isinstance(node.right, ast.Constant)
    )


def refills(node: ast.AST) -> bool:
    """``level + (now - since) * rate``."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult):
        return False
    return is_passed(node.left) or is_passed(node.right)


def takes_cookies_apart(node: ast.AST) -> bool:
    """What splits a text at ";" and "=", or puts it together from such."""
    parts = list(ast.walk(node))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return any(has(each, ";", "split") for each in parts) and any(
            has(each, "=", "split", "partition") for each in parts
        )
    return has(node, "; ", "join") and any(
        isinstance(each, ast.JoinedStr)
        and any(isinstance(each, ast.Constant) and each.value == "=" for each in each.values)
        for each in parts
    )


def has(node: ast.AST, text: str, *names: str) -> bool:
    """A call of that name, of or with that text: ``text.join(...)``, ``split(text)``."""
    if not is_call(node, *names) or not isinstance(node, ast.Call):
        return False
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    return any(
        isinstance(each, ast.Constant) and each.value == text for each in (owner, *node.args)
    )


#: What a second client of HTTP to the world would be made of.
CLIENTS = frozenset(
    (
        "usingEndpointFactory CookieAgent CookieJar RedirectAgent BrowserLikeRedirectAgent "
        "ContentDecoderAgent HTTPClient HTTP11ClientProtocol getPage readBody"
    ).split()
)


def is_client(node: ast.AST) -> bool:
    """A part of a client, by its name."""
    if isinstance(node, ast.ImportFrom):
        return any(alias.name in CLIENTS for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr in CLIENTS


#: What there is one of, how others would be known, and where it may be seen nevertheless.
RULES: dict[str, tuple[Rule, dict[str, str]]] = {
    "bounded.BoundedMap": (forgets_oldest, {}),
    "deferreds.Waiters": (
        fires_all,
        {"outputs.queue": "each waits for another number of items"},
    ),
    "logs.LogThrottle": (logs_seldom, {}),
    "pacing.backoff.doubling": (
        doubles,
        {"stream.liveness": "a limit that rises, and no pause"},
    ),
    "pacing.bucket.TokenBucket": (refills, {}),
    "net.web": (is_client, {"net.exchange": "the agent below it"}),
    "net.cookies": (
        takes_cookies_apart,
        {
            "net.handshake": "the server's options, written like cookies",
            "simulator.requests": "the server's side",
            "simulator.signserver": "the server's side",
        },
    ),
}


def seen(rule: Rule, nodes: Iterable[ast.AST]) -> list[int]:
    """The lines in which a rule finds something."""
    return [getattr(node, "lineno", 0) for node in nodes if rule(node)]


def nodes_of(source: str) -> list[ast.AST]:
    """All that a module is made of."""
    return list(ast.walk(ast.parse(source)))


def modules() -> Iterator[tuple[str, str]]:
    """Name and text of the modules of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not path.name.endswith("_pb2.py"):
            yield ".".join(path.relative_to(PACKAGE).with_suffix("").parts), path.read_text("utf-8")


class OneOfEachTests(SynchronousTestCase):
    """The modules of the package."""

    def test_one(self) -> None:
        """Nothing looks like a copy; what does is in the table, with its reason."""
        wrong, known = [], set()
        for name, source in modules():
            nodes = nodes_of(source)
            for one, (rule, allowed) in RULES.items():
                for line in seen(rule, nodes):
                    if name in allowed:
                        known.add((one, name))
                    elif not one.startswith(name):
                        wrong.append(f"{name}:{line}: is that another {one}?")
        self.assertEqual([], wrong, "\n" + "\n".join(wrong))
        listed = {(one, name) for one, (_, allowed) in RULES.items() for name in allowed}
        self.assertEqual(listed, known, "gone: take them out of RULES")

    def test_found(self) -> None:
        """The rules find what they are there to find, and leave alone what only looks like it."""
        for rule, copies, others in (
            (
                forgets_oldest,
                ("del d[next(iter(d))]", "d.popitem(last=False)", "d.pop(next(iter(d)))"),
                ("del d[key]", "d.pop(key)", "first = next(iter(d))"),
            ),
            (
                fires_all,
                ("for d in self.w: d.callback(None)", "for n, d in w:\n if n: d.errback(e)"),
                ("self.done.callback(None)", "for each in w: each.cancel()"),
            ),
            (
                logs_seldom,
                (
                    "if now - self.at >= 60: self.log.warn('x')",
                    "if a and self.clock.seconds() - at > 9:\n b()\n self._log.info('x')",
                ),
                ("if now - self.at >= 60: self.look()", "if again: self.log.warn('x')"),
            ),
            (doubles, ("x = min(1 * 2.0 ** n, 60)", "2 ** n"), ("2 ** 10", "n ** 2", "10 ** n")),
            (
                is_client,
                ("from twisted.web.client import CookieAgent", "Agent.usingEndpointFactory(a, b)"),
                ("from tiktoklive.net.web import Web", "Agent(reactor)"),
            ),
            (refills, ("level + (now - since) * rate",), ("now - since * rate",)),
            (
                takes_cookies_apart,
                (
                    "def f(text):\n for each in text.split(';'): each.partition('=')",
                    "'; '.join(f'{name}={value}' for name, value in pairs)",
                ),
                ("def f(text): return text.split(';')", "'; '.join(rules)", "join(a, b)"),
            ),
        ):
            self.assertEqual(
                [True] * len(copies), [bool(seen(rule, nodes_of(each))) for each in copies]
            )
            self.assertEqual(
                [False] * len(others), [bool(seen(rule, nodes_of(each))) for each in others]
            )
