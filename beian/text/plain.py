"""A message in plain characters of the same number, so that places in it stay the same."""

from __future__ import annotations

from functools import lru_cache

from beian.text.normalize import normalize


def plain_characters(text: str) -> str:
    """Full-width and traditional characters made plain, one for one; Latin letters keep their case."""
    return text if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    plain = normalize(char)
    return char if len(plain) != 1 or plain == char.lower() else plain
