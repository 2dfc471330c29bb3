"""The last days to report a change and to submit again after a rejection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from beian.kb import KnowledgeBase

SUBMIT = "timeline.submit_deadline"
RESUBMIT = "timeline.resubmit_deadline"


@dataclass(frozen=True)
class Deadline:
    """The last day of a period that a fact of the procedure sets.

    `days_left` is counted from today: 0 on the last day itself, negative once it has passed.
    """

    fact: str
    start: date
    last: date
    days_left: int

    @property
    def late(self) -> bool:
        """Whether the last day has passed."""
        return self.days_left < 0


def last_day(start: date, days: int) -> date:
    """The last day of a period of calendar days; the day it starts on does not count.

    ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError("a period cannot end before it starts")
    return start + timedelta(days=days)


def submit_deadline(changed_on: date, today: date, kb: KnowledgeBase) -> Deadline:
    """The last day to report a change that happened on `changed_on`."""
    return _deadline(SUBMIT, changed_on, kb.calendar.submit_days, today)


def resubmit_deadline(rejected_on: date, today: date, kb: KnowledgeBase) -> Deadline:
    """The last day to submit again after a rejection on `rejected_on`."""
    return _deadline(RESUBMIT, rejected_on, kb.calendar.resubmit_days, today)


def _deadline(fact: str, start: date, days: int, today: date) -> Deadline:
    last = last_day(start, days)
    return Deadline(fact, start, last, (last - today).days)
