"""Several changes of several clients: which of them a message means, by the client's name (老王那家, 乙), by
its place (第二家) or by what happened there (卖掉那家)."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.asked_of_all import asks_in_general
from beian.hearing.client_changes import new_client, told_instead, with_told, without_not_yet
from beian.hearing.heard import Heard
from beian.hearing.left_out import speaks_of_no_more
from beian.hearing.matters import question_for
from beian.hearing.roster import roster
from beian.kb import KnowledgeBase
from beian.meaning.advance import TELLING, changes_named
from beian.meaning.state import Discourse, Matter
from beian.reading.another_change import surely_of_a_change
from beian.reading.client_names import as_typed, clients_meant
from beian.text import patterns

_ONE = "(?:一?家|个客户|位客户|个公司|一?边|个)"
_WHERE = patterns.compile(f"(?P<what>[^,，。;；!！?？\\s和跟与]{{1,8}}?)的?[那这]{_ONE}")
_PLACE = patterns.compile(
    "(?P<letter>[a-dA-D甲乙丙丁])(?:家|公司|客户|那)|第(?P<number>[一二三四1-4])(?:家|个客户|位客户|个公司|个人)"
    "|(?P<other>另外?[那一]?(?:家|个客户|位客户|个公司))"
)
_PLACES = {
    **{letter: place for place, letter in enumerate("abcd")},
    **dict(zip("甲乙丙丁", range(4), strict=True)),
    **dict(zip("一二三四", range(4), strict=True)),
    **dict(zip("1234", range(4), strict=True)),
}
# 老王的, 乙那边: what may follow a client's name where nothing else is asked.
_OF_IT = f"(?:[那这]{_ONE}|家|公司|客户|的站?)"
# 关站那家呢, 老王呢: nothing else is asked than what was asked before.
_NOTHING_ELSE = patterns.compile(
    f"(?:[那这]{_ONE}|[a-dA-D甲乙丙丁](?:家|公司|客户)|第[一二三四]{_ONE}|另外?[那一]?(?:家|个客户|位客户|个公司))(?:的?呢|的话?)?[?？。.!！~]*$"
)
_AND_YOU = patterns.compile(f"^(?:那么?|回到|再说|先说)?{_OF_IT}{{0,2}}(?:的?呢|的话|的)?[?？。.!！~]*$")
_LED = patterns.compile(f"^(?:那么?|回到|再说|先说)?{_OF_IT}?")
_OF_NO_CHANGE = frozenset("的了要把被是我说那这家个公司网站备案客户信息变更换改名")
_TYPE = "type"


def of_the_client(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Heard, Discourse]:
    """The message as about the changes in hand that it points at, and the state with the first in focus; as
    they are where it points at none."""
    if heard.meaning.notice:
        return heard, state
    told = roster(heard.said, kb) or new_client(heard, state, kb)
    if told:
        return _with_clients(replace(heard, said=with_told(heard.said, told, state)), kb), state
    if len(state.matters) < 2:
        return heard, state
    heard = without_not_yet(heard, state)
    meant, elliptic = _meant(as_typed(heard.said), state, kb)
    as_heard, heard = heard, told_instead(heard, meant, kb)
    others = set(heard.said.values("item")) - {matter.item for matter in state.matters}
    if heard is as_heard and surely_of_a_change(heard.meaning, kb):
        # 丙家的站没人管了，不注销行吗 names no person in charge
        others = {item for item in others if heard.said.words.get(("item", item)) in kb.words}
    if not meant or others:
        return _with_another(heard, meant[0], state, kb) if len(meant) == 1 else (heard, state)
    meaning = heard.meaning
    before = state.stated or ((state.theme,) if state.theme else ())
    elliptic = elliptic and bool(before)
    asked = before if elliptic else meaning.targets or meaning.choices or before
    if not asked:
        return heard, replace(state, focus=meant[0])
    # of one client all that is asked, of several the one question
    questions = asked[:1] if elliptic or len(meant) > 1 else asked
    targets = tuple(dict.fromkeys(question_for(one, matter, kb) for one in questions for matter in meant))
    # a point of what was said of another is asked of all that is said of this one
    of_another = meaning.manner == "item" and targets != meaning.targets
    manner = "ask" if elliptic or of_another or meaning.outcome != "answer" else meaning.manner
    # 甲家要啥 wants all of it, whatever was told of it before
    alone = 1.0 if elliptic or _wants_all(heard, meant) else meaning.alone
    meaning = replace(meaning, outcome="answer", targets=targets, manner=manner, choices=(), alone=alone)
    pairs = [
        (slot, value) for slot in ("item", "change_type") if (value := getattr(meant[0], slot)) is not None
    ]
    # nothing of the others is told by it
    said = replace(heard.said, named=tuple(pairs) if len(meant) == 1 else ())
    return replace(heard, meaning=meaning, said=said), replace(state, focus=meant[0])


def _wants_all(heard: Heard, meant: list[Matter]) -> bool:
    """Whether a message asks nothing in particular of the clients it names."""
    rest = as_typed(heard.said)
    for matter in meant:
        rest = rest.replace(matter.client or "\0", "")
    return rest != as_typed(heard.said) and asks_in_general(_LED.sub("", rest))


def _with_another(
    heard: Heard, matter: Matter, state: Discourse, kb: KnowledgeBase
) -> tuple[Heard, Discourse]:
    """Another change of a client (甲不换服务器了，改换法人) takes the place of the one it denies."""
    if not matter.client:
        return heard, state
    denied = tuple(pair for pair in heard.said.denied if pair[1] not in (matter.item, matter.change_type))
    heard = replace(heard, said=replace(heard.said, denied=denied))
    changes = changes_named(heard.said, kb)
    if heard.meaning.manner in TELLING and state.stated and len(changes) == 1:
        # nothing is asked by it: what was in question is, of the new change
        targets = (question_for(state.stated[0], changes[0], kb),)
        meaning = replace(heard.meaning, outcome="answer", targets=targets, manner="tell", choices=())
        heard = replace(heard, meaning=meaning)
    return heard, replace(state, focus=matter)


def _with_clients(heard: Heard, kb: KnowledgeBase) -> Heard:
    """What tells of several clients and is not understood, as asking of what type their changes are."""
    if heard.meaning.outcome == "answer" or heard.said.further:
        return heard
    types = [cell.target for cell in kb.cells.values() if cell.aspect == _TYPE and cell.when]
    changes = changes_named(heard.said, kb)
    targets = tuple(dict.fromkeys(question_for(types[0], matter, kb) for matter in changes))
    meaning = replace(heard.meaning, outcome="answer", targets=targets, manner="tell", choices=())
    return replace(heard, meaning=meaning)


def _meant(text: str, state: Discourse, kb: KnowledgeBase) -> tuple[list[Matter], bool]:
    """The changes that are pointed at, in the order of the message, and whether nothing else is asked."""
    matters = state.matters
    names = clients_meant(text, [matter.client for matter in matters if matter.client])
    if names:
        rest = text
        for name in names:
            rest = rest.replace(name, "", 1)
        of_them = [matter for name in names for matter in matters if matter.client == name]
        return of_them, bool(_AND_YOU.search(rest)) or speaks_of_no_more(rest)
    found: list[Matter] = []
    for match in _WHERE.finditer(text):
        matter = _by_its_words(match["what"], state, kb)
        found += [matter] if matter and matter not in found else []
    for match in () if found else _PLACE.finditer(text):
        if match["other"]:
            others = [matter for matter in matters if matter != state.focus]
            found += others if len(others) == 1 else []
            continue
        place = _PLACES[(match["letter"] or match["number"]).lower()]
        found += [matters[place]] if place < len(matters) and matters[place] not in found else []
    return found, bool(_NOTHING_ELSE.search(text))


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
