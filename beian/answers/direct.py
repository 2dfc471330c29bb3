"""The first words of an answer: how it is spoken of, by the manner of the question.

A question on one entry of what was shown gets that entry; why, what if, are you sure, where does it say so
get their own sentence. What the document does not say is said so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beian.answers.beside_a_paper import beside_a_paper
from beian.answers.beyond import beyond_its_words
from beian.answers.brief import brief_of, brief_text
from beian.answers.confirmed import confirms
from beian.answers.decided_first import decided_by_rule, pressed
from beian.answers.entry_meant import entry_meant
from beian.answers.first_words import Direct, missing, missing_point, said_again
from beian.answers.papers import count_verdict, paper_verdict
from beian.answers.papers_asked import names_a_point
from beian.answers.shown_first import entry_at_number, item_asked, of_shown
from beian.answers.told_already import all_told
from beian.answers.unwritten import without_number
from beian.answers.verdict import verdict
from beian.answers.worked_first import SHORT, of_worked
from beian.calendar.finding import Finding
from beian.hearing.heard import ASKED_IN_FULL, MAYBE_IN_FULL, Heard
from beian.hearing.questions import (
    compares,
    counted_unit,
    is_polar,
    side_by_side,
)
from beian.kb import Fact, KnowledgeBase
from beian.meaning.state import Discourse

_TYPE = "type"
# So sure is what a message asks, by its own words and in its conversation.
SURELY_TO_FILE = 0.9
# From here on the words of a message are rather of other subjects.
ELSEWHERE = 0.5


def direct(
    facts: Sequence[str],
    heard: Heard,
    before: Discourse,
    kb: KnowledgeBase,
    parts: Mapping[str, Finding] | None = None,
    after: Discourse | None = None,
) -> Direct | None:
    """What to say first about `facts`; None where they are simply to be stated.

    `before` is the state before the message: what has just been shown is not shown in full again. `parts`
    are the facts that were worked out for this customer; `after` is the state that the message leads to.
    """
    found = [kb.facts[fact] for fact in facts]
    shown = bool(before.stated) and set(facts) <= set(before.stated)
    shown = shown or _listed_before(found, heard, before, kb)
    short = brief_text(found, kb, {fact: brief_of(part) for fact, part in (parts or {}).items()})
    manner = heard.meaning.manner
    # another case is one that the message itself tells of
    told = heard.said.named or heard.said.denied or heard.days
    new = after is not None and after.focus != before.focus and bool(told)
    decided = pressed(found, heard, before, shown, parts or {}, kb)
    decided = decided or decided_by_rule(found, heard, before, shown, parts or {}, kb)
    if decided:
        return decided
    if parts:
        # what it is worked out from, and not who the subject is
        new = after is not None and _days_of(after) != _days_of(before)
        return of_worked(found, heard, shown, new, short, parts, kb)
    if manner == "entry":
        # of a list that is shown; what was picked from another one is stated in full
        point = shown and names_a_point(found, heard, kb)
        paper = paper_verdict(found, heard, before, kb) if point else None
        if paper:
            # 第二样有范本没有 asks about the paper, not which it is
            return Direct(paper.text, True, paper.also, paper.missing, named=True)
        return entry_at_number(found, heard, kb) if shown else None
    put_again = manner == "item" and confirms(heard.said.text) and not names_a_point(found, heard, kb)
    if shown and before.point and not new and (manner in ("doubt", "sum_up") or put_again):
        # what was said last is one point, and not the list that it is of
        return said_again(before.point, found, heard, kb)
    own = _of_its_own(found, heard, before, after or before, shown, kb)
    if own:
        return own
    gap = without_number(found, heard, kb)
    if gap:
        return Direct(gap, True, missing=True)
    if manner in ("item", "meaning") or asks_about_shown(heard, shown):
        return item_asked(found, heard, shown, manner, kb) or missing(found, heard, shown and not new, kb)
    if manner == "tell":
        return missing(found, heard, shown and not new, kb)
    return of_shown(found, heard, not new, short, kb) if shown else None


def _days_of(state: Discourse) -> tuple[str | None, ...]:
    focus = state.focus
    return (focus.item, focus.change_type, focus.changed, focus.submitted, focus.rejected)


def _of_its_own(
    found: Sequence[Fact],
    heard: Heard,
    before: Discourse,
    after: Discourse,
    shown: bool,
    kb: KnowledgeBase,
) -> Direct | None:
    """A question about one paper, how many there are, or for yes or no: its own answer, not all of it. A
    button asks for all."""
    if heard.said.written in kb.questions:
        return None
    text = heard.said.text
    # which of them (哪几样要盖章) is a question about a point as well, not how many there are
    partly = heard.meaning.manner == "item" or is_polar(text) or counted_unit(text)
    if shown or partly or names_a_point(found, heard, kb):
        paper = paper_verdict(found, heard, before, kb)
        if paper:
            with_the_rest = beside_a_paper(found, paper.text, heard, kb)
            return Direct(with_the_rest, True, paper.also, paper.missing, named=True)
    count = count_verdict(found, heard, kb)
    if count:
        return Direct(count, True)
    beside = _on_a_point(heard) if shown else _beside_it(heard)
    if beside and not any(entry_meant(fact, heard, kb) for fact in found):
        # of what is not in its words nothing is decided
        return None
    said = verdict(found, heard, after, kb)
    again = shown and after.focus != before.focus and compares(text) and not side_by_side(text)
    if (
        said
        and shown
        and not again
        and not _whether_to_file(found, heard)
        and beyond_its_words(text, found, kb)
    ):
        return missing_point(found, heard, kb)
    if said and again:
        # 换法人呢，一样吗: the same statement holds for the other change as well
        said = kb.phrase("verdict", "same_again", verdict=said)
    return Direct(said, True) if said else None


def _whether_to_file(found: Sequence[Fact], heard: Heard) -> bool:
    """Whether a message surely asks if a change is to be filed at all (要不要把备案销掉)."""
    return found[0].aspect == _TYPE and heard.meaning.agreed(found[0].id) >= SURELY_TO_FILE


def _listed_before(found: Sequence[Fact], heard: Heard, before: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a list was told earlier in the conversation and is not asked for in full again."""
    in_full = heard.meaning.alone >= ASKED_IN_FULL and not is_polar(heard.said.text)
    asked = heard.said.written in kb.questions or in_full
    listed = len(found) == 1 and bool(found[0].items) and all_told([found[0].id], before)
    return listed and not asked and heard.meaning.manner in ("ask", "item", "tell")


def _on_a_point(heard: Heard) -> bool:
    """Whether a question about what was said is on a point of it, or in words of other subjects."""
    aside = heard.meaning.alone < MAYBE_IN_FULL and heard.meaning.foreign >= ELSEWHERE
    return heard.meaning.manner == "item" or aside


def _beside_it(heard: Heard) -> bool:
    """Whether a whole question is hardly what the fact answers by its own words: of 身份证过期了能用吗 the
    rule on the person's age decides nothing."""
    return heard.meaning.alone < MAYBE_IN_FULL and len(heard.said.text) > SHORT


def asks_about_shown(heard: Heard, shown: bool) -> bool:
    """Whether a plain question about what has just been said means a point of it: who asks the whole again
    says it in full."""
    return shown and heard.meaning.manner == "ask" and heard.meaning.alone < ASKED_IN_FULL
