"""The likely time of the review's result in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from beian.calendar.day_text import day_text, span_of_days
from beian.calendar.finding import Finding, day_finding
from beian.calendar.working_days import Window, is_working_day, review_window
from beian.kb import KnowledgeBase

REVIEW = "timeline.review"


def review_text(
    earliest: Window, latest: Window, today: date, kb: KnowledgeBase, limit: date | None = None
) -> Finding:
    """The earliest and the latest usual day, counted from the earliest and the latest day of submission
    (the same when it is known); says so when it is past, and when holidays are not known. `limit`: a day by
    which it is wanted, judged where it is given."""
    shortest, longest = kb.calendar.review_days
    exact = earliest.submitted == latest.submitted
    start = span_of_days(earliest.submitted, latest.submitted, kb)
    first, last = day_text(earliest.first), day_text(latest.last)
    overdue = latest.last < today
    title = kb.phrase("deadline", "review_late" if overdue else "review_between", first=first, last=last)
    days = {"shortest": str(shortest), "longest": str(longest)}
    items = [kb.phrase("deadline", "review_start", day=start, **days)]
    partly = not overdue and earliest.last < today
    if partly:
        turning = _not_overdue_from(earliest.submitted, latest.submitted, today, kb)
        items.append(kb.phrase("deadline", "review_perhaps_late", day=day_text(turning)))
    known = earliest.known and latest.known
    rest = [kb.phrase("deadline", "holidays_counted" if known else "holidays_unknown")]
    if overdue:
        rest.insert(0, kb.phrase("deadline", "review_overdue"))
    elif not exact:
        rest.insert(0, kb.phrase("deadline", "approximate"))
    ends = (
        kb.phrase("deadline", "review_first", day=first, number=str(shortest)),
        kb.phrase("deadline", "review_last", day=last, number=str(longest)),
    )
    verdict = kb.phrase(
        "deadline", "review_too_late" if overdue else "uncertain" if partly else "review_in_time"
    )
    if earliest.submitted > today:
        # of what is still to be handed in nothing can be late
        verdict = ""
    if limit is not None:
        verdict = _by(limit, earliest.first, latest.last, kb)
    return replace(day_finding(title, items, rest, REVIEW, verdict, ends), judged=limit is not None)


def _not_overdue_from(first: date, last: date, today: date, kb: KnowledgeBase) -> date:
    """The first day of a stretch from which on the usual time is not over today."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return next((day for day in days if review_window(day, kb).last >= today), last)


def _by(limit: date, first: date, last: date, kb: KnowledgeBase) -> str:
    """Whether the result is there by a day: 来得及, 不一定, 来不及."""
    if last < limit:
        return kb.phrase("deadline", "will_be_in_time")
    return kb.phrase("deadline", "uncertain" if first < limit else "review_not_by_then")


def waited_text(days: int, kb: KnowledgeBase) -> Finding | None:
    """What is to be said to somebody who has waited for so many working days: None while that is usual."""
    shortest, longest = kb.calendar.review_days
    if days <= longest:
        return None
    said = {"days": str(days), "shortest": str(shortest), "longest": str(longest)}
    title = kb.phrase("deadline", "waited", **said)
    verdict = kb.phrase("deadline", "review_too_late")
    return day_finding(title, [], [kb.phrase("deadline", "review_overdue")], REVIEW, verdict)


def overdue_text(kb: KnowledgeBase) -> Finding:
    """What is to be done once the review has taken longer than is usual."""
    shortest, longest = kb.calendar.review_days
    title = kb.phrase("deadline", "overdue", shortest=str(shortest), longest=str(longest))
    return day_finding(title, [], [kb.phrase("deadline", "review_overdue")], REVIEW)


def day_text_of(first: date, last: date, kb: KnowledgeBase) -> Finding:
    """Whether the days that are asked about count as working days."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    worked = [day for day in days if is_working_day(day)[0]]
    span = span_of_days(first, last, kb)
    if not worked:
        title = kb.phrase("deadline", "day_off", day=span)
    elif len(worked) == len(days):
        title = kb.phrase("deadline", "day_worked", day=span)
    else:
        mostly = 2 * len(worked) > len(days)
        few = [day for day in days if day not in worked] if mostly else worked
        listed = "、".join(day_text(day) for day in few)
        title = kb.phrase("deadline", "day_most" if mostly else "day_some", day=span, days=listed)
    sure = all(is_working_day(day)[1] for day in days)
    remark = kb.phrase("deadline", "day_known" if sure else "day_unknown")
    return day_finding(title, [], [remark], REVIEW)
