"""Which of several clients or changes is to be done first (先办哪家, 最急的是哪个): by their last days, as
far as the days are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beian.answers.case import matter_name
from beian.answers.reply import Reply, next_buttons
from beian.answers.told_already import after_telling
from beian.calendar.deadline_text import deadline_of, of_one_matter
from beian.checklist.steps import is_change
from beian.hearing.asked_of_all import asks_which_first
from beian.hearing.days import tell_days
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse, Matter

_GROUP = "clients"


def which_first(
    heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    """The changes in hand by their last days, and the state after it; None where that is not asked."""
    if len(state.matters) < 2 or heard.meaning.notice or not asks_which_first(heard.said.text):
        return None
    known, _ = tell_days(state, heard, kb)
    facts = kb.awaiting("changed")[:1]
    reply = Reply("answered", in_order(known.matters, today, kb), facts, next_buttons(facts, kb, known))
    return reply, after_telling(known, facts)


def in_order(matters: Sequence[Matter], today: date, kb: KnowledgeBase) -> str:
    """A line for each change, that which is due first at the beginning, and which of them nothing is known
    of."""
    fact, days = kb.awaiting("changed")[0], str(kb.calendar.submit_days)
    dated = [(span, matter) for matter in matters if (span := matter.span("changed"))]
    dated.sort(key=lambda one: deadline_of(fact, one[0].first, today, kb).last)
    others = [matter for matter in matters if not matter.span("changed")]
    undated = [matter for matter in others if is_change(Discourse(focus=matter), kb)]
    free = [matter for matter in others if matter not in undated]
    if not dated:
        # one by one they would say the same
        undated = []
    lines = [
        *(of_one_matter(fact, matter_name(matter, kb), span, today, kb) for span, matter in dated),
        *(
            kb.phrase("deadline", "of_matter_undated", name=matter_name(one, kb), days=days)
            for one in undated
        ),
        *(kb.phrase(_GROUP, "no_limit", name=matter_name(one, kb)) for one in free),
    ]
    title = kb.phrase(_GROUP, "first_unknown", days=days)
    if dated:
        name = matter_name(dated[0][1], kb)
        title = kb.phrase(_GROUP, "first_open" if undated else "first", name=name)
    rest = [kb.phrase(_GROUP, "still_open")] if dated and undated else []
    return "\n".join([title, *(f"· {line}" for line in lines), *rest])
