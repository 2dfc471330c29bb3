"""How old somebody is, as people say it: 17岁, 08年的, 还差一个月满18, 刚满18."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from beian.calendar import age_words as words
from beian.calendar.age_birthday import with_the_birthday
from beian.calendar.age_days import OLDEST, ONE_DAY, Age, at_least, birthday_of, exactly, younger_than
from beian.calendar.dates import find_dates
from beian.calendar.numerals import read_number, read_year
from beian.calendar.reading import day_or_none, month_end
from beian.text import patterns
from beian.text.plain import plain_characters

ADULT = 18  # 成年 in law; what the procedure asks for comes from the knowledge base
_Finder = Callable[[str, date], "Age | None"]


def find_age(text: str, today: date) -> Age | None:
    """The age a message names, or None. The rule itself (年满18周岁) and questions about it name no age."""
    plain = plain_characters(text)
    if not words.HINT.search(plain):
        return None
    for find in _FINDERS:
        age = find(plain, today)
        if age is not None:
            return age
    return None


def age_in_answer(text: str, today: date) -> Age | None:
    """The age in a reply to the question for it, where a bare 08年的, 19 or 那2008年3月9号呢 is one."""
    bare = words.ANSWER_END.sub("", words.ANSWER_LEAD.sub("", plain_characters(text).strip()))
    for told in (text, f"负责人{bare}", f"{bare}出生"):
        age = find_age(told, today)
        if age is not None:
            return age
    return None


def _years_of(match: patterns.Match) -> int | None:
    years = match["years"]
    if not years:
        return ADULT
    try:
        number = read_number(years)
    except ValueError:
        return None
    return number if 1 <= number <= OLDEST else None


def _born(text: str, today: date) -> Age | None:
    """2010年出生, 身份证上2009年3月生, 08年的, 生日是2008-12-01."""
    for match in words.BORN_DATE.finditer(text):
        before, end = patterns.tail(text, match.start()), match.end()
        told = words.BORN_AFTER.match(text, end) or words.BORN_BEFORE.search(before)
        of_person = (
            match[0].endswith("的") and words.PERSON_BEFORE.search(before) and words.END.match(text, end)
        )
        if not (told or of_person or (match[0].endswith("年") and text.startswith("人", end))):
            continue
        born = _birth_days(match, today)
        if born and born[0] <= today and born[0].year >= today.year - OLDEST:
            word = words.BORN_AFTER.match(text, end)
            return Age(match[0] + (word[0] if word else ""), born[0], min(born[1], today))
    return None


def _birth_days(match: patterns.Match, today: date) -> tuple[date, date] | None:
    try:
        year = read_year(match["year"], today.year - 1)
        month = read_number(match["month"]) if match["month"] else None
        day = read_number(match["day"]) if match["day"] else None
    except ValueError:
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        return None
    if day is None:
        return date(year, month, 1), month_end(year, month)
    found = day_or_none(year, month, day)
    return (found, found) if found else None


def _decade(text: str, today: date) -> Age | None:
    """05后, 90后: born in that year or up to nine years later (four for a 5)."""
    match = words.DECADE.search(text)
    if not match:
        return None
    first = read_year(match["decade"], today.year - 1)
    last = first + (4 if first % 10 == 5 else 9)
    if first % 5:
        return None
    return Age(match[0], date(first, 1, 1), min(date(last, 12, 31), today))


def _dated(text: str, today: date) -> Age | None:
    """下个月满18, 12月3日过18岁生日, 明年才满18."""
    match = words.WHEN_YEAR.search(text)
    if match and (years := _years_of(match)):
        word = match["word"]
        year = today.year + {"去年": -1, "明年": 1, "后年": 2}.get(word, 0) - years
        return Age(match[0], date(year, 7 if word == "下半年" else 1, 1), date(year, 12, 31))
    for found in find_dates(text, today):
        after, before = (
            words.WHEN.match(text, found.end),
            words.BIRTHDAY.search(patterns.tail(text, found.start)),
        )
        match = after or before
        if not match or found.first is None or found.last is None:
            continue
        years = _years_of(match)
        if years:
            first, last = found.first - relativedelta(years=years), found.last - relativedelta(years=years)
            if found.kind == "future":  # a leap day would fall back to a birthday that has passed
                first = max(first, birthday_of(today, years) + ONE_DAY)
            said = found.text + match[0] if after else match[0] + found.text
            return Age(said, first, max(first, last))
    return None


def _ahead(text: str, today: date) -> Age | None:
    """还差一个月满18, 再过三天18岁, 差一岁成年: born that much later than those who are of age today."""
    for match in words.AHEAD.finditer(text):
        years = _years_of(match)
        if years is None or not (match["unit"] or match["number"] in ("一点", "点", "几")) or years < 2:
            continue
        number, unit = match["number"], match["unit"]
        if number in (None, "半", "几", "一点", "点"):
            return younger_than(match[0], today, years)
        try:
            count = read_number(number)
        except ValueError:
            continue
        name = {"天": "days", "月": "months", "年": "years", "岁": "years"}.get(unit, "weeks")
        day = today + relativedelta(**{name: count}) - relativedelta(years=years)
        if day > today:
            return None
        # Said in round figures: only days are meant exactly, but it is ahead in any case.
        slack = timedelta(days={"days": 0, "weeks": 3, "months": 15, "years": 364}[name])
        return Age(match[0], max(day - slack, birthday_of(today, years) + ONE_DAY), min(day + slack, today))
    return None


def _said(
    pattern: patterns.Pattern,
    make: Callable[[str, date, int], Age],
    not_yet: patterns.Pattern | None = None,
) -> _Finder:
    """Finds ages in one way of saying; behind `not_yet` they are still to come: 还没到18."""

    def find(text: str, today: date) -> Age | None:
        for match in pattern.finditer(text):
            years = _years_of(match)
            if years and not words.is_rule(match):
                is_ahead = not_yet and not_yet.search(patterns.tail(text, match.start()))
                return (younger_than if is_ahead else make)(match[0], today, years)
        return None

    return find


def _plain(text: str, today: date) -> Age | None:
    """17岁, 十七周岁, 17岁半, 才17."""
    for match in (*words.PLAIN.finditer(text), *words.BARE.finditer(text)):
        years = _years_of(match)
        if not years or words.is_rule(match) or words.OVER.search(patterns.tail(text, match.start())):
            continue
        return exactly(match[0], today, years)
    return None


def _nominal(text: str, today: date) -> Age | None:
    """虚岁18: counts from one and grows at New Year, so one or two more than the complete years."""
    for match in words.NOMINAL.finditer(text):
        years = _years_of(match)
        if years and years > 2:
            return Age(match[0], birthday_of(today, years) + ONE_DAY, birthday_of(today, years - 2))
    return None


# The first that finds one decides: what is said most exactly comes first.
_FINDERS: tuple[_Finder, ...] = (
    _born,
    with_the_birthday,
    _dated,
    _ahead,
    _said(words.UNDER, younger_than),
    _said(words.NEARLY, younger_than),
    _said(words.JUST, exactly),
    _nominal,
    _plain,
    _said(words.REACHED, at_least, words.NOT_YET),
    _decade,
)
