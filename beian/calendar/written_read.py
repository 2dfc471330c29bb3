"""What is meant by dates written with a month or a year, found by the forms of `written`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from beian.calendar.numerals import read_number, read_year
from beian.calendar.reading import (
    IMPOSSIBLE,
    Reading,
    day_or_none,
    latest,
    month_end,
    month_part,
    shift_month,
)
from beian.text import patterns

Read = Callable[[patterns.Match, date], "Reading | str | None"]

YEAR_WORDS = {"大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
MONTH_WORDS = {
    "上上个月": -2,
    "上上月": -2,
    "上个月": -1,
    "上一个月": -1,
    "上月": -1,
    "这个月": 0,
    "这月": 0,
    "本月": 0,
    "当月": 0,
    "下个月": 1,
    "下一个月": 1,
    "下月": 1,
    "下下个月": 2,
}


def _stated_year(match: patterns.Match, today: date) -> int | None:
    fields = match.groupdict()
    if fields.get("year"):
        return read_year(fields["year"], today.year)
    word = fields.get("word")
    return today.year + YEAR_WORDS[word] if word else None


def month_and_day(match: patterns.Match, today: date) -> Reading | str | None:
    """10月8号, 去年12月, 九月底."""
    try:
        month = read_number(match["month"])
        day = read_number(match["day"]) if match["day"] else None
    except ValueError:
        return None
    year, part = _stated_year(match, today), match["part"] or ""
    if match["tens"]:
        tens = read_number(match["tens"])
        return (
            _tens(year, month, tens) if year is not None else latest(today, lambda y: _tens(y, month, tens))
        )
    if day is not None:
        reading = _day(year, month, day, today)
        return _until(reading, match["to"]) if match["to"] else reading
    if not 1 <= month <= 12:
        return None
    if year is not None:
        return month_part(year, month, part)
    return latest(today, lambda y: month_part(y, month, part))


def _tens(year: int, month: int, tens: int) -> Reading | None:
    """10月20多号: from the 21st to the 29th."""
    first, end = day_or_none(year, month, tens + 1), month_end(year, month)
    return Reading.stretch(first, min(end, first + timedelta(days=8))) if first else None


def bare_tens(match: patterns.Match, today: date) -> Reading | None:
    """20多号: of this month, or of the last one while they have not begun."""
    tens = read_number(match["tens"])
    for back in range(2):
        found = _tens(*shift_month(today.year, today.month, -back), tens)
        if found and found.first <= today:
            return found
    return None


def _until(reading: Reading | str, to: str) -> Reading | str | None:
    """9月15到20号: a stretch within the month."""
    if isinstance(reading, str):
        return reading
    try:
        last = day_or_none(reading.day.year, reading.day.month, read_number(to))
    except ValueError:
        return None
    return Reading.stretch(reading.day, last) if last and last >= reading.day else IMPOSSIBLE


def _day(year: int | None, month: int, day: int, today: date) -> Reading | str:
    """A day of a month; the year may be left out."""

    def make(each_year: int) -> Reading | None:
        found = day_or_none(each_year, month, day)
        return Reading.of(found) if found else None

    if year is not None:
        return make(year) or IMPOSSIBLE
    return latest(today, make) or IMPOSSIBLE


def figures(match: patterns.Match, today: date) -> Reading | str | None:
    """2026-09-15, 2025.9.1, 2025/9."""
    year, month = int(match["year"]), int(match["month"])
    if match["day"]:
        return _day(year, month, int(match["day"]), today)
    return month_part(year, month, "") if 1 <= month <= 12 else None


def compact(match: patterns.Match, today: date) -> Reading | None:
    """20260915; eight figures that are no date are some other number."""
    found = day_or_none(int(match["year"]), int(match["month"]), int(match["day"]))
    return Reading.of(found) if found else None


def month_slash_day(match: patterns.Match, today: date) -> Reading | str | None:
    """9.15 and 9/15; what cannot be a month and a day is a plain number."""
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    before = patterns.tail(match.string, match.start()).rstrip()
    signed = match["sign"]
    if not signed and ((before[-1:].isascii() and before[-1:].isalpha()) or before.endswith(("版本", "版"))):
        return None  # a version, as in nginx 1.18
    return _day(None, month, day, today)


def named_month(match: patterns.Match, today: date) -> Reading | str | None:
    """上个月20号, 这个月3号, 本月初, 下月."""
    year, month = shift_month(today.year, today.month, MONTH_WORDS[match["word"]])
    if match["tens"]:
        return _tens(year, month, read_number(match["tens"]))
    if match["day"]:
        try:
            return _day(year, month, read_number(match["day"]), today)
        except ValueError:
            return None
    return month_part(year, month, match["part"] or "")


def bare_part(match: patterns.Match, today: date) -> Reading:
    """月初 and 月底: of this month; the end of a month that has just begun is the last month's."""
    part: str = match["part"]
    begins = {"中": 11, "中旬": 11, "底": 16, "末": 16, "下旬": 16}.get(part, 1)
    year, month = shift_month(today.year, today.month, -1 if today.day < begins else 0)
    return month_part(year, month, part)


def bare_day(match: patterns.Match, today: date) -> Reading | str | None:
    """20号: the latest 20th; there is none of a number above 31."""
    try:
        day = read_number(match["day"])
    except ValueError:
        return None
    if not 1 <= day <= 31:
        return IMPOSSIBLE if 32 <= day <= 39 else None
    year, month = today.year, today.month
    for back in range(3):
        found = day_or_none(*shift_month(year, month, -back), day)
        if found and found <= today:
            return Reading.of(found)
    return None


def year_part(match: patterns.Match, today: date) -> Reading | None:
    """去年, 去年底, 年初, 2024年上半年."""
    year = _stated_year(match, today)
    part = match["part"] or ""
    if not part and (match["word"] in ("今年", "本年", "明年", "后年") or len(match["year"] or "2000") == 2):
        return None  # too wide to say when something happened, or not a year at all
    if year is None:
        # The end of the year, said in its first half, is the last one's.
        year = today.year - 1 if part in ("底", "末") and today.month <= 6 else today.year
    first, last = {
        "": (1, 12),
        "初": (1, 1),
        "中": (6, 7),
        "底": (12, 12),
        "末": (12, 12),
        "上半年": (1, 6),
        "下半年": (7, 12),
    }[part]
    return Reading.stretch(date(year, first, 1), month_end(year, last))
