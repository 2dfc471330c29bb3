"""An age as the days on which the person may have been born."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from beian.calendar.reading import day_or_none

ONE_DAY = timedelta(days=1)
OLDEST = 120


@dataclass(frozen=True)
class Age:
    """An age as the days on which the person may have been born, the first and the last possible one."""

    text: str
    born_first: date
    born_last: date

    def is_adult(self, today: date, minimum: int) -> bool | None:
        """Whether `minimum` years are complete today; None when that depends on the exact birthday."""
        if comes_of_age(self.born_last, minimum) <= today:
            return True
        return False if comes_of_age(self.born_first, minimum) > today else None

    def of_age_on(self, minimum: int) -> date | None:
        """The day on which `minimum` years are complete, where the birthday is known to the day."""
        return comes_of_age(self.born_first, minimum) if self.born_first == self.born_last else None


def comes_of_age(born: date, years: int) -> date:
    """The birthday on which `years` years are complete; of a leap day, the 1st of March in common years."""
    return day_or_none(born.year + years, born.month, born.day) or date(born.year + years, 3, 1)


def birthday_of(today: date, years: int) -> date:
    """The last birthday of those who are `years` years old today."""
    then: date = today - relativedelta(years=years)
    return then


def at_least(text: str, today: date, years: int) -> Age:
    """Of `years` years or more, as `text` says."""
    return Age(text, birthday_of(today, OLDEST), birthday_of(today, years))


def younger_than(text: str, today: date, years: int) -> Age:
    """Of fewer than `years` years, as `text` says."""
    return Age(text, birthday_of(today, years) + ONE_DAY, today)


def exactly(text: str, day: date, years: int) -> Age:
    """Of `years` complete years, as `text` says."""
    return Age(text, birthday_of(day, years + 1) + ONE_DAY, birthday_of(day, years))
