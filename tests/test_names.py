"""Names, sizes and places of the files of the project."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from twisted.trial.unittest import SynchronousTestCase

CHECKOUT = Path(__file__).resolve().parent.parent

#: Words that say nothing about TikTok LIVE or Twisted, and hide the subject.
HIDING = re.compile(r"handler|manager|processor|helper|utils?(?![a-z])", re.IGNORECASE)

#: Classes whose last word is Twisted's or Python's own.
BORROWED: set[str] = set()

#: Metaphors of our own, where the field has a word: a name must not have them as one of its words.
METAPHORS = frozenset(
    "asked beat buried bury cast courier course crowd crowded deaf drain gate guarded"
    " mischief mishap mishaps observed packed parcel passage places scenes seen seldom sidelights"
    " sink stage steps stored story told turns voice whom".split()
)

#: Names that have one all the same, as they stand under ``tiktoklive/``, and why.
KEPT = {
    "dispatch.dedup._Parcel": "the packing of ids is left as it is: it was measured byte by byte",
    "dispatch.dedup.packed": "as above; ids are packed at 8 bytes each",
    "errors.streams.DeafStreamError": "what is heard but not understood: the docs say it once",
    "logs.told_again": "it is told again: the verb, not a thing",
    "outputs.web.fanout.crowded": "an address that has its share of connections",
    "outputs.web.subscription.asked_for": "what a client asked for: the verb, not a thing",
    "session.machine.all_told": "all observers were told: the verb, not a thing",
    "session.retry.seen": "a look-up has seen the user: the verb, not a thing",
    "simulator.faults._deaf": "the fault behind DeafStreamError",
    "stream.liveness._deaf_limit": "the limit behind DeafStreamError",
    "stream.liveness.deaf_limit": "the limit behind DeafStreamError",
}

#: Classes of one name in several rooms, and why each is plain where it stands.
NAMESAKES = {
    "Answer": "an HTTP answer as net/ reads it, and as the simulator writes it",
    "Options": "Twisted's name for the options of a command, and that of 1.x for the settings",
}

#: Lines that a file may have, a test's too; one that nearly has as many was cut there, and not at
#: a seam.
LONGEST = 380

#: Modules that may lie at the root of the package: rooms have the others.
AT_THE_ROOT = 20

#: What log lines, errors and helps say of a user, an observer, a client, a server: what they are.
PERSONS = re.compile(
    r"(?<![\w-])(?:nobody|somebody|someone|anybody|anyone|whoever|whom"
    r"|(?<!user )(?<!users )(?<!those )who)\b",
    re.IGNORECASE,
)

#: Texts that have such a word all the same, and why.
NAMELESS = {"somebody": "a viewer without a name, where a name would stand"}

FOLDERS = {"tiktoklive", "twisted", "tests", "doc"}

#: What building and testing leave in a checkout; all of it is in .gitignore.
LEFTOVERS = re.compile(r"^(\..*|build|dist|.*\.egg-info|_trial_temp.*|__pycache__)$")

#: An absolute path of somebody's machine: a home, a place to build in, an environment.
MACHINE = re.compile(
    r"(?<![\w.:/~*{}$)])/(?:home|Users|root|work|mnt|workspace|private/tmp)/[A-Za-z0-9_.-]+"
    r"|/tmp/\w+/bin/"
    r"|(?<!\w)[A-Z]:\\\\?Users\b"
)

TEXTS = {"", *".py .pyi .proto .rst .toml .ini .cfg .in .html .js .css .sh".split()}

CAMEL = re.compile(r"^_{0,2}[a-z0-9]+[A-Z]")

#: Functions that Twisted looks up by these names in a module or calls on a class of ours
#: that inherits nothing which could be asked.
CALLED_BY_TWISTED = {"makeService"}


def is_generated(path: Path) -> bool:
    """True for the modules that protoc writes."""
    return path.stem.endswith("_pb2")


def our_modules() -> list[Path]:
    """The files of the package and of the plugin folder that people wrote."""
    found = [*(CHECKOUT / "tiktoklive").rglob("*.py"), *(CHECKOUT / "twisted").rglob("*.py")]
    return sorted(path for path in found if not is_generated(path))


def our_tests() -> list[Path]:
    """The files of the tests."""
    return sorted((CHECKOUT / "tests").rglob("*.py"))


def our_texts() -> Iterator[Path]:
    """Every text file of the project."""
    for entry in sorted(CHECKOUT.iterdir()):
        if entry.name == ".ci" or (entry.is_dir() and not LEFTOVERS.match(entry.name)):
            for path in sorted(entry.rglob("*")):
                inner = path.relative_to(entry).parts
                if "_build" in inner or "__pycache__" in inner:
                    continue
                if path.is_file() and path.suffix in TEXTS:
                    yield path
        elif entry.is_file() and entry.suffix in TEXTS and not entry.name.startswith("."):
            yield entry


def shown(path: Path) -> str:
    """The path as somebody in the checkout would type it."""
    return path.relative_to(CHECKOUT).as_posix()


class RuleTestCase(SynchronousTestCase):
    """A rule about files, of which every breach is shown at once."""

    def assertNothing(self, wrong: list[str]) -> None:
        """Fail with all of ``wrong``, one per line."""
        self.assertEqual([], wrong, "\n" + "\n".join(wrong))


class NamesTests(RuleTestCase):
    """Each name says its subject."""

    def test_words(self) -> None:
        """No module or class is named after the vague words of the conventions."""
        wrong = []
        for path in our_modules():
            if HIDING.search(path.stem) or (
                path.name == "__init__.py" and HIDING.search(path.parent.name)
            ):
                wrong.append(f"{shown(path)}: the file's name hides its subject")
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.ClassDef)
                    and HIDING.search(node.name)
                    and node.name not in BORROWED
                ):
                    wrong.append(f"{shown(path)}:{node.lineno}: {node.name} hides its subject")
        self.assertNothing(wrong)

    def test_metaphors(self) -> None:
        """No module, class or function has a metaphor of ours where the field has a word."""
        wrong = []
        for path in our_modules():
            for number, name in defined(path):
                if metaphors_in(name) and f"{room(path)}.{name}" not in KEPT:
                    wrong.append(f"{shown(path)}:{number}: {name} is a metaphor: say what it is")
        self.assertNothing(wrong)

    def test_persons(self) -> None:
        """No text of ours says nobody, somebody or whom where a user, a client or a server is."""
        wrong = [
            f"{shown(path)}:{line}: {text!r}: of what kind are they?"
            for path in our_modules()
            for line, text in texts_of(ast.parse(path.read_text("utf-8")))
            if PERSONS.search(text) and text not in NAMELESS
        ]
        page = CHECKOUT / "doc" / "daemon.rst"
        for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
            if PERSONS.search(line):
                wrong.append(f"{shown(page)}:{number}: {line}")
        self.assertNothing(wrong)

    def test_namesakes(self) -> None:
        """No two rooms have a public class of one name, unless each is plain where it stands."""
        places: dict[str, list[str]] = {}
        for path in our_modules():
            for name in classes_of(ast.parse(path.read_text("utf-8"))):
                places.setdefault(name, []).append(shown(path))
        self.assertNothing(namesakes(places))

    def test_snake_case(self) -> None:
        """camelCase is for methods of classes that extend or provide something, as Twisted does."""
        wrong = []
        for path in our_modules():
            tree = ast.parse(path.read_text("utf-8"))
            for function in own_functions(tree):
                if CAMEL.match(function.name) and function.name not in CALLED_BY_TWISTED:
                    wrong.append(f"{shown(path)}:{function.lineno}: {function.name}")
        self.assertNothing(wrong)


def room(path: Path) -> str:
    """Where a module stands below ``tiktoklive/``: ``outputs.web.site``."""
    inner = path.relative_to(CHECKOUT).with_suffix("").parts[1:]
    return ".".join(inner[:-1] if inner[-1:] == ("__init__",) else inner)


def words_of(name: str) -> list[str]:
    """The words of a name in any style, in lower case."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def metaphors_in(name: str) -> set[str]:
    """The words of a name that are refused."""
    return METAPHORS.intersection(words_of(name))


