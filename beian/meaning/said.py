"""What a message itself brings: what it names, what it denies, an ordinal; nothing decided yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from beian.kb import KnowledgeBase
from beian.kb.cells import SLOTS
from beian.meaning.naming import detail_of, implied_by, is_denied, is_given, is_in_hand
from beian.text import patterns
from beian.text.clauses import looks_like_question, offers_alternatives

DOCUMENT = "document"
# Of what is listed: not 第30天, 第三方, 第一次.
_ORDINAL = patterns.compile(
    r"第([一二三四五六七八1-8])(?:(?:个|条|点|项|种|样|步|类|份|件|款|张|句|行)|[呢吗啊呀嘛是怎咋和,，。.;；?？!！\s]|$)"
    r"|^(?:我?选|我?要)?([1-8一二三四五六七八])(?:[.、]|[啦吧呀哈呢啊嘛哦喔]|谢谢){0,2}$"
)
_LAST = patterns.compile(
    r"(?:最后|末)(?:那)?[一两]?(?:个|条|点|项|种|样|步)|后者|后面那[个种条样]|后一[个种条样]"
)
_FIRST = patterns.compile(r"前者|前面那[个种条样]|前一[个种条样]")
# 为啥, 凭什么, 干嘛不让
_WHY = patterns.compile("为什么|为何|为啥|干嘛|干吗|凭什么|凭啥|咋就|怎么就")
_MEASURE = "个"
_COUNTS = patterns.compile("[几两一二三四五六七八九十多每各]$")
_HAN = {char: number for number, char in enumerate("一二三四五六七八", 1)}
LAST = -1
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Said:
    """A message by itself: normalised `text`, `written` as typed; `named` and `denied` (slot, id) pairs in
    order, with the `words` that name them; `documents` named; `ordinal` from 1, LAST for the last; `detail`,
    what of the person named it is about (法人的电话: contact); `clients` by whose name a change is told;
    `further`: told beside what is in hand; what else stands in it."""

    text: str
    written: str = ""
    named: Pairs = ()
    denied: Pairs = ()
    documents: tuple[str, ...] = ()
    ordinal: int | None = None
    dated: bool = False
    has_name: bool = False
    has_age: bool = False
    asks: bool = False
    why: bool = False
    offers: bool = False
    detail: str | None = None
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    clients: Mapping[tuple[str, str], str] = field(default_factory=dict)
    further: bool = False

    def values(self, slot: str) -> tuple[str, ...]:
        """The different values it names of a slot."""
        return tuple(dict.fromkeys(value for name, value in self.named if name == slot))

    def case(self) -> dict[str, str]:
        """The slots it names one value of."""
        found = {slot: self.values(slot) for slot in SLOTS}
        return {slot: values[0] for slot, values in found.items() if len(values) == 1}


def said_of(text: str, entities: Iterable[Mapping[str, Any]], kb: KnowledgeBase, written: str = "") -> Said:
    """Read a normalised text and Rasa's entities of it."""
    named: list[tuple[str, str]] = []
    denied: list[tuple[str, str]] = []
    documents: list[str] = []
    words: dict[tuple[str, str], str] = {}
    # A word that stands often is read once: only its first place counts.
    found = dict.fromkeys((str(e["entity"]), str(e["value"]), str(e.get("text") or "")) for e in entities)
    kinds = {group for group, _, _ in found}
    for group, value, word in found:
        if group == DOCUMENT:
            documents.append(value)
        elif group in SLOTS and not is_given(text, word) and not is_in_hand(text, word, kb):
            pairs = denied if is_denied(text, word) else named
            implied = implied_by(group, value, kb)
            pairs += [pair for pair in implied if pair not in pairs]
            words |= {pair: word for pair in implied if pair not in words}
    detail = detail_of(text, [pair for pair in named if pair not in denied], words, kb)
    of_it = implied_by("item", detail, kb) if detail else []
    gone = [pair for pair in of_it if words.get(pair) == words.get(of_it[0])]
    return Said(
        text=text,
        written=written or text,
        named=tuple(pair for pair in named if pair not in denied and pair not in gone),
        denied=tuple(denied),
        documents=tuple(dict.fromkeys(documents)),
        ordinal=_ordinal(text),
        dated="date" in kinds,
        has_name="site_name" in kinds,
        has_age="age" in kinds,
        asks=looks_like_question(text),
        why=bool(_WHY.search(text)),
        offers=offers_alternatives(text),
        detail=detail,
        words=words,
    )


def settled(said: Said, focus: Mapping[str, str | None], kb: KnowledgeBase) -> Said:
    """What a message says, without the items that a loose alias alone names (改名) where another one is in
    hand or named, or where they are for another kind of subject. `focus`: the case in hand, by slot."""
    terms = {value: kb.term("item", value) for value in said.values("item")}
    loose = {value for value, term in terms.items() if term and said.words.get(("item", value)) in term.loose}
    firm = set(terms) - loose
    kind = said.case().get("subject_kind") or focus.get("subject_kind")
    gone = {
        value
        for value in loose
        if firm
        or focus.get("item") not in (None, value)
        or (kind and (term := terms[value]) and term.subject_kind not in (None, kind))
    }
    if not gone:
        return said
    words = {said.words[("item", value)] for value in gone}
    named = tuple(
        pair
        for pair in said.named
        if pair not in {("item", value) for value in gone}
        and not (pair[0] == "change_type" and said.words.get(pair) in words)
    )
    return replace(said, named=named)


def without_counted(text: str, entities: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The entities without those that are a count and what is counted: 个人 in 几个人签."""
    return [
        entity
        for entity in entities
        if not (
            str(entity.get("text") or "").startswith(_MEASURE)
            and _COUNTS.search(patterns.tail(text, int(entity.get("start") or 0)))
        )
    ]


def _ordinal(text: str) -> int | None:
    match = _ORDINAL.search(text)
    if match:
        written = match.group(1) or match.group(2)
        return _HAN.get(written) or int(written)
    if _LAST.search(text):
        return LAST
    return 1 if _FIRST.search(text) else None
