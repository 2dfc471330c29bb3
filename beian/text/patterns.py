"""Regular expressions that no text can make slow.

`compile` gives a pattern of RE2, which reads a text once whatever stands in it. It is written as for
Python's `re` and means the same: `\\d`, `\\w` and `\\s` stand for all of Unicode. One thing differs: `$`
is the end of the text, never the place before a last line break.

RE2 cannot look around or back. A pattern that has to is made by `backtracking`, with Python's engine: it
takes none that RE2 can express, and none with an unbounded repeat, so that what happens at one place of a
text does not depend on the text's length. `bounded` makes the same of any pattern without such a repeat, for
what is asked at many places of one text: RE2's package reads all of the text each time it is asked. Nothing
else in the package may use `re`; tests/test_patterns.py sees to that, and measures every pattern.

Half a surrogate pair is no character. RE2 sees U+FFFD in its place.
"""

from __future__ import annotations

import re
import sre_constants
import sre_parse
from typing import Any, cast

import re2

from beian.text.linear import linear
from beian.text.matching import Match as Match
from beian.text.matching import Pattern as Pattern

I = re.IGNORECASE  # noqa: E741 - the name it has in `re`
M = re.MULTILINE
S = re.DOTALL


def compile(pattern: str, flags: int = 0) -> Pattern:
    """A pattern of RE2. `flags` may hold I, M and S. Raises ValueError for what RE2 cannot express."""
    try:
        return linear(pattern, flags)
    except re2.error as error:
        raise ValueError(f"no linear pattern: {pattern!r}: {error}") from error


def backtracking(pattern: str, flags: int = 0) -> Pattern:
    """A pattern of Python's engine, for what has to look around or back.

    Raises ValueError where RE2 would do, for a repeat without a bound, and for what is no pattern.
    """
    if _is_linear(pattern, flags):
        raise ValueError(f"RE2 can do this: {pattern!r}")
    return bounded(pattern, flags)


def bounded(pattern: str, flags: int = 0) -> Pattern:
    """A pattern of Python's engine, for what is asked at many places of one text, or of nearly every text.

    Raises ValueError for a repeat without a bound, and for what is no pattern.
    """
    try:
        if not _is_bounded(sre_parse.parse(pattern, flags)):
            raise ValueError(f"a repeat has no bound: {pattern!r}")
        return cast(Pattern, re.compile(pattern, flags))
    except re.error as error:
        raise ValueError(f"no pattern: {pattern!r}: {error}") from error


def escape(text: str) -> str:
    """The pattern that matches `text` and nothing else."""
    return re.escape(text)


def tail(text: str, end: int, most: int = 40) -> str:
    """The last characters before `end`: what a pattern that ends in `$` needs of a long text."""
    return text[max(0, end - most) : end]


def _is_linear(pattern: str, flags: int) -> bool:
    try:
        linear(pattern, flags)
    except (re2.error, ValueError):
        return False
    return True


def _is_bounded(parsed: Any) -> bool:
    """Whether no repeat in a parsed pattern (or a part of one) goes on for ever."""
    if isinstance(parsed, sre_parse.SubPattern):
        return all(_is_bounded(part) for _, part in parsed.data)
    if isinstance(parsed, (list, tuple)):
        repeats = len(parsed) == 3 and isinstance(parsed[2], sre_parse.SubPattern)
        endless = repeats and parsed[1] == sre_constants.MAXREPEAT
        return not endless and all(_is_bounded(part) for part in parsed)
    return True
