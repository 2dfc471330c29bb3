"""Whether an age is enough for the person responsible for a site, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.calendar.age_days import Age, comes_of_age
from beian.calendar.day_text import day_text
from beian.calendar.finding import Finding, rule_finding
from beian.kb import KnowledgeBase

RESPONSIBLE_PERSON = "notice.responsible_person"


# Within so many days it is told when somebody comes of age; of a year that is said already.
_SOON_ENOUGH = 62


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
    elif (about := _about(age, minimum, kb)) is not None:
        item = kb.phrase("age", "minor_about", days=about, **values)
    else:
        item = kb.phrase("age", "minor", **values)
    found = rule_finding("verdict", kb.phrase("age", "title"), [item], rest, RESPONSIBLE_PERSON, kb)
    found.card["verdicts"] = ["unsure" if adult is None else "ok" if adult else "no"]
    body = [line for _, entries in kb.facts[RESPONSIBLE_PERSON].body for line in entries]
    then = day_text(day) if day and not adult else None
    return replace(found, text="\n".join([f"{item}。", *rest, *body]), ends=(then, then) if then else None)


def _about(age: Age, minimum: int, kb: KnowledgeBase) -> str | None:
    """Between which days somebody comes of age, where they are near each other."""
    first, last = comes_of_age(age.born_first, minimum), comes_of_age(age.born_last, minimum)
    if (last - first).days > _SOON_ENOUGH:
        return None
    return kb.phrase("deadline", "between", first=day_text(first), last=day_text(last))
