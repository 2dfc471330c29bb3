"""Who the subject of the filing is, as customers say it without its name: 我又不是公司, 写着玩的, 我们厂."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import Cell
from beian.meaning.state import Discourse
from beian.text import patterns

KIND = "subject_kind"
_FIRM, _PERSON = "enterprise", "individual"
_SITE = "(?:博客|网站|小?站点?|主页|网页|论坛|日记|相册|备案|域名)"
_OF_A_PERSON = patterns.compile(
    "[写弄做搞搭玩办](?:着|来)玩|捣鼓|自娱自乐"
    f"|(?:自己|本人|个人|一个人)(?:瞎|随便|业余|平时|闲着|没事)?[写弄做搞搭建玩开](?:的|了|着)?[一个小的]{{0,3}}{_SITE}"
    f"|(?:我|是)(?:本人|自己|个人)(?:的|名下的?)(?:{_SITE}|[,，。;；!！?？\\s]|$)"
    f"|本人(?:的|名下的?){_SITE}|[就只](?:是|有)?我(?:自己|一个|一人)"
    "|没有?(?:开|办|注册|成立)过?什?么?(?:公司|企业|店|厂)(?:[,，。;；!！?？啊呀的\\s]|$)"
)
_PLACE = (
    "(?:[工加]?厂|门店|店铺?(?![名招长员面])|商铺|工作室|事务所|合作社|商行|餐[馆厅]|饭[店馆]|酒店|作坊|农场)"
)
_OF_A_FIRM = patterns.backtracking(
    f"(?:我们|咱们?|俺们?|我家|我开|自家|我是|我这)[^换改变要在想去把被给把叫,，。;；!！?？\\s]{{0,4}}?{_PLACE}"
)
# A body that is neither: who is no firm may be one of these.
_NEITHER = patterns.compile(
    "学校|大学|中学|小学|医院|机关|协会|社团|政府|事业单位|基金会|村委|居委|街道|部队"
)


def with_the_subject(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message with the kind of subject that it tells without naming it, answered for that kind."""
    kind, word = _kind_told(heard, kb)
    # 我又没开公司 names the other only to deny it
    named = tuple(pair for pair in heard.said.named if pair[0] != KIND or heard.said.words[pair] not in word)
    if kind is None or any(slot == KIND for slot, _ in named):
        return heard
    pair = (KIND, kind)
    said = replace(heard.said, named=(*named, pair), words={**heard.said.words, pair: word})
    meaning = heard.meaning
    targets = tuple(dict.fromkeys(for_kind(target, kind, kb) for target in meaning.targets))
    choices = tuple(dict.fromkeys(for_kind(target, kind, kb) for target in meaning.choices))
    in_hand = [kb.cells[fact] for fact in state.stated if KIND in kb.cells[fact].when]
    if meaning.outcome != "answer" and (len(choices) == 1 or in_hand):
        targets = choices if len(choices) == 1 else (for_kind(in_hand[0].target, kind, kb),)
        meaning = replace(meaning, outcome="answer", manner="correct")
        choices = ()
    return replace(heard, said=said, meaning=replace(meaning, targets=targets, choices=choices))


def for_kind(target: str, kind: str, kb: KnowledgeBase) -> str:
    """What answers a target's question for a kind of subject; itself where it is for any."""
    cell = kb.cells.get(target)
    if cell is None or cell.when.get(KIND) in (None, kind):
        return target
    return next(
        (other.target for other in _likes(cell, kb.cells.values()) if other.when[KIND] == kind), target
    )


def _likes(cell: Cell, cells: Iterable[Cell]) -> Iterable[Cell]:
    """The cells that differ from one in the kind of subject alone."""
    rest = {slot: value for slot, value in cell.when.items() if slot != KIND}
    return (
        other
        for other in cells
        if KIND in other.when
        and other.aspect == cell.aspect
        and {slot: value for slot, value in other.when.items() if slot != KIND} == rest
    )


def _kind_told(heard: Heard, kb: KnowledgeBase) -> tuple[str | None, str]:
    """The kind of subject that a message tells, and the words that tell it."""
    text = heard.said.text
    items = [kb.term("item", item) for item in heard.said.values("item")]
    of_items = {term.subject_kind for term in items if term and term.subject_kind}
    firm, person = _OF_A_FIRM.search(text), _OF_A_PERSON.search(text)
    if firm and not person:
        return _FIRM, firm[0]
    if person and not firm and not of_items:
        return _PERSON, person[0]
    denied = [value for slot, value in heard.said.denied if slot == KIND]
    if len(denied) == 1 and not firm and not of_items and not _NEITHER.search(text):
        return (_PERSON if denied[0] == _FIRM else _FIRM), heard.said.words.get((KIND, denied[0]), "")
    return None, ""
