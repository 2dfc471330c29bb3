"""In which language a message is."""

from __future__ import annotations

from beian.text import patterns

_HAN = patterns.compile(r"[\u3400-\u9fff]")
_WORD = patterns.compile("[A-Za-z]{2,}")
_FEWEST_WORDS = 3


def is_chinese(text: str) -> bool:
    """Whether any Chinese character stands in a text."""
    return bool(_HAN.search(text))


def is_english(text: str) -> bool:
    """Whether a text is some words in Latin letters, and nothing in Chinese."""
    return not is_chinese(text) and len(_WORD.findall(text)) >= _FEWEST_WORDS
