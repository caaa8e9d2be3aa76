"""What no line for people may have in it."""

from __future__ import annotations

import re

from tiktoklive.errors import Remedy

#: The name of a class of errors.
CLASS = re.compile(r"\b[A-Z]\w*(?:Error|Exception)\b")

#: What would make it succeed, as a tag.
TAG = re.compile("|".join(rf"\[{each.value}\]" for each in Remedy))

#: Words that say something, such that they need not be said again.
_ENOUGH = 4


def wrong_words(line: str) -> list[str]:
    """What is wrong with a line; nothing, if all is well."""
    found = [f"names a class: {each}" for each in CLASS.findall(line)]
    found += [f"has a tag: {each}" for each in TAG.findall(line)]
    # Of failures in turn each has its own words, which may be those of another one.
    for part in re.split(r" \(\d\) ", line):
        said = [words.strip(" .:") for words in re.split(r"(?<=[.:]) ", part)]
        said = [words for words in said if len(words.split()) >= _ENOUGH or "room " in words]
        found += [f"says twice: {words}" for words in sorted({*said}) if said.count(words) > 1]
    return found
