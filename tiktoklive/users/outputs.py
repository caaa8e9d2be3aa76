"""Which outputs get the events of a user who does not have all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tiktoklive.dispatch.subscription import Subscription
from tiktoklive.errors import InvalidUserOptionsError
from tiktoklive.interfaces import IOutput
from tiktoklive.users.options import UserOptions


def check_outputs(options: UserOptions, subscriptions: Sequence[Subscription]) -> None:
    """
    Look whether there are the outputs that the options of a user name.

    :param subscriptions: those of all observers: outputs are added before users.
    :raise InvalidUserOptionsError: one is not there.
    """
    if not options.outputs:
        return
    outputs = [each.name for each in subscriptions if IOutput.providedBy(each.observer)]
    for wanted in options.outputs:
        if not any(wanted in _names(name) for name in outputs):
            there = f"there are {', '.join(outputs)}" if outputs else "there is none"
            raise InvalidUserOptionsError(f"outputs: there is no {wanted[:40]}: {there}.")


def choose_outputs(
    choosers: Mapping[str, Sequence[str]], subscriptions: Iterable[Subscription]
) -> None:
    """
    Let outputs get no events of users who did not choose them.

    :param choosers: by username in lower case, the outputs that were chosen.
    """
    for each in subscriptions:
        if (choosers or each.left_out) and IOutput.providedBy(each.observer):
            names = _names(each.name)
            others = (user for user, chosen in choosers.items() if names.isdisjoint(chosen))
            each.leave_out(frozenset(others))


def _names(output: str) -> frozenset[str]:
    """By what an output can be called: ``jsonl-2`` by its kind as well."""
    return frozenset((output, output.rpartition("-")[0] or output))
