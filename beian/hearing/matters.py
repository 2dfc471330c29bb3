"""Several changes in hand: which of them a message means, by a part of its name or by what it denies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import most_specific
from beian.meaning.state import Discourse, Matter
from beian.reading.another_change import of_another_change
from beian.text import patterns

_HEAD = 2
_TELLS_A_CHANGE = patterns.compile("[换变改更搬迁移了期]")


def of_one_matter(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the one change in hand that it means (地址的, while address and server change);
    as it is where it means none or several."""
    meaning, denied = heard.meaning, {value for slot, value in heard.said.denied if slot == "item"}
    if len(state.matters) < 2 or heard.said.values("item") or meaning.outcome == "not_understood":
        return heard
    if of_another_change(meaning, state.matters, kb):
        return heard
    likely = [matter for matter in state.matters if matter.item is None or matter.item not in denied]
    meant = _meant(heard.said.text, likely, kb, names_only=True) or _meant(heard.said.text, likely, kb)
    if len(meant) != 1:
        return heard
    matter = meant[0]
    named = tuple(
        (slot, value) for slot in ("item", "change_type") if (value := getattr(matter, slot)) is not None
    )
    asked = meaning.targets or meaning.choices
    targets = tuple(dict.fromkeys(question_for(target, matter, kb) for target in asked))
    meaning = replace(meaning, outcome="answer", targets=targets[:1] if len(set(targets)) > 1 else targets)
    said = replace(heard.said, named=(*heard.said.named, *named))
    return replace(heard, meaning=replace(meaning, choices=()), said=said)


def question_for(target: str, matter: Matter, kb: KnowledgeBase) -> str:
    """The same question for a change: a target that is for another one gives way to its own."""
    cell = kb.cells.get(target)
    if cell is None or cell.aspect is None:
        return target
    case = matter.case
    if cell.fits(case):
        return target
    same = [c for c in kb.cells.values() if c.aspect == cell.aspect and c.target not in kb.topics]
    best = most_specific(same, case)
    bound = [c for c in best if c.bound]
    return next((c.target for c in (*bound, *best)), target)


def words_for(matter: Matter, said: str, matters: Sequence[Matter], kb: KnowledgeBase) -> list[str]:
    """The words by which a text may mean a change: `said`, by which it was understood, those of the
    vocabulary, and what they end in or the name holds as far as no other change has it (电话, 地址)."""
    own = _words(matter, kb) | (frozenset({said}) if said else frozenset())
    heads = _heads(own) | _parts(matter, kb, names_only=True)
    for other in matters:
        if other != matter:
            heads -= _heads(_words(other, kb)) | _parts(other, kb, names_only=True)
    return sorted(own) + sorted(heads)


def _words(matter: Matter, kb: KnowledgeBase) -> frozenset[str]:
    slot, value = matter.name
    term = kb.term(slot, value) if value else None
    return frozenset({term.name, *term.aliases}) if term else frozenset()


@lru_cache(maxsize=256)
def _heads(words: frozenset[str]) -> set[str]:
    """What the names of things end in; a word that tells of a change is none."""
    return {word[-_HEAD:] for word in words if len(word) > _HEAD and not _TELLS_A_CHANGE.search(word)}


def _meant(
    text: str, matters: Sequence[Matter], kb: KnowledgeBase, *, names_only: bool = False
) -> list[Matter]:
    """The changes that a text has a pair of characters of which no other has."""
    parts = {matter: _parts(matter, kb, names_only) for matter in matters}
    said = _pairs(text)
    return [
        matter
        for matter, own in parts.items()
        if said & own.difference(*(other for one, other in parts.items() if one != matter))
    ]


def _parts(matter: Matter, kb: KnowledgeBase, names_only: bool) -> set[str]:
    """Pairs of characters in the words for what changes."""
    slot, value = matter.name
    term = kb.term(slot, value) if value else None
    words = (term.name, *(() if names_only else term.aliases)) if term else ()
    return {pair for word in words for pair in _pairs(word)}


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}
