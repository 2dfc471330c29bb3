"""A day of handing in that is told by its distance: 过两周再交, 再晚三天交, 最后一天交."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from beian.calendar.numerals import NUMBER, read_number
from beian.calendar.span import Span
from beian.hearing.clauses import clauses_in
from beian.hearing.heard import Heard
from beian.text import patterns

_NUMBER, _UNIT = rf"(?P<number>{NUMBER}|半)", "(?P<unit>天|日|周|星期|礼拜|月)"
_HANDS_IN = (
    "(?:提交|递交|上报|(?<![移转])交(?![易接割])|去办|再办|去弄|再弄|报上|去报|再报|办)(?!得?[的了过])"
)
# From today on, in either form; and beyond the last day.
_FROM_NOW = tuple(
    patterns.backtracking(f"{form}.{{0,4}}{_HANDS_IN}")
    for form in (
        rf"(?:过|等|隔)(?:上|个|了)?{_NUMBER}?个?{_UNIT}",
        rf"{_NUMBER}个?{_UNIT}(?:以|之)?后",
    )
)
_BEYOND = patterns.backtracking(
    rf"(?:晚|迟|拖|超|延)(?:上|个|了)?{_NUMBER}?个?{_UNIT}.{{0,4}}(?:{_HANDS_IN}|[行可能])"
)
_ON_THE_LAST = patterns.backtracking(
    rf"(?:(?:最后|截止|到期)的?(?:那|这|一|当)?[天日]|[卡踩压](?:着|在)?[点线]).{{0,6}}{_HANDS_IN}"
)
_UNITS = {"天": "days", "日": "days", "月": "months"}


def distance_day(heard: Heard, last: date, today: date) -> Span | None:
    """The day on which a message with no date speaks of handing in; `last` is the last day for it."""
    if heard.days:
        return None
    clauses = clauses_in(heard.said.text)
    days = [day for clause in clauses if (day := _told_in(clause, last, today))]
    return Span(days[-1], days[-1]) if days else None


def _told_in(clause: str, last: date, today: date) -> date | None:
    if _ON_THE_LAST.search(clause):
        return last
    for pattern, start in (*((form, today) for form in _FROM_NOW), (_BEYOND, last)):
        match = pattern.search(clause)
        day = _later(start, match) if match else None
        if day is not None:
            return day
    return None


def _later(start: date, match: patterns.Match) -> date | None:
    number, unit = match["number"], match["unit"]
    if number == "半":
        return start + relativedelta(days=15) if unit == "月" else None
    try:
        count = read_number(number) if number else 1
    except ValueError:
        return None
    day: date = start + relativedelta(**{_UNITS.get(unit, "weeks"): count})
    return day
