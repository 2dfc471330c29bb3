"""Bring a message into the one form that everything after it reads."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import groupby, islice

import opencc

from beian.text import patterns

MAX_CHARACTERS = 400
_SPACES = patterns.compile(r"\s+")
_BETWEEN_HAN = patterns.backtracking(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_MOST_OF_ONE = 3


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def clean(text: str) -> str:
    """Drop what no reader sees: control and format characters, lone surrogates, NUL."""
    return "".join(
        " " if char in "\t\n\r\u3000" else char
        for char in text
        if char in "\t\n\r" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def clip(text: str, limit: int = MAX_CHARACTERS) -> str:
    """Keep the start and the end of a long message: the question is nearly always at one of them."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return text[:half] + " " + text[-half:]


def normalize(text: str) -> str:
    """NFKC, simplified characters, lower case, single spaces; runs of one character are cut to three.

    Idempotent. Length is at most MAX_CHARACTERS + 1.
    """
    text = unicodedata.normalize("NFKC", clean(clip(text, 4 * MAX_CHARACTERS)))
    text = _converter().convert(text).lower()
    text = "".join("".join(islice(run, _MOST_OF_ONE)) for _, run in groupby(text))
    return clip(_SPACES.sub(" ", text).strip())


def letters_only(text: str) -> str:
    """The normalised text without blanks, punctuation and signs: what tells two texts apart."""
    return "".join(char for char in normalize(text) if unicodedata.category(char)[0] in "LN")


def compact(text: str) -> str:
    """A normalised text without the spaces between Chinese characters, which say nothing."""
    return _BETWEEN_HAN.sub("", text)
