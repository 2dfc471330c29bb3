"""Whether an age is enough for the person responsible for a site, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.calendar.age_days import Age, comes_of_age
from beian.calendar.day_text import day_text, span_of_days
from beian.calendar.finding import Finding, rule_finding
from beian.kb import KnowledgeBase

# A day of coming of age that is known to so many days is told.
_TOLD_AS_A_SPAN = 92
RESPONSIBLE_PERSON = "notice.responsible_person"


def age_text(age: Age, today: date, kb: KnowledgeBase, *, waits: bool = False) -> Finding:
    """The verdict on an age; asks for the birthday where that decides. `waits`: it is asked whether it can be
    done once the age is reached."""
    minimum = kb.calendar.minimum_age
    adult, day = age.is_adult(today, minimum), age.of_age_on(minimum)
    values = {"age": age.text, "minimum": str(minimum)}
    first, last = comes_of_age(age.born_first, minimum), comes_of_age(age.born_last, minimum)
    rest = []
    if adult is None:
        item = kb.phrase("age", "unsure", **values)
        rest.append(kb.phrase("age", "ask", minimum=str(minimum)))
    elif adult:
        item = kb.phrase("age", "adult", **values)
    elif day:
        item = kb.phrase("age", "minor_until", day=day_text(day), **values)
    elif (last - first).days <= _TOLD_AS_A_SPAN:
        days = span_of_days(first, last, kb)
        item = kb.phrase("age", "minor_from", days=days, **values)
    else:
        item = kb.phrase("age", "minor", **values)
    found = rule_finding("verdict", kb.phrase("age", "title"), [item], rest, RESPONSIBLE_PERSON, kb)
    found.card["verdicts"] = ["unsure" if adult is None else "ok" if adult else "no"]
    body = [line for _, entries in kb.facts[RESPONSIBLE_PERSON].body for line in entries]
    then = day_text(day) if day and not adult else None
    found = replace(found, text="\n".join([f"{item}。", *rest, *body]), ends=(then, then) if then else None)
    if waits and adult is False:
        found = replace(found, verdict=kb.phrase("age", "wait", minimum=str(minimum)))
    return found
