"""Small numbers as people write them: 12, 十二, 二十, 两, 一百, and years digit by digit (二〇二五)."""

from __future__ import annotations

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
UNITS = {"十": 10, "百": 100}
NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十百零]{1,5})"


def read_number(text: str) -> int:
    """The value of a number below 1000 in Arabic or Chinese figures; ValueError for anything else."""
    if text.isdigit():
        return int(text)
    if len(text) > 1 and all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total = pending = 0
    for char in text:
        if char in UNITS:
            total += (pending or 1) * UNITS[char]
            pending = 0
        elif char in DIGITS:
            pending = DIGITS[char]
        else:
            raise ValueError(f"not a number: {text!r}")
    return total + pending


def read_year(text: str, reference: int) -> int:
    """A year of two or four figures; two figures mean the century that does not pass `reference` + 1."""
    year = read_number(text)
    if year >= 100:
        return year
    century = reference - reference % 100
    return century + year if century + year <= reference + 1 else century - 100 + year
