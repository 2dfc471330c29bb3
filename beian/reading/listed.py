"""A loose alias that stands as one of a list of changes (改名+换法人+换服务器) is a change of its own."""

from __future__ import annotations

from dataclasses import replace

from beian.kb import KnowledgeBase
from beian.meaning.said import Said
from beian.text import patterns

# What stands between the members of a list.
_BETWEEN = patterns.compile("[+＋&/、,，;；]|和|跟|与|及|又|再|还")
# What may stand beside the alias in its own member.
_BESIDE = patterns.compile(
    "^(?:我们?|咱们?|俺们?|公司|单位|企业|的|要|想|也|都|了|是|把|了吗|啊|呀|过|已经|刚|准备|打算)*$"
)
FEWEST_LISTED = 3


def with_listed(said: Said, found: Said, kb: KnowledgeBase) -> Said:
    """What a message says, with the items that only a loose alias names and that `said` was left without,
    where `found` names them among others in a list, each in a member of its own."""
    items = found.values("item")
    gone = [item for item in items if item not in said.values("item")]
    if len(items) < FEWEST_LISTED or not gone:
        return said
    members = _BETWEEN.split(found.text)
    words = {item: found.words.get(("item", item), "") for item in items}
    listed = {item for item in gone if any(_is_all_of(words[item], member) for member in members)}
    in_hand = {change for item in listed if (term := kb.term("item", item)) and (change := term.change_type)}
    named = tuple(
        pair
        for pair in found.named
        if pair in said.named
        or (pair[0] == "item" and pair[1] in listed)
        or (pair[0] == "change_type" and pair[1] in in_hand)
    )
    return replace(said, named=named)


def _is_all_of(word: str, member: str) -> bool:
    return bool(word) and word in member and bool(_BESIDE.search(member.replace(word, "", 1)))
