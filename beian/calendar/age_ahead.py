"""An age that is told, and when the next one is reached: 17岁, 下个月满18, 还差一个月满18."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from beian.calendar import age_words as words
from beian.calendar.age_days import OLDEST, ONE_DAY, Age, birthday_of, exactly, younger_than
from beian.calendar.dates import FROM_TODAY, YEARLESS, find_dates
from beian.calendar.numerals import read_number
from beian.text import patterns

ADULT = 18  # 成年 in law; what the procedure asks for comes from the knowledge base
_BIRTHDAY = "生日"


def years_of(match: patterns.Match) -> int | None:
    """The years of age that a pattern of `age_words` found; None for none that anybody reaches."""
    years = match["years"] or match.groupdict().get("birthday")
    if not years:
        return ADULT
    try:
        number = read_number(years)
    except ValueError:
        return None
    return number if 1 <= number <= OLDEST else None


def plain_age(text: str, today: date) -> Age | None:
    """17岁, 十七周岁, 17岁半, 才17."""
    for match in (*words.PLAIN.finditer(text), *words.BARE.finditer(text)):
        years = years_of(match)
        if not years or words.is_rule(match) or words.OVER.search(patterns.tail(text, match.start())):
            continue
        return exactly(match[0], today, years)
    return None


def dated(text: str, today: date) -> Age | None:
    """下个月满18, 12月3日过18岁生日, 明年才满18."""
    match = words.WHEN_YEAR.search(text)
    if match and (years := years_of(match)):
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
        years = years_of(match)
        if years:
            first, last = found.first - relativedelta(years=years), found.last - relativedelta(years=years)
            if found.kind == "future":  # a leap day would fall back to a birthday that has passed
                first = max(first, birthday_of(today, years) + ONE_DAY)
            said = found.text + match[0] if after else match[0] + found.text
            return Age(said, first, max(first, last))
    return None


def turning(text: str, today: date) -> Age | None:
    """17岁，下个月过生日; 17, 生日是12月3号: one year more on the next birthday."""
    age = plain_age(text, today)
    if age is None:
        return None
    years = today.year - age.born_last.year
    # 12月3号生日 is no date of birth here, which is no date of the case
    text = text.replace(_BIRTHDAY, f"过{_BIRTHDAY}")
    for found in find_dates(text, today):
        told = words.BIRTHDAY_AFTER.match(text, found.end) or words.BIRTHDAY_BEFORE.search(
            patterns.tail(text, found.start)
        )
        if not told or found.first is None or found.last is None:
            continue
        day, end = found.first, found.last
        if end < today:
            festival = not any(map(str.isdigit, found.text))
            if not (YEARLESS.match(found.text) or festival) or FROM_TODAY.search(found.text):
                continue
            day, end = day + relativedelta(years=1), end + relativedelta(years=1)
        turned = relativedelta(years=years + (day > today))
        first, last = day - turned, end - turned
        first, last = max(first, age.born_first), min(last, age.born_last)
        return Age(f"{age.text}，{found.text}{_BIRTHDAY}", first, last) if first <= last else None
    return None


def ahead(text: str, today: date) -> Age | None:
    """还差一个月满18, 再过三天18岁, 差一岁成年: born that much later than those who are of age today."""
    for match in words.AHEAD.finditer(text):
        years = years_of(match)
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