def defined(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of a module, its classes and its functions, those inside others too."""
    yield 1, path.parent.name if path.name == "__init__.py" else path.stem
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name


def texts_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and words of all texts but docstrings: what is logged, raised, and shown to people."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node.lineno, node.value if isinstance(node.value, str) else ""


def classes_of(tree: ast.Module) -> set[str]:
    """The classes that others may use: a private one is seen in its module alone."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def namesakes(places: dict[str, list[str]]) -> list[str]:
    """What is wrong with classes, by the files that have one of that name."""
    return [
        f"{name} is a class of {', '.join(files)}: what sets them apart?"
        for name, files in sorted(places.items())
        if name not in NAMESAKES and len({file.split("/")[1] for file in files}) > 1
    ]


def own_functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions whose names are ours to choose.

    Methods of a class with a base, or with a decorator such as ``@implementer(IProtocol)``,
    may carry the name that Twisted calls them by.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef) and (node.bases or node.decorator_list):
            continue
        yield from own_functions(node)


class PlacesTests(RuleTestCase):
    """Each file has one subject and one place."""

    def test_docstrings(self) -> None:
        """Every module says in its docstring what it is about."""
        self.assertNothing(
            [
                f"{shown(path)} has no docstring"
                for path in our_modules()
                if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
            ]
        )

    def test_lengths(self) -> None:
        """No file is longer than one subject needs."""
        wrong = []
        for path in (*our_modules(), *our_tests()):
            lines = len(path.read_text("utf-8").splitlines())
            if lines > LONGEST:
                wrong.append(f"{shown(path)} has {lines} lines: where is its seam?")
        self.assertNothing(wrong)

    def test_root(self) -> None:
        """The modules at the root are those that a user or the daemon touches: not many."""
        names = sorted(path.name for path in (CHECKOUT / "tiktoklive").glob("*.py"))
        self.assertLessEqual(len(names), AT_THE_ROOT, f"which room has one of them? {names}")

    def test_folders(self) -> None:
        """The top level holds the folders of the design and no other."""
        self.assertNothing(
            [
                f"{entry.name}/ is not a folder of the design"
                for entry in sorted(CHECKOUT.iterdir())
                if entry.is_dir() and entry.name not in FOLDERS and not LEFTOVERS.match(entry.name)
            ]
        )

    def test_twisted_stays_a_guest(self) -> None:
        """The folders that extend Twisted's packages are no packages themselves."""
        for path in ("twisted/__init__.py", "twisted/plugins/__init__.py"):
            self.assertFalse((CHECKOUT / path).exists(), path)

    def test_machines(self) -> None:
        """No file names a folder of the machine it was written on."""
        wrong = []
        for path in our_texts():
            lines = path.read_text("utf-8", errors="replace").splitlines()
            for number, line in enumerate(lines, 1):
                if found := MACHINE.search(line):
                    wrong.append(f"{shown(path)}:{number}: {found.group()}")
        self.assertNothing(wrong)


