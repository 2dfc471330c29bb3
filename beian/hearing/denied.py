"""What a customer says not to have spoken of (我没说过户啊, 怎么又扯法人): it leaves the talk at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from beian.hearing.clauses import clauses_in
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE
from beian.meaning.said import Pairs
from beian.meaning.state import Discourse
from beian.reading.meaning import Meaning
from beian.text import patterns
from beian.text.clauses import looks_like_question
from beian.text.denials import denied_right_before, turns_all_down

# Without a word of speaking what is not the case is denied (我又不过户), and not what is missing (没有凭证).
_NOT_SO = patterns.compile("(?:不是|不|别|甭)(?:再|想|要|打算|是){0,3}$")
_CHANGES = ("item", "change_type")
# From this chance on another meaning of the message takes the place of a denied one.
_POSSIBLE = 0.08


def without_denied(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Heard, Discourse]:
    """The message without what it denies to be about, and the state that has forgotten it: another meaning
    of the message is left, else what was in question before."""
    gone = _denied(heard, state, kb)
    if not gone:
        return _without_the_offered(heard, state, kb), state
    said = heard.said
    kept = tuple(pair for pair in said.named if pair not in gone)
    said = replace(said, named=kept, denied=tuple(dict.fromkeys((*said.denied, *gone))))
    after = _forgotten(state, gone, kb)
    return replace(heard, said=said, meaning=_left(heard, after, gone, kb)), after


def _without_the_offered(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message that turns down all that was offered to choose from (都不是), as none of it: the act that
    it may be, else as not understood."""
    offered = state.asked.options if state.asked and state.asked.kind == "choice" else ()
    meaning = heard.meaning
    meant = {*meaning.targets, *meaning.choices}
    if not meant & set(offered) or not turns_all_down(heard.said.text):
        return heard
    acts = [target for target, chance in meaning.ranking if target not in kb.cells and chance >= _POSSIBLE]
    if not acts or acts[0] == OUT_OF_SCOPE:
        return replace(heard, meaning=replace(meaning, outcome="not_understood", targets=(), choices=()))
    return replace(heard, meaning=replace(meaning, outcome="answer", targets=(acts[0],), choices=()))


def _denied(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Pairs:
    """The pairs named or denied whose word stands after such words anywhere in the message."""
    text, words = heard.said.text, heard.said.words
    found = [pair for pair in (*heard.said.named, *heard.said.denied) if pair[0] in _CHANGES]
    gone = [pair for pair in found if _is_denied(text, words.get(pair, ""))]
    # 别老提注销: what an answer is for is denied by a part of its name as well
    cells = [kb.cells[target] for target in heard.meaning.targets if target in kb.cells]
    bound = [(slot, value) for cell in cells for slot in _CHANGES for value in cell.values(slot)]
    gone += [pair for pair in bound if any(_is_denied(text, part) for part in _parts_of_its_own(pair, kb))]
    if any(slot == "item" for slot, _ in gone) and ("item", state.focus.item) not in gone:
        # of a type that is in hand with another item only this item is denied
        gone = [pair for pair in gone if pair != ("change_type", state.focus.change_type)]
    return tuple(dict.fromkeys(gone))


def _parts_of_its_own(pair: tuple[str, str], kb: KnowledgeBase) -> set[str]:
    """The pairs of characters in the name of an item or a type of change that no other name has."""
    parts = {
        (term.group, term.id): {term.name[place : place + 2] for place in range(len(term.name) - 1)}
        for term in kb.terms
        if term.group in _CHANGES
    }
    return parts[pair].difference(*(others for other, others in parts.items() if other != pair))


def _is_denied(text: str, word: str) -> bool:
    if not word:
        return False
    for clause in clauses_in(text):
        asks = looks_like_question(clause)
        pieces = clause.split(word)
        befores = ["".join(pieces[:place]) for place in range(1, len(pieces))]
        if any(denied_right_before(before) or (not asks and _NOT_SO.search(before)) for before in befores):
            return True
    return False


def _of(target: str, gone: Pairs, kb: KnowledgeBase) -> bool:
    cell = kb.cells.get(target)
    return cell is not None and any(value in cell.values(slot) for slot, value in gone)


def _forgotten(state: Discourse, gone: Pairs, kb: KnowledgeBase) -> Discourse:
    """The state without the answers that are for what is denied."""

    def rest(facts: Iterable[str]) -> tuple[str, ...]:
        return tuple(fact for fact in facts if not _of(fact, gone, kb))

    trail = tuple(facts for facts in map(rest, state.trail) if facts)
    stated = rest(state.stated)
    if not stated and trail and state.stated:
        stated, trail = trail[-1], trail[:-1]
    theme = state.theme if state.theme and not _of(state.theme, gone, kb) else None
    asked = state.asked if state.asked is None or rest(state.asked.options) == state.asked.options else None
    return replace(state, stated=stated, trail=trail, theme=theme, asked=asked, entries=rest(state.entries))


def _left(heard: Heard, after: Discourse, gone: Pairs, kb: KnowledgeBase) -> Meaning:
    """What the message means without what it denies."""
    meaning = heard.meaning
    targets = tuple(target for target in meaning.targets if not _of(target, gone, kb))
    if targets and meaning.outcome == "answer":
        manner = "correct" if set(targets) <= set(after.stated) else meaning.manner
        return replace(meaning, targets=targets, manner=manner)
    other = [
        target
        for target, chance in meaning.ranking
        if chance >= _POSSIBLE and target in kb.facts and not _of(target, gone, kb)
    ]
    choices = tuple(target for target in meaning.choices if not _of(target, gone, kb))
    if meaning.outcome == "ask" and not after.stated and len(choices) > 1:
        return replace(meaning, choices=choices, manner="correct")
    tells = any(pair not in gone for pair in heard.said.named)
    told = tuple(other[:1]) if tells or not after.stated else ()
    following = told or after.stated
    if not following:
        return replace(meaning, outcome="answer", targets=("which_type",), manner="correct", choices=())
    return replace(meaning, outcome="answer", targets=following, manner="correct", choices=())
