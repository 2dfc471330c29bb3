"""Digits, letters and at signs in any width or style as plain ones, without the characters nobody sees."""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass

from beian.text import patterns

# A digit is what Unicode gives the value of one digit: full width, bold, circled, raised, Arabic, …
_DIGITS = "".join(
    char for char in map(chr, range(128, sys.maxunicode + 1)) if unicodedata.digit(char, None) is not None
)
_MOST_REMEMBERED = 16_384
_HIDDEN = patterns.compile(r"[^\n -~]")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
WORTH_A_LOOK = patterns.bounded(f"[0-9@＠﹫{_DIGITS}]|艾特|[(（\\[【{{][\\s]{{0,3}}[AaＡａ][TtＴｔ]")


@dataclass(frozen=True)
class Seen:
    """A text as patterns look at it: `flat[i]` stands for the character `text[places[i]]`."""

    text: str
    flat: str
    places: range | list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text that flat[start:end] stands for, with the invisible signs behind it."""
        return self.places[start], self.places[end] if end < len(self.flat) else len(self.text)

    def are_plain(self, start: int, end: int) -> list[bool]:
        """Which of the digits flat[start:end] are decimal ones of any width, not circled, raised or the like.

        Empty when all are.
        """
        if self.text is self.flat:
            return []
        plain = [self.text[place].isdecimal() for place in self.places[start:end]]
        return [] if all(plain) else plain


class _Table(dict[int, str]):
    """For str.translate; remembers what it was asked, up to a limit."""

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code))
        if len(self) < _MOST_REMEMBERED:
            self[code] = folded
        return folded


def _folded(char: str) -> str:
    """One plain character, the character itself, or nothing."""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85":
        return " " if char == "\t" else "\n"
    if char in _FILLERS or unicodedata.category(char) in ("Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"):
        return ""
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and plain.isascii() else char


_TABLE = _Table()


def see(text: str) -> Seen:
    """The text as patterns look at it. Takes time linear in its length."""
    if text.isascii() and not _HIDDEN.search(text):
        return Seen(text, text, range(len(text)))
    flat = text.translate(_TABLE)
    if len(flat) == len(text):
        return Seen(text, flat, range(len(text)))
    return Seen(text, flat, [place for place, char in enumerate(text) if _TABLE[ord(char)]])
