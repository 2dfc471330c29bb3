"""A paper that a notice asks for and the customer has not got: what the list and the notice say together."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.paper_points import Verdict
from beian.hearing import questions
from beian.hearing.heard import Heard
from beian.kb import Fact, KnowledgeBase
from beian.kb.papers import IF_ANY, Paper
from beian.meaning.advance import entry_at
from beian.meaning.state import Discourse


def missing_paper(
    found: Sequence[Fact], heard: Heard, before: Discourse, kb: KnowledgeBase
) -> Verdict | None:
    """The answer on a paper that is missing and that a notice asks for, with what the list says of it; None
    for other questions. `before` is the state before the message."""
    text = heard.said.text
    reasons = {kb.facts[fact].otherwise for fact in kb.papers.of_fact} - {None}
    read = {fact.id for fact in found}
    of_notice = set(before.entries) if before.notice else set()
    in_hand = read & reasons or reasons & {*before.stated, *of_notice}
    # who quotes the mark means the list, whatever else was read
    of_papers = IF_ANY in text or read <= reasons | of_notice | set(kb.papers.of_fact)
    if heard.meaning.notice or not in_hand or not of_papers:
        return None
    if not (questions.lacks(text) or questions.does_without(text) or IF_ANY in text):
        return None
    meant = _meant(heard, before, reasons, kb) if heard.said.asks or questions.is_polar(text) else None
    if meant is None:
        return None
    fact, paper = meant
    also = (fact, *sorted(reason for reason in reasons if reason))
    if not paper.if_any:
        return Verdict(kb.phrase("papers", "kept", entry=paper.entry), also)
    text = kb.phrase("papers", "if_any_rejected", name=paper.name)
    return Verdict(text, (*also, *kb.phrases["handoff"]["facts"]))


def _meant(
    heard: Heard, before: Discourse, reasons: set[str | None], kb: KnowledgeBase
) -> tuple[str, Paper] | None:
    """The paper that is meant, with the fact that lists it: the one that the message names, that of the line
    of the notice that it is on, else what is marked as the message says."""
    case = before.focus.case
    lists = sorted(kb.papers.of_fact, key=lambda fact: not kb.cells[fact].fits(case))
    own = [(fact, paper) for fact in lists for paper in kb.papers.of_fact[fact]]
    for line in (heard.said.text, *_lines(heard, before, reasons)):
        # what a name ends with is the paper: 营业执照变更通知书
        places = [
            (line.rfind(word) + len(word), len(word), -place)
            for place, (_, paper) in enumerate(own)
            for word in kb.words_of(paper)
            if word in line
        ]
        if places:
            return own[-max(places)[2]]
    marked = [one for one in own if one[1].if_any]
    return marked[0] if marked and IF_ANY in heard.said.text else None


def _lines(heard: Heard, before: Discourse, reasons: set[str | None]) -> list[str]:
    """The line of the notice in hand that is pointed at, else those on missing papers."""
    pointed = entry_at(before.notice, heard.said.ordinal)
    if pointed is not None:
        return [pointed]
    # 域名不过户 goes without what another line of it wants
    of_another = bool(heard.meaning.targets) and set(heard.meaning.targets) <= set(before.entries) - reasons
    if len(before.notice) != len(before.entries) or of_another:
        return []
    return [line for line, target in zip(before.notice, before.entries, strict=True) if target in reasons]
