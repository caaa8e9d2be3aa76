"""What declares an interface keeps it, and what is an interface explains itself."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from twisted.application.service import IServiceMaker
from twisted.internet.protocol import Factory
from twisted.plugin import IPlugin, getPlugins
from twisted.python import usage
from twisted.trial.unittest import SynchronousTestCase
from zope.interface import implementedBy, providedBy
from zope.interface.exceptions import Invalid
from zope.interface.interface import InterfaceClass, Method
from zope.interface.verify import verifyClass, verifyObject

import tiktoklive

CHECKOUT = Path(__file__).resolve().parent.parent

PLUGINS = "twisted.plugins.tiktoklive_plugins"

#: Slow to import; ``twistd`` reads every plugin file before it knows which it needs.
HEAVY = ["treq", "autobahn", "google.protobuf", "tiktoklive.wire", "sqlite3"]

#: Modules that do something when they are imported.
PROGRAMS = {"tiktoklive.__main__"}


def our_modules() -> list[ModuleType]:
    """Every module of tiktoklive, imported."""
    names = ["tiktoklive"]
    names += [found.name for found in pkgutil.walk_packages(tiktoklive.__path__, "tiktoklive.")]
    return [importlib.import_module(name) for name in names if name not in PROGRAMS]


def our_classes() -> Iterator[type]:
    """Every class that is written in tiktoklive, once."""
    for module in our_modules():
        for value in vars(module).values():
            if inspect.isclass(value) and value.__module__ == module.__name__:
                yield value


def is_kept(interface: InterfaceClass, cls: type) -> bool:
    """Whether a class has what an interface asks for."""
    try:
        verifyClass(interface, cls)
    except Invalid:
        return False
    return True


def is_broken_by_others(interface: InterfaceClass, cls: type) -> bool:
    """Whether it has a declaration from a class of others that does not keep it: Twisted's TLS."""
    others = (base for base in cls.__mro__[1:] if not base.__module__.startswith("tiktoklive"))
    return any(interface.implementedBy(base) and not is_kept(interface, base) for base in others)


def our_interfaces() -> Iterator[InterfaceClass]:
    """Every interface that is written in tiktoklive, once."""
    for module in our_modules():
        for value in vars(module).values():
            if isinstance(value, InterfaceClass) and value.__module__ == module.__name__:
                yield value


def own_methods(interface: InterfaceClass) -> list[Method]:
    """The methods an interface declares itself."""
    return [d for _, d in interface.namesAndDescriptions() if isinstance(d, Method)]


class InterfacesTests(SynchronousTestCase):
    """Interfaces are small and say when their methods are called."""

    def test_documented(self) -> None:
        """Every interface, and every method of one, has a docstring."""
        wrong = []
        for interface in our_interfaces():
            if not interface.__doc__:
                wrong.append(f"{interface.__identifier__} has no docstring")
            for method in own_methods(interface):
                if not method.__doc__:
                    where = f"{interface.__identifier__}.{method.getName()}"
                    wrong.append(f"{where} has no docstring")
        self.assertEqual([], wrong, "\n".join(wrong))

    def test_seams_are_small(self) -> None:
        """No seam has more than three methods, those it inherits included."""
        seams = importlib.import_module("tiktoklive.interfaces")
        wrong = []
        for value in vars(seams).values():
            if not isinstance(value, InterfaceClass):
                continue
            methods = [
                name for name, d in value.namesAndDescriptions(all=True) if isinstance(d, Method)
            ]
            if len(methods) > 3:
                wrong.append(f"{value.__identifier__} has {len(methods)} methods: {methods}")
        self.assertEqual([], wrong, "\n".join(wrong))


class ProvidersTests(SynchronousTestCase):
    """Classes keep what they declare."""

    def test_classes(self) -> None:
        """Every class has the methods, with the signatures, of what it implements."""
        wrong = []
        for cls in our_classes():
            for interface in implementedBy(cls):
                if is_broken_by_others(interface, cls):
                    continue
                try:
                    verifyClass(interface, cls)
                except Invalid as problem:
                    wrong.append(f"{cls.__module__}.{cls.__qualname__}: {problem}")
        self.assertEqual([], wrong, "\n".join(wrong))


class PluginsTests(SynchronousTestCase):
    """The plugin file is found, is true and is light."""

    def setUp(self) -> None:
        """Import the plugin file."""
        self.plugins = importlib.import_module(PLUGINS)

    def test_provide(self) -> None:
        """Every plugin provides all that it says, attributes included."""
        found = [v for v in vars(self.plugins).values() if IPlugin.providedBy(v)]
        self.assertNotEqual([], found)
        for plugin in found:
            for interface in providedBy(plugin):
                verifyObject(interface, plugin)

    def test_twistd_commands(self) -> None:
        """``twistd`` finds one command named tiktoklive, and each of our commands is complete."""
        names = [maker.tapname for maker in getPlugins(IServiceMaker)]
        self.assertEqual(1, names.count("tiktoklive"))
        for maker in vars(self.plugins).values():
            if IServiceMaker.providedBy(maker):
                module = importlib.import_module(maker.module)
                self.assertTrue(callable(module.makeService), maker.module)
                self.assertTrue(issubclass(module.Options, usage.Options), maker.module)

    def test_light(self) -> None:
        """Importing the plugin file imports nothing that takes long."""
        program = (
            f"import sys, {PLUGINS}\n"
            f"heavy = {HEAVY!r}\n"
            "print([name for name in heavy if name in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual("[]", done.stdout.strip())


class FactoriesTests(SynchronousTestCase):
    """Every factory of connections."""

    def test_quiet(self) -> None:
        """None writes two lines to the log for each connection that it makes."""
        factories = [each for each in our_classes() if issubclass(each, Factory)]
        self.assertGreater(len(factories), 5)
        self.assertEqual([], [each.__name__ for each in factories if each.noisy])


class PublicNamesTests(SynchronousTestCase):
    """What ``__all__`` promises can be had."""

    def test_all(self) -> None:
        """Every name in a module's ``__all__`` exists."""
        for module in our_modules():
            for name in getattr(module, "__all__", ()):
                self.assertTrue(hasattr(module, name), f"{module.__name__}.{name}")
