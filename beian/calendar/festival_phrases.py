"""Dates told from a festival or the lunar calendar: 国庆前一天, 春节前, 五一假期, 去年中秋, 正月初五."""

from __future__ import annotations

from datetime import date, timedelta

from beian.calendar.festivals import NAMES, NEED_CONTEXT, festival_day, holiday_span, lunar_day
from beian.calendar.numerals import NUMBER, read_number, read_year
from beian.calendar.reading import FESTIVAL_AHEAD, IMPOSSIBLE, Reading, latest
from beian.calendar.written_read import YEAR_WORDS, Read
from beian.text import patterns

# How long "before" and "after" a festival may be meant, in days.
_NEAR = 7
_YEAR = rf"(?:(?:(?P<year>(?:19|20)?\d\d)年|(?P<word>{'|'.join(YEAR_WORDS)}))的?)?"
# Of years before and after it, and not of the new one: 三年前, 几年后, 去年前.
_BEFORE_YEAR = "零〇一二两三四五六七八九十百千几多半当那今去前明后每些早少学成周往来近中整过新"
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def _in_year(match: patterns.Match, today: date) -> int | None:
    if match["year"]:
        return read_year(match["year"], today.year)
    return today.year + YEAR_WORDS[match["word"]] if match["word"] else None


def _around(day: date, match: patterns.Match) -> Reading | None:
    """The days meant, given the festival's day."""
    side, count, holiday = match["side"], match["count"], match["holiday"] or match["during"]
    if match["nth"]:
        return Reading.of(day + timedelta(days=read_number(match["nth"]) - 1))
    span = (holiday_span(day) or (day, day + timedelta(days=2))) if holiday else (day, day)
    if not side:
        return Reading.stretch(*span) if holiday else Reading.of(day)
    before = side == "前"
    if not count:
        if match["eve"]:
            return Reading.of(day - timedelta(days=1))
        if before:
            return Reading.stretch(span[0] - timedelta(days=_NEAR), span[0] - timedelta(days=1))
        return Reading.stretch(span[1] + timedelta(days=1), span[1] + timedelta(days=2 * _NEAR))
    try:
        days = timedelta(days=read_number(count) * (7 if match["unit"] != "天" else 1))
    except ValueError:
        return None
    if before:
        return Reading.of(span[0] - days)
    end = span[1] + days
    off = holiday_span(day)
    if holiday or off is None:
        return Reading.of(end)
    # 五一后第二天 may count from the day itself or from the end of the holiday.
    return Reading(end, max(end, off[1] + days), end)


def _festival(match: patterns.Match, today: date) -> Reading | None:
    name = match["name"]
    context = (
        match["fest"] or match["side"] or match["holiday"] or match["same"] or match["during"] or match["nth"]
    )
    if name in NEED_CONTEXT and not context:
        return None

    def make(year: int) -> Reading | None:
        day = festival_day(name, year)
        return _around(day, match) if day else None

    year = _in_year(match, today)
    return make(year) if year is not None else latest(today, make, FESTIVAL_AHEAD)


def _new_year(match: patterns.Match, today: date) -> Reading | None:
    """年前, 年后, 过完年: the days before and after the Spring Festival and its holiday."""

    def make(year: int) -> Reading | None:
        day = festival_day("春节", year)
        off = (holiday_span(day) or (day, day)) if day else None
        if off is None:
            return None
        if match["side"] == "前":
            return Reading.stretch(off[0] - timedelta(days=_NEAR), off[0] - timedelta(days=1))
        return Reading.stretch(off[1] + timedelta(days=1), off[1] + timedelta(days=2 * _NEAR))

    return latest(today, make, FESTIVAL_AHEAD)


def _lunar(match: patterns.Match, today: date) -> Reading | str | None:
    """农历八月十五, 正月初五, 大年初三, 腊月二十三."""
    month_text, day_text = match["month"], match["day"]
    if not (match["sign"] or month_text in _LUNAR_MONTHS or match["big"]):
        return None
    try:
        month = 1 if match["big"] else _LUNAR_MONTHS.get(month_text) or read_number(month_text)
        number = read_number(day_text.removeprefix("初"))
    except ValueError:
        return None
    if not (1 <= month <= 12 and 1 <= number <= 30):
        return IMPOSSIBLE

    def make(year: int) -> Reading | None:
        # The lunar year that lies mostly in `year`; people mean the solar one for its first weeks only.
        day = lunar_day(year, month, number)
        return Reading.of(day) if day else None

    year = _in_year(match, today)
    return (make(year) if year is not None else latest(today, make, FESTIVAL_AHEAD)) or IMPOSSIBLE


FESTIVALS: tuple[tuple[patterns.Pattern, Read], ...] = (
    (
        patterns.backtracking(
            rf"{_YEAR}(?<![二三四五六七八九十百\d])(?P<name>{'|'.join(NAMES)})(?P<fest>节(?!目))?(?![路月号村日点街岁个年]|(?<=十一)天)"
            r"(?P<holiday>放假|假期|长假|小长假|黄金周|假)?(?P<during>期间|时候)?的?"
            rf"(?:(?P<same>当天|那天|当日)|第(?P<nth>[一二三四五六七八])天|(?:之|以|过|放完|放)?(?P<side>前|后)(?:(?P<eve>夕)|面|的|第){{0,3}}(?:(?P<count>{NUMBER})个?(?P<unit>天|周|星期|礼拜))?)?"
        ),
        _festival,
    ),
    (
        patterns.compile(
            rf"{_YEAR}(?P<sign>农历|阴历|旧历)?(?:(?P<big>大年)|(?P<month>[正冬腊]|[一二三四五六七八九十]{{1,2}})月)"
            r"(?P<day>初[一二三四五六七八九十]|[一二三四五六七八九十]{1,3})日?"
        ),
        _lunar,
    ),
    (
        patterns.backtracking(
            rf"过(?:完|了)年(?:(?:之|以)?后)?|(?<![\d{_BEFORE_YEAR}])年(?P<side>前|后)(?!面)"
        ),
        _new_year,
    ),
)
