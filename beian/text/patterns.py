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
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Protocol, cast

import re2

I = re.IGNORECASE  # noqa: E741 - the name it has in `re`
M = re.MULTILINE
S = re.DOTALL

# What a pattern may use for what it remembers of texts. RE2's default of 8 MB for each of some 170 patterns
# would let hostile texts fill the server's memory.
_MEMORY = 1 << 20

_SPACE = r"\t-\r\x1c-\x20\x{85}\p{Z}"
_WORD = r"\p{L}\p{N}_"
# Python's classes of characters, as what stands between RE2's brackets.
_CLASSES = {"d": r"\p{Nd}", "w": _WORD, "s": _SPACE}
_FLAGS = {I: "i", M: "m", S: "s"}
_REFERENCE = re.compile(r"\\(\d)")


class Match(Protocol):
    """A match, of either engine."""

    @property
    def string(self) -> str:
        """The text that was searched."""

    def __getitem__(self, group: int | str) -> Any:
        """The text of a group; None where it took no part."""

    def group(self, *groups: int | str) -> Any:
        """The text of one group or of several."""

    def groups(self, default: Any = None) -> tuple[Any, ...]:
        """The texts of all groups."""

    def groupdict(self, default: Any = None) -> dict[str, Any]:
        """The texts of all named groups."""

    def start(self, group: int | str = 0) -> int:
        """Where a group begins."""

    def end(self, group: int | str = 0) -> int:
        """Where a group ends."""

    def span(self, group: int | str = 0) -> tuple[int, int]:
        """Where a group begins and ends."""


class Pattern(Protocol):
    """A compiled pattern, of either engine; the methods mean what they mean in `re`."""

    @property
    def pattern(self) -> str:
        """The expression, as it was written."""

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Match | None:
        """The first match from `pos` on, in what is before `endpos`."""

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Match | None:
        """The match that begins at `pos`, in what is before `endpos`."""

    def fullmatch(self, text: str) -> Match | None:
        """The match of the whole text."""

    def finditer(self, text: str) -> Iterator[Match]:
        """All matches, without overlaps."""

    def findall(self, text: str) -> list[Any]:
        """The texts of all matches, or of their groups."""

    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        """The text between the matches."""

    def sub(self, repl: str | Callable[[Any], str], text: str, count: int = 0) -> str:
        """The text with its matches replaced."""


def compile(pattern: str, flags: int = 0) -> Pattern:
    """A pattern of RE2. `flags` may hold I, M and S. Raises ValueError for what RE2 cannot express."""
    try:
        return _compiled(pattern, flags)
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


def written_by_us(pattern: str, flags: int = 0) -> Pattern:
    """A pattern from a file of the project, such as a test of a conversation: by RE2 where it can be, else by
    Python's engine. Not for texts from outside. Raises ValueError for what is no pattern."""
    try:
        return (
            _compiled(pattern, flags)
            if _is_linear(pattern, flags)
            else cast(Pattern, re.compile(pattern, flags))
        )
    except re.error as error:
        raise ValueError(str(error)) from error


def escape(text: str) -> str:
    """The pattern that matches `text` and nothing else."""
    return re.escape(text)


def tail(text: str, end: int, most: int = 40) -> str:
    """The last characters before `end`: what a pattern that ends in `$` needs of a long text."""
    return text[max(0, end - most) : end]


def _is_linear(pattern: str, flags: int) -> bool:
    try:
        _compiled(pattern, flags)
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


