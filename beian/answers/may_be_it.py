"""Whether somebody of an age may be the person in charge of a site, in the first words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beian.calendar.age import find_age
from beian.calendar.age_days import comes_of_age
from beian.calendar.age_text import RESPONSIBLE_PERSON
from beian.calendar.finding import Finding
from beian.hearing.heard import Heard
from beian.hearing.questions import asks_leave, is_polar
from beian.kb import Fact, KnowledgeBase

# Who asks of such an age asks if there is an upper limit.
_OLD = 60


def may_be_it(
    found: Sequence[Fact], parts: Mapping[str, Finding], heard: Heard, kb: KnowledgeBase
) -> str | None:
    """Yes or no on the one age that was checked, where a message asks if somebody may be it; None
    elsewhere."""
    checked, text = parts.get(RESPONSIBLE_PERSON), heard.said.text
    if checked is None or len(found) > 1 or not (is_polar(text) and asks_leave(text)):
        return None
    verdict = checked.card["verdicts"][0]
    if verdict == "ok":
        age = find_age(heard.said.written, heard.today) if heard.today else None
        old = age and heard.today and comes_of_age(age.born_last, _OLD) <= heard.today
        return kb.phrase("age", "may_old" if old else "may")
    if verdict == "unsure" or checked.verdict:
        # that it can be waited for says it already
        return None
    return kb.phrase("age", "may_not" if checked.ends is None else "may_then")
