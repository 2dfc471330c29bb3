"""A yes-or-no question gets its own answer in the first words, and not the whole statement again."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.render import lead_of
from beian.hearing import questions
from beian.hearing.heard import Heard
from beian.kb import Fact, KnowledgeBase
from beian.meaning.state import Discourse
from beian.text.clauses import offers_alternatives

_GROUP = "verdict"


def verdict(facts: Sequence[Fact], heard: Heard, state: Discourse, kb: KnowledgeBase) -> str | None:
    """The one fact in other words, its verdict first; None where the question is not answered by yes or no,
    or there is no such wording. `state` is the one after the message."""
    text = heard.said.text
    if len(facts) != 1 or not _asks(heard) or not (questions.is_polar(text) or offers_alternatives(text)):
        return None
    fact = facts[0]
    lead = None if _names_another(heard, state) else lead_of(fact, state, kb, heard.said.detail)
    if lead and _names_the_type(fact, text, kb):
        return kb.phrase(_GROUP, "agreed", verdict=lead)
    if lead:
        leave = questions.asks_leave(text)
        return lead if leave or not obliges(text) else kb.phrase(_GROUP, "must", verdict=lead)
    kind = heard.said.case().get("subject_kind") or state.focus.subject_kind
    said = kb.phrases[_GROUP].get(f"{fact.id}.{kind}") or kb.phrases[_GROUP].get(fact.id)
    if said is None:
        return None
    refuses = fact.id in kb.phrases[_GROUP]["required"] and questions.does_without(text)
    return kb.phrase(_GROUP, "without", verdict=said) if refuses else said


def _asks(heard: Heard) -> bool:
    """Whether a message asks: one that corrects the case does so where it compares."""
    manner = heard.meaning.manner
    return manner in ("ask", "item", "sum_up") or (
        manner == "correct" and questions.compares(heard.said.text)
    )


def _names_another(heard: Heard, state: Discourse) -> bool:
    """Whether a message names another item than the one in hand, be it in passing (网站负责人写的是已经走了的
    老会长，是不是得换): the sentence on the change in hand is no answer to it."""
    items = {value for slot, value, _ in heard.meaning.named or () if slot == "item"}
    return bool(items) and state.focus.item not in items


def _names_the_type(fact: Fact, text: str, kb: KnowledgeBase) -> bool:
    """Whether a question already names the type of change that a fact is on."""
    name = kb.name_of("change_type", fact.when.get("change_type"))
    return fact.aspect == "type" and name is not None and name in text


def obliges(text: str) -> bool:
    """Whether it asks if something has to be done."""
    return any(word in text for word in ("要", "用", "需", "得", "必须"))
