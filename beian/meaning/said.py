"""What a message itself brings: what it names, what it denies, an ordinal; nothing decided yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from beian.kb import KnowledgeBase
from beian.kb.cells import SLOTS
from beian.text import patterns
from beian.text.clauses import looks_like_question, offers_alternatives

DOCUMENT = "document"
_VERB = "(?:需?要|想|打算|用|更?换|改|变更?|弄|动|搞|办|涉及|走|提?交)"
# Negation is a grammar of few forms, so it is one of the few things read by pattern: before the term
# (不是法人, 没换服务器, 先不过户) or after it, in the same clause (服务器没变, 地址先不动).
# 别的机房 is another one.
_DENIED_BEFORE = patterns.compile(
    f"(?:(?:不是|并非|并不|没有?|未|先不|暂不|不){_VERB}*(?:的|了|是)?|别{_VERB}*(?:了|是)?)$"
)
_DENIED_AFTER = patterns.compile(
    r"^(?:[和跟与及、][^,，。;；!！?？\s]{1,6}?)?(?:的|那[个边]|这[个边]|都|又|倒|也|还|并|就|暂时|那块|信息){0,3}"
    r"(?:没有?|不用?|未|先不用?|暂不|不需要)(?:发生)?(?:换|改|变|动|弄|搞|办|管)"
    r"|^[^,，。;；!！?？\s]{0,3}?(?:[没无]有?(?:什么|啥)?关系|无关|不相干|不[沾搭]边)"
)
# 是不是要换法人 asks whether it is so.
_ASKED = patterns.compile("是不是|有没有|要不要|用不用|需不需要|能不能|会不会|可不可以|是否")
_CLAUSE_END = patterns.compile(r"[,，。;；!！?？\s]")
# A paper that is there already tells no change: 身份证拍了, 执照盖好章了.
_IN_HAND = patterns.compile(
    "^(?:[和跟与及、][^,，。;；!！?？\\s]{1,6}?)?(?:都|也|我|已经?|的|照片?|复印件?){0,3}"
    "(?:有了|在手|现成|拍[好了]|盖[好了]|[备弄搞][好齐妥]|准备[好齐了]|拿到|齐了|[交传]了|复印好)"
)
# A personal number that was masked, and what may lead from its name to it: 身份证号是〔身份证号〕.
_MASKED = patterns.compile(r"〔[^〔〕]{1,10}〕")
_GIVES_NUMBER = patterns.compile(r"^(?:号码?|码)?(?:就?是|为|[:：])?〔")
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
    order, with the `words` that name them; `documents` named; `ordinal` from 1, LAST for the last; `clients`
    by whose name a change is told; `further`: told beside what is in hand; what else stands in it."""

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
        elif group in SLOTS and not _is_given(text, word) and not _in_hand(text, word, kb):
            pairs = denied if _is_denied(text, word) else named
            implied = implied_by(group, value, kb)
            pairs += [pair for pair in implied if pair not in pairs]
            words |= {pair: word for pair in implied if pair not in words}
    return Said(
        text=text,
        written=written or text,
        named=tuple(pair for pair in named if pair not in denied),
        denied=tuple(denied),
        documents=tuple(dict.fromkeys(documents)),
        ordinal=_ordinal(text),
        dated="date" in kinds,
        has_name="site_name" in kinds,
        has_age="age" in kinds,
        asks=looks_like_question(text),
        why=bool(_WHY.search(text)),
        offers=offers_alternatives(text),
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


def implied_by(group: str, value: str, kb: KnowledgeBase) -> list[tuple[str, str]]:
    """An item brings its change type and, where it exists for one only, its kind of subject."""
    pairs = [(group, value)]
    term = kb.term(group, value)
    if term and group == "item":
        pairs += [("change_type", term.change_type)] if term.change_type else []
    return pairs


def _is_given(text: str, word: str) -> bool:
    """Whether a word only says what number follows: who gives it does not say that it changes."""
    if not _MASKED.search(text):
        return False
    after = _MASKED.sub("〔〕", text).split(word)[1:] if word else []
    return all(_GIVES_NUMBER.search(rest) for rest in after)


def _in_hand(text: str, word: str, kb: KnowledgeBase) -> bool:
    """Whether what is named is a paper that the customer has already."""
    place = text.find(word) if word else -1
    is_paper = any(word in (*paper.words, paper.name) for own in kb.papers.of_fact.values() for paper in own)
    return place >= 0 and is_paper and bool(_IN_HAND.search(text[place + len(word) :]))


def _is_denied(text: str, word: str) -> bool:
    place = text.find(word) if word else -1
    if place < 0:
        return False
    before = _ASKED.sub("", _CLAUSE_END.split(text[:place])[-1])
    after = _CLAUSE_END.split(text[place + len(word) :])[0]
    return bool(_DENIED_BEFORE.search(before) or _DENIED_AFTER.search(after))


def _ordinal(text: str) -> int | None:
    match = _ORDINAL.search(text)
    if match:
        written = match.group(1) or match.group(2)
        return _HAN.get(written) or int(written)
    if _LAST.search(text):
        return LAST
    return 1 if _FIRST.search(text) else None
