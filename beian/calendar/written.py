"""Dates written with a month or a year: 10月8号, 2025年9月1日, 去年12月, 9.15, 2026-09-15, 20号."""

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

_HAN_DIGIT = "零〇一二三四五六七八九"
_NUMERAL = "一二三四五六七八九十"
_TWO = rf"(?:\d{{1,2}}|[{_NUMERAL}]{{1,3}})"
_YEAR = (
    rf"(?:(?:19|20)\d\d|[一二][{_HAN_DIGIT}]{{3}}|(?<![\d{_HAN_DIGIT}十百.])(?:[0-4]\d|[{_HAN_DIGIT}]{{2}}))"
)
_PART = r"上旬|中旬|下旬|初|底|末|中(?!国|旬|秋)"
YEAR_WORDS = {"大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_YEAR_WORD = "|".join(YEAR_WORDS)
_WHICH_YEAR = rf"(?:(?P<year>{_YEAR})年的?|(?P<word>{_YEAR_WORD})的?)"
# A number before a sign of time is a date only where it is not a house, a line, a period or a count.
_NOT_A_DAY = r"(?![码线楼院店门室机位馆令栋仓文]|服务器|主机|机房)"
_UNIT = r"元块万亿%％米寸倍折版兆个分秒折斤吨度级章条款节"

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
# 20多号, 十几号: some day of the tens.
_TENS = r"(?P<tens>[123]0|[二三]?十)[多几来]号"
# 上个月25换的: a number that something was done on needs no sign.
_DONE_AFTER = r"(?=[换改变搬交提办批驳退签收卖过]|$|[,，。;；!！?？\s])"
_MONTH_WORD = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))


def _stated_year(match: patterns.Match, today: date) -> int | None:
    fields = match.groupdict()
    if fields.get("year"):
        return read_year(fields["year"], today.year)
    word = fields.get("word")
    return today.year + YEAR_WORDS[word] if word else None


def _month_and_day(match: patterns.Match, today: date) -> Reading | str | None:
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


def _bare_tens(match: patterns.Match, today: date) -> Reading | None:
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


def _figures(match: patterns.Match, today: date) -> Reading | str | None:
    """2026-09-15, 2025.9.1, 2025/9."""
    year, month = int(match["year"]), int(match["month"])
    if match["day"]:
        return _day(year, month, int(match["day"]), today)
    return month_part(year, month, "") if 1 <= month <= 12 else None


def _compact(match: patterns.Match, today: date) -> Reading | None:
    """20260915; eight figures that are no date are some other number."""
    found = day_or_none(int(match["year"]), int(match["month"]), int(match["day"]))
    return Reading.of(found) if found else None


def _month_slash_day(match: patterns.Match, today: date) -> Reading | str | None:
    """9.15 and 9/15; what cannot be a month and a day is a plain number."""
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    before = patterns.tail(match.string, match.start()).rstrip()
    signed = match["sign"]
    if not signed and ((before[-1:].isascii() and before[-1:].isalpha()) or before.endswith(("版本", "版"))):
        return None  # a version, as in nginx 1.18
    return _day(None, month, day, today)


def _named_month(match: patterns.Match, today: date) -> Reading | str | None:
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


def _bare_part(match: patterns.Match, today: date) -> Reading:
    """月初 and 月底: of this month; the end of a month that has just begun is the last month's."""
    part: str = match["part"]
    begins = {"中": 11, "中旬": 11, "底": 16, "末": 16, "下旬": 16}.get(part, 1)
    year, month = shift_month(today.year, today.month, -1 if today.day < begins else 0)
    return month_part(year, month, part)


def _bare_day(match: patterns.Match, today: date) -> Reading | str | None:
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


def _year_part(match: patterns.Match, today: date) -> Reading | None:
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


_DAY_SIGN = r"(?:号|日(?!之?内|以内))"
WRITTEN: tuple[tuple[patterns.Pattern, Read], ...] = (
    # 10-08, with both figures in full, so that a count such as 3-20 is none.
    (
        patterns.backtracking(
            r"(?<![0-9A-Za-z.\-/:_])(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?P<sign>号|日(?!内))?"
            rf"(?![0-9A-Za-z{_UNIT}]|[.\-/:]\d|[天年月周日小工人次])"
        ),
        _month_slash_day,
    ),
    (
        patterns.backtracking(
            rf"{_WHICH_YEAR}?(?<![\d{_NUMERAL}.每])(?<!每年)(?P<month>{_TWO})月份?的?"
            rf"(?:(?P<day>{_TWO})(?:(?:[号日]?[到至~～-](?P<to>{_TWO}))?{_DAY_SIGN}|(?![\d{_NUMERAL}几多来个天人元块万台次家年月周星号日]))|{_TENS}|(?P<part>{_PART}))?"
        ),
        _month_and_day,
    ),
    (
        patterns.backtracking(
            r"(?<![0-9A-Za-z.\-/])(?P<year>(?:19|20)\d\d)(?P<by>[-/.])(?P<month>\d{1,2})"
            r"(?:(?P=by)(?P<day>\d{1,2}))?(?![\d%]|[.\-/]\d)"
        ),
        _figures,
    ),
    (
        patterns.backtracking(
            r"(?<![0-9A-Za-z备第])(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?![0-9A-Za-z]|号-?\d?)"
        ),
        _compact,
    ),
    (
        patterns.backtracking(
            r"(?<![0-9A-Za-z.\-/:_￥¥$第约])(?P<month>\d{1,2})[./](?P<day>\d{1,2})(?P<sign>号|日)?"
            rf"(?![0-9A-Za-z{_UNIT}]|[.\-/:]\d|[天年月周小工])"
        ),
        _month_slash_day,
    ),
    (
        patterns.backtracking(
            rf"(?<![上下个])(?P<word>{_MONTH_WORD})份?的?"
            rf"(?:(?P<day>{_TWO})(?:{_DAY_SIGN}|{_DONE_AFTER})|{_TENS}|(?P<part>{_PART}))?"
        ),
        _named_month,
    ),
    (patterns.backtracking(rf"(?<![\d{_NUMERAL}几个上这本当下])月(?P<part>{_PART})(?!秋)"), _bare_part),
    (patterns.backtracking(rf"(?<![\d{_NUMERAL}百月]){_TENS}"), _bare_tens),
    (
        patterns.backtracking(
            rf"(?<![\d{_NUMERAL}零百千A-Za-z备第路街道巷弄月.\-/])(?P<day>{_TWO})号{_NOT_A_DAY}"
        ),
        _bare_day,
    ),
    # 20日 alone is mostly a period (30日内): only where the words around it make it a day.
    (patterns.backtracking(rf"(?<=[于在从自])(?P<day>{_TWO})日(?!之?内|以内|之?后|以后|期)"), _bare_day),
    (
        patterns.backtracking(rf"(?<!以){_WHICH_YEAR}(?!度)年?(?P<part>上半年|下半年|初|底|末|中(?!国))?"),
        _year_part,
    ),
    (
        patterns.backtracking(rf"(?<![\d{_NUMERAL}去今明前后本每几半])年(?P<part>初|底|末|中(?!国))"),
        _year_part,
    ),
)
