"""A deadline in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from beian.calendar.day_text import day_text, span_of_days
from beian.calendar.deadlines import RESUBMIT, Deadline, resubmit_deadline, submit_deadline
from beian.calendar.finding import Finding, day_finding
from beian.calendar.span import Span
from beian.kb import KnowledgeBase


def span_text(
    fact: str,
    span: Span,
    today: date,
    kb: KnowledgeBase,
    *,
    supposed: bool = False,
    submitted: Span | None = None,
    remark: str = "planned",
) -> Finding:
    """The last day counted from a day, the days left or how late it is, and what follows otherwise.

    Of days only roughly known the earliest and the latest last day; it is late only when the latest is past.
    `supposed`: the day is only supposed; `submitted`: the days of handing in by which it is to be judged,
    today without; `remark`: what is said of a day still to come, where it is not supposed.
    """
    first, last = deadline_of(fact, span.first, today, kb), deadline_of(fact, span.last, today, kb)
    kind = "resubmit" if fact == RESUBMIT else "submit"
    days = str(kb.calendar.resubmit_days if fact == RESUBMIT else kb.calendar.submit_days)
    start = kb.phrase("deadline", f"{kind}_start", day=span_of_days(span.first, span.last, kb), days=days)
    items, rest = [start], []
    if span.exact:
        left = _left_then(first, submitted, today, kb) or _left(first, kb)
        title = kb.phrase("deadline", f"{kind}_last", day=day_text(first.last), left=left)
    else:
        both = span_of_days(first.last, last.last, kb)
        over = last.late and not (submitted and submitted.last < today)
        title = kb.phrase("deadline", f"{kind}_over" if over else f"{kind}_about", days=both)
        if submitted and submitted.last < today:
            # it is over, and judged by its own day
            pass
        elif last.late:
            items.append(kb.phrase("deadline", "surely_late", days=str(-last.days_left)))
        elif first.late:
            turning = span.last - timedelta(days=last.days_left)
            items.append(kb.phrase("deadline", "perhaps_late", day=day_text(turning)))
        rest.append(kb.phrase("deadline", "approximate"))
    if span.first > today and not supposed:
        rest.insert(0, kb.phrase("deadline", remark))
    rest += [kb.facts[fact].consequence or ""]
    on = submitted or Span(today, today)
    verdict = _verdict(first.last, last.last, on, today, kb)
    found = day_finding(title, items, [line for line in rest if line], fact, verdict)
    return replace(found, judged=submitted is not None)


def several_text(
    fact: str,
    spans: Sequence[tuple[str, Span]],
    today: date,
    kb: KnowledgeBase,
    undated: Sequence[str] = (),
) -> Finding:
    """The last days of several changes, given by name and day, the earliest first; a line each, also for
    those whose day is not known."""
    found = [(deadline_of(fact, span.first, today, kb), span, name) for name, span in spans]
    lasts = sorted(found, key=lambda one: one[0].last)
    lines = [of_one_matter(fact, name, span, today, kb) for _, span, name in lasts]
    days = str(kb.calendar.submit_days)
    lines += [kb.phrase("deadline", "of_matter_undated", name=name, days=days) for name in undated]
    # which is due first is only known of days that are
    count = str(len(lines))
    title = kb.phrase("deadline", "of_matters", count=count, first=lasts[0][2])
    together = len(lasts) > 1 and lasts[0][0].last == lasts[1][0].last
    if undated or together:
        title = kb.phrase("deadline", "of_matters_open", count=count)
    rest = [kb.phrase("deadline", "approximate")] if not all(span.exact for _, span in spans) else []
    rest += [kb.facts[fact].consequence or ""]
    return day_finding(title, lines, [line for line in rest if line], fact)


def of_one_matter(fact: str, name: str, span: Span, today: date, kb: KnowledgeBase) -> str:
    """The last day of one of several changes, given by name and day, in a line."""
    first, last = deadline_of(fact, span.first, today, kb), deadline_of(fact, span.last, today, kb)
    days = span_of_days(first.last, last.last, kb)
    start = span_of_days(span.first, span.last, kb)
    return kb.phrase("deadline", "of_matter", name=name, last=days, left=_left(first, kb), day=start)


def each_start(fact: str, spans: Sequence[Span], today: date, kb: KnowledgeBase) -> Finding:
    """That the document does not say from which of several days a period runs, and the last day counted from
    each: the earlier one is safe as long as it is not past."""
    days = sorted(set(spans), key=lambda span: span.first)
    lasts = [
        (deadline_of(fact, span.first, today, kb), deadline_of(fact, span.last, today, kb)) for span in days
    ]
    lines = [
        kb.phrase(
            "deadline",
            "from_each",
            day=span_of_days(span.first, span.last, kb),
            last=span_of_days(first.last, last.last, kb),
            left=_left(last if last.late else first, kb),
        )
        for span, (first, last) in zip(days, lasts, strict=True)
    ]
    title = kb.phrase("deadline", "from_which", days=str(kb.calendar.submit_days))
    safe = "from_each_late" if lasts[0][0].late else "from_each_safe"
    rest = [kb.phrase("deadline", safe), kb.facts[fact].consequence or ""]
    found = day_finding(title, lines, [line for line in rest if line], fact)
    return replace(found, left_open=True)


def as_decided(found: Finding, kb: KnowledgeBase) -> Finding:
    """A last day, and that the customer has decided from which day it is counted, and not the document."""
    return replace(found, text=f"{found.text}\n{kb.phrase('deadline', 'from_decided')}")


def _verdict(first: date, last: date, on: Span, today: date, kb: KnowledgeBase) -> str:
    """Whether it is in time on a day; of a day to come, whether it will be; of days that are only roughly
    known, up to which of them it is."""
    ahead = on.last > today
    if on.first > last:
        least, most = (on.first - last).days, (on.last - last).days
        if ahead and least < most:
            return kb.phrase("deadline", "will_be_too_late_about", least=str(least), most=str(most))
        return kb.phrase("deadline", "will_be_too_late" if ahead else "too_late", days=str(least))
    if on.last > first:
        if first == last:
            return kb.phrase("deadline", "up_to", day=day_text(last))
        return kb.phrase("deadline", "uncertain")
    return kb.phrase("deadline", "will_be_in_time" if ahead else "in_time")


def deadline_of(fact: str, day: date, today: date, kb: KnowledgeBase) -> Deadline:
    """The deadline a fact sets for something that happened on `day`."""
    return (resubmit_deadline if fact == RESUBMIT else submit_deadline)(day, today, kb)


def deadlines_of(fact: str, span: Span, today: date, kb: KnowledgeBase) -> list[dict[str, str]]:
    """The last day to put into a calendar: date (YYYY-MM-DD) and title."""
    event = "resubmit_event" if fact == RESUBMIT else "submit_event"
    last = deadline_of(fact, span.first, today, kb).last
    return [{"date": last.isoformat(), "title": kb.phrase("deadline", event)}]


def _left_then(deadline: Deadline, submitted: Span | None, today: date, kb: KnowledgeBase) -> str | None:
    """How many days were left on a day of handing in that is past; None for any other."""
    if submitted is None or not submitted.exact or submitted.last >= today:
        return None
    days, then = (deadline.last - submitted.last).days, day_text(submitted.last)
    if days == 0:
        return kb.phrase("deadline", "last_day_then", day=then)
    if days < 0:
        return kb.phrase("deadline", "late_then", day=then, days=str(-days))
    return kb.phrase("deadline", "left_then", day=then, days=str(days))


def _left(deadline: Deadline, kb: KnowledgeBase) -> str:
    if deadline.late:
        return kb.phrase("deadline", "late", days=str(-deadline.days_left))
    if deadline.days_left == 0:
        return kb.phrase("deadline", "last_day")
    return kb.phrase("deadline", "left", days=str(deadline.days_left))
