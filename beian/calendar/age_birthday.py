"""An age of today with the day of the next birthday: 17岁，下个月过生日."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from beian.calendar import age_words as words
from beian.calendar.age_days import OLDEST, Age
from beian.calendar.dates import find_dates
from beian.calendar.numerals import read_number


def with_the_birthday(text: str, today: date) -> Age | None:
    """Born on the day that is told, so that the years are one more from then on; None without both."""
    told = next((match for match in words.PLAIN.finditer(text) if not words.is_rule(match)), None)
    if told is None:
        return None
    try:
        years = read_number(told["years"])
    except ValueError:
        return None
    for found in find_dates(text, today):
        birthday = words.NEXT_BIRTHDAY.search(text[found.end :])
        coming = found.first is not None and found.last is not None and found.first > today
        if not coming or not birthday or not 0 < years < OLDEST:
            continue
        later = relativedelta(years=years + 1)
        begin, end = min(told.start(), found.start), max(told.end(), found.end + len(birthday[0]))
        return Age(text[begin:end], found.first - later, found.last - later)
    return None
