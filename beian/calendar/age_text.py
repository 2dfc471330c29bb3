"""Whether an age is enough for the person responsible for a site, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.calendar.age_days import Age
from beian.calendar.day_text import day_text
from beian.calendar.finding import Finding, rule_finding
from beian.kb import KnowledgeBase

RESPONSIBLE_PERSON = "notice.responsible_person"


def age_text(age: Age, today: date, kb: KnowledgeBase) -> Finding:
    """The verdict on an age; asks for the birthday where that decides."""
    minimum = kb.calendar.minimum_age
    adult, day = age.is_adult(today, minimum), age.of_age_on(minimum)
    values = {"age": age.text, "minimum": str(minimum)}
    rest = []
    if adult is None:
        item = kb.phrase("age", "unsure", **values)
        rest.append(kb.phrase("age", "ask", minimum=str(minimum)))
    elif adult:
        item = kb.phrase("age", "adult", **values)
    elif day:
        item = kb.phrase("age", "minor_until", day=day_text(day), **values)
    else:
        item = kb.phrase("age", "minor", **values)
    found = rule_finding("verdict", kb.phrase("age", "title"), [item], rest, RESPONSIBLE_PERSON, kb)
    found.card["verdicts"] = ["unsure" if adult is None else "ok" if adult else "no"]
    body = [line for _, entries in kb.facts[RESPONSIBLE_PERSON].body for line in entries]
    then = day_text(day) if day and not adult else None
    return replace(found, text="\n".join([f"{item}。", *rest, *body]), ends=(then, then) if then else None)
