"""A further change told beside those in hand (服务器也换了, 另外还要换负责人): it drops none of them."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.clauses import clause_around
from beian.hearing.heard import Heard
from beian.hearing.questions import supposes
from beian.kb import KnowledgeBase
from beian.meaning.advance import changes_named
from beian.meaning.state import Discourse
from beian.text import patterns
from beian.text.clauses import looks_like_question

_BESIDE = patterns.compile(
    "也|还[^是没不能可剩差缺行用]|又|再(?:加|一个|一样|就是|有)|另外?|同[时天一]|顺[便带手]|外加|加上|一[并起块同]|连(?:同|带)"
)
_CHANGES = patterns.compile("[换变改更迁搬移转加卖撤]|过户|注销|离职|接手|新增|收购|不用了|没了")


def with_further(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as telling a change beside those in hand, where its words say that it comes on top."""
    in_hand = {matter.name for matter in state.matters or (state.focus,)}
    new = [matter for matter in changes_named(heard.said, kb) if matter.name not in in_hand]
    if not state.focus.named or not new or heard.meaning.notice:
        return heard
    if not all(_is_told_beside(heard, matter.name) for matter in new):
        return heard
    kept = [pair for matter in new for pair in (matter.name, ("change_type", matter.change_type))]
    said = heard.said
    named = tuple(pair for pair in said.named if pair in kept or pair[0] not in ("item", "change_type"))
    return replace(heard, said=replace(said, named=named, further=True))


def _is_told_beside(heard: Heard, name: tuple[str, str | None]) -> bool:
    text = heard.said.text
    word = next((word for pair, word in heard.said.words.items() if pair == name), "")
    place = text.find(word) if word else -1
    if place < 0:
        return False
    clause = clause_around(text, place, place + len(word))
    told = _CHANGES.search(clause) and not looks_like_question(clause) and not supposes(text)
    return bool(told and _BESIDE.search(text[: place + len(clause)]))
