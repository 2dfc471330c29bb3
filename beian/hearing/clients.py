"""Several changes of several clients: which of them a message means by what happened (卖掉那家, B家)."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.heard import Heard
from beian.hearing.matters import question_for
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse, Matter
from beian.text import patterns

_ONE = "(?:一?家|个客户|位客户|个公司|一?边|个)"
_WHERE = patterns.compile(f"(?P<what>[^,，。;；!！?？\\s和跟与]{{1,8}}?)的?[那这]{_ONE}")
_LETTER = patterns.compile("(?P<letter>[a-dA-D甲乙丙丁])(?:家|公司|客户|那)")
_LETTERS = {
    **{letter: place for place, letter in enumerate("abcd")},
    **dict(zip("甲乙丙丁", range(4), strict=True)),
}
# 关站那家呢: nothing else is asked than what was asked before.
_NOTHING_ELSE = patterns.compile(
    f"(?:[那这]{_ONE}|[a-dA-D甲乙丙丁](?:家|公司|客户))(?:的?呢|的话?)?[?？。.!！~]*$"
)
_OF_NO_CHANGE = frozenset("的了要把被是我说那这家个公司网站备案客户信息变更换改名")


def of_the_client(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Heard, Discourse]:
    """The message as about the changes in hand that it points at, and the state with the first in focus; as
    they are where it points at none."""
    if len(state.matters) < 2 or heard.meaning.notice:
        return heard, state
    meant = _meant(heard.said.text, state, kb)
    others = set(heard.said.values("item")) - {matter.item for matter in state.matters}
    if not meant or others:
        return heard, state
    meaning = heard.meaning
    before = state.stated or ((state.theme,) if state.theme else ())
    elliptic = _NOTHING_ELSE.search(heard.said.text) and before
    asked = before if elliptic else meaning.targets or meaning.choices or before
    if not asked:
        return heard, state
    targets = tuple(dict.fromkeys(question_for(asked[0], matter, kb) for matter in meant))
    manner = "ask" if elliptic or meaning.outcome != "answer" else meaning.manner
    alone = 1.0 if elliptic else meaning.alone
    meaning = replace(meaning, outcome="answer", targets=targets, manner=manner, choices=(), alone=alone)
    pairs = [
        (slot, value) for slot in ("item", "change_type") if (value := getattr(meant[0], slot)) is not None
    ]
    # nothing of the others is told by it
    said = replace(heard.said, named=tuple(pairs) if len(meant) == 1 else ())
    return replace(heard, meaning=meaning, said=said), replace(state, focus=meant[0])


def _meant(text: str, state: Discourse, kb: KnowledgeBase) -> list[Matter]:
    """The changes that are pointed at, in the order of the message."""
    found: list[Matter] = []
    for match in _WHERE.finditer(text):
        matter = _by_its_words(match["what"], state, kb)
        found += [matter] if matter and matter not in found else []
    for match in () if found else _LETTER.finditer(text):
        place = _LETTERS[match["letter"].lower()]
        matters = state.matters
        found += [matters[place]] if place < len(matters) and matters[place] not in found else []
    return found


def _by_its_words(what: str, state: Discourse, kb: KnowledgeBase) -> Matter | None:
    """The one change whose words share most of the signs that none of the others has."""
    signs = {matter: _signs(matter, kb) for matter in state.matters}
    shared = []
    for matter, own in signs.items():
        others = set().union(*(other for one, other in signs.items() if one != matter))
        shared.append((len((set(what) - _OF_NO_CHANGE) & (own - others)), matter))
    shared.sort(key=lambda one: -one[0])
    (most, best), (second, _) = shared[:2]
    return best if most > second else None


def _signs(matter: Matter, kb: KnowledgeBase) -> set[str]:
    slot, value = matter.name
    term = kb.term(slot, value) if value else None
    return {sign for word in (term.name, *term.aliases) for sign in word} if term else set()
