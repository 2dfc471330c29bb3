"""What a message names only in passing (小刘的手机号是外地的行吗): it tells no change, and the case in hand
with its days stays as it is."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.clauses import clause_around
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.text import patterns

_CHANGES = patterns.compile("[换变改更迁搬移转]|过户|离职|接手|交接|[到过]期|新增|注销|卖|收购|没了|不用了")
# 是要换号吗, 用不用改名: whether something is to be changed, and not that it was.
_WHETHER = patterns.compile(
    "(?:是不?是|要不要|用不用|需不需要|该不该|需要|要|得|该)(?:我|再|去|先|重新|另外)?[换改变]"
)
# With no more characters beside it a name is all that a message is about: 那服务器呢.
_NO_MORE_THAN_THE_NAME = 3


def without_passing(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message without the items that it names in passing while another change is in hand."""
    said, focus = heard.said, state.focus
    dated = bool(focus.changed or focus.submitted or focus.rejected)
    if not (focus.named or dated):
        return heard
    in_hand = {focus.item, *(matter.item for matter in state.matters)}
    items = [
        item
        for item in said.values("item")
        if item not in in_hand and _in_passing(item, heard, kb, dated=dated)
    ]
    if not items:
        return heard
    words = {said.words.get(("item", item)) for item in items}
    left = tuple(
        pair
        for pair in said.named
        if not (pair[0] == "item" and pair[1] in items)
        and not (pair[0] == "change_type" and said.words.get(pair) in words)
    )
    return replace(heard, said=replace(said, named=left))


def _in_passing(item: str, heard: Heard, kb: KnowledgeBase, *, dated: bool) -> bool:
    """Whether no words tell that an item changes, and no answer to the message is for it."""
    text, word = heard.said.text, heard.said.words.get(("item", item), "")
    place = text.find(word) if word else -1
    if place < 0 or len(text) - len(word) <= _NO_MORE_THAN_THE_NAME:
        return False
    clause = clause_around(text, place, place + len(word))
    changes = _CHANGES.search(clause) and not (_WHETHER.search(clause) and is_polar(text))
    if changes:
        return False
    # 负责人身份证看不清可以吗: a case with its days is not given up for a point
    return (dated and is_polar(text)) or not _asked_for(item, heard, kb)


def _asked_for(item: str, heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether an open question about an item's own change is asked: 服务器要交什么."""
    term = kb.term("item", item)
    cells = [kb.cells[target] for target in heard.meaning.targets if target in kb.cells]
    facts = [cell for cell in cells if not cell.target.startswith(UNCOVERED)]
    if any(item in cell.values("item") for cell in facts):
        return True
    of_type = term is not None and any(
        term.change_type in cell.values("change_type") or not cell.bound for cell in facts
    )
    return of_type and heard.meaning.manner == "ask" and not is_polar(heard.said.text)
