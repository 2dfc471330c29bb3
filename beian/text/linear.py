"""RE2's engine behind the methods of Python's `re`. Used by `beian.text.patterns` alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, cast

import re2

from beian.text.matching import Pattern

# What a pattern may use for what it remembers of texts. RE2's default of 8 MB for each of some 170 patterns
# would let hostile texts fill the server's memory.
_MEMORY = 1 << 20
_SPACE = r"\t-\r\x1c-\x20\x{85}\p{Z}"
_WORD = r"\p{L}\p{N}_"
# Python's classes of characters, as what stands between RE2's brackets.
_CLASSES = {"d": r"\p{Nd}", "w": _WORD, "s": _SPACE}
_FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s"}
_REFERENCE = re.compile(r"\\(\d)")


def linear(pattern: str, flags: int) -> Pattern:
    """A pattern of RE2, written as for `re`; `flags` may hold its I, M and S.

    Raises re2.error or ValueError for what RE2 cannot express.
    """
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    given = "".join(sign for flag, sign in _FLAGS.items() if flags & flag)
    inner = re2.compile((f"(?{given})" if given else "") + _translated(pattern), options)
    return cast(Pattern, _Linear(pattern, inner))


class _Linear:
    """A pattern of RE2 with the methods of `re`.

    The package's own `finditer`, and what rests on it, gives an empty match at the end of a text twice.
    """

    __slots__ = ("_inner", "pattern")

    def __init__(self, pattern: str, inner: Any) -> None:
        self.pattern, self._inner = pattern, inner

    def __repr__(self) -> str:
        return f"patterns.compile({self.pattern!r})"

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