class _Linear:
    """A pattern of RE2 with the methods of `re`.

    The package's own `finditer`, and what rests on it, gives an empty match at the end of a text twice.
    """

    __slots__ = ("_inner", "pattern")

    def __init__(self, pattern: str, inner: Any) -> None:
        self.pattern, self._inner = pattern, inner

    def __repr__(self) -> str:
        return f"{__name__}.compile({self.pattern!r})"

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Any:
        try:
            return self._inner.search(text, pos, endpos)
        except UnicodeEncodeError:
            return self._inner.search(_sound(text), pos, endpos)

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Any:
        try:
            return self._inner.match(text, pos, endpos)
        except UnicodeEncodeError:
            return self._inner.match(_sound(text), pos, endpos)

    def fullmatch(self, text: str) -> Any:
        try:
            return self._inner.fullmatch(text)
        except UnicodeEncodeError:
            return self._inner.fullmatch(_sound(text))

    def finditer(self, text: str) -> Iterator[Any]:
        try:
            yield from self._found(text)
        except UnicodeEncodeError:
            # The whole text is looked at before the first match.
            yield from self._found(_sound(text))

    def _found(self, text: str) -> Iterator[Any]:
        before = None
        for match in self._inner.finditer(text):
            if match.span() != before:
                yield match
            before = match.span()

    def findall(self, text: str) -> list[Any]:
        found = [(match[0], *match.groups("")) for match in self.finditer(text)]
        return [one[0] if len(one) == 1 else one[1] if len(one) == 2 else one[1:] for one in found]

    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        return self._pieces(text, maxsplit, lambda match: match.groups())

    def sub(self, repl: str | Callable[[Any], str], text: str, count: int = 0) -> str:
        # RE2's own `expand` takes the bytes of what is not ASCII for characters
        written = repl if callable(repl) else lambda match: _filled(repl, match)
        return "".join(self._pieces(text, count, lambda match: (written(match),)))

    def _pieces(self, text: str, most: int, between: Callable[[Any], Iterable[Any]]) -> list[Any]:
        """The text between the matches, and between those what `between` makes of each match."""
        pieces: list[Any] = []
        end = 0
        for match in islice(self.finditer(text), most or None):
            pieces += (text[end : match.start()], *between(match))
            end = match.end()
        return [*pieces, text[end:]]


def _filled(template: str, match: Any) -> str:
    """A replacement with the groups it refers to by number."""
    return _REFERENCE.sub(lambda found: match[int(found[1])] or "", template)


def _sound(text: str) -> str:
    """The text as long as it is, without halves of surrogate pairs."""
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def _compiled(pattern: str, flags: int) -> Pattern:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    given = "".join(sign for flag, sign in _FLAGS.items() if flags & flag)
    inner = re2.compile((f"(?{given})" if given else "") + _translated(pattern), options)
    return cast(Pattern, _Linear(pattern, inner))


def _translated(pattern: str) -> str:
    """The pattern with Python's classes of characters written out."""
    pieces: list[str] = []
    inside = False
    place = 0
    while place < len(pattern):
        char = pattern[place]
        if char == "\\":
            piece, place = _escaped(pattern, place + 1, inside)
        elif inside and char == "[":
            piece, place = r"\[", place + 1
        else:
            # A bracket that opens or closes; the first in a set stands for itself.
            if char == "[" and not inside:
                inside = True
                begins = re.compile(r"\[\^?\]?").match(pattern, place)
                char = begins[0] if begins else char
            elif char == "]":
                inside = False
            piece, place = char, place + len(char)
        pieces.append(piece)
    return "".join(pieces)


def _escaped(pattern: str, place: int, inside: bool) -> tuple[str, int]:
    """What stands behind a backslash, written for RE2, and the place after it."""
    sign = pattern[place : place + 1]
    if not sign:
        raise ValueError(f"a backslash at the end: {pattern!r}")
    if sign in "dws":
        return (_CLASSES[sign] if inside else f"[{_CLASSES[sign]}]"), place + 1
    if sign in "DWS" and not inside:
        return f"[^{_CLASSES[sign.lower()]}]", place + 1
    if sign == "D":
        return r"\P{Nd}", place + 1
    if sign == "u":
        return f"\\x{{{pattern[place + 1 : place + 5]}}}", place + 5
    if sign == "Z":
        return r"\z", place + 1
    if sign in "WSbB":
        # RE2 has them for ASCII only, where they would not mean the same.
        raise ValueError(f"\\{sign} cannot be written for RE2 here: {pattern!r}")
    return "\\" + sign, place + 1