class CheckerTests(SynchronousTestCase):
    """The patterns find what they are there to find."""

    def test_hiding_words(self) -> None:
        """The vague words are found in any case; words that contain them by chance are not."""
        for name in ("FrameHandler", "utils", "chat_helper", "RoomManager", "StringUtil"):
            self.assertTrue(HIDING.search(name), name)
        for name in ("Room", "futile", "Utility"):
            self.assertFalse(HIDING.search(name), name)

    def test_words_of_names(self) -> None:
        """A metaphor is found as a word of a name in any style, not as a part of another word."""
        for name in ("Courier", "_bury", "gate", "WebStage", "HTTPSink", "turns_of", "seen"):
            self.assertTrue(metaphors_in(name), name)
        for name in ("broadcast", "Heartbeat", "unseen", "LookUpQueue", "gateway", "forecast"):
            self.assertFalse(metaphors_in(name), name)

    def test_found_persons(self) -> None:
        """Pronouns are found in any text that is no docstring; what a user is is no pronoun."""
        source = '"""Who."""\nlog.info(f"{a}: nobody is there", a=1)\nraise E("to whom", "who")'
        found = [text for _, text in texts_of(ast.parse(source)) if PERSONS.search(text)]
        self.assertEqual([": nobody is there", "to whom", "who"], sorted(found))
        for text in ("a user who is live", "for those who wait", "--kill-whom", "an answer whose"):
            self.assertIsNone(PERSONS.search(text), text)

    def test_found_namesakes(self) -> None:
        """Two rooms must not have one name; two modules of a room, and a listed pair, may."""
        two = ["tiktoklive/net/web.py", "tiktoklive/outputs/web/output.py"]
        [said] = namesakes({"Web": two, "Options": two, "Row": two[:1], "Same": [two[0]] * 2})
        self.assertIn("Web is a class of tiktoklive/net/web.py, tiktoklive/outputs/web", said)
        tree = ast.parse("class A:\n    class Inner: pass\nclass _B: pass\n")
        self.assertEqual({"A"}, classes_of(tree))

    def test_machine_paths(self) -> None:
        """Paths of a machine are found; addresses and system paths are not."""
        home = "/" + "home/me/tiktoklive"
        for line in (home, f"open('{home}')", f"see {home} for", "C:" + "\\Users\\me"):
            self.assertTrue(MACHINE.search(line), line)
        for line in (
            "https://www.tiktok.com/home/page",
            "/etc/tiktok/key",
            "/usr/bin/env",
            "work/main",
            "{base}/home/x",
        ):
            self.assertFalse(MACHINE.search(line), line)

    def test_camel_case(self) -> None:
        """A function of ours is ours to name, a method of an extended class may be Twisted's."""
        tree = ast.parse(
            "def oneTwo(): pass\n"
            "class A:\n    def threeFour(self): pass\n"
            "class B(A):\n    def fiveSix(self): pass\n"
        )
        names = [function.name for function in own_functions(tree)]
        self.assertEqual(["oneTwo", "threeFour"], [n for n in names if CAMEL.match(n)])
