"""Whether what was told of one change holds of another as well: 换邮箱那件也是这些吗."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.brief import brief
from beian.answers.told_already import all_told
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar
from beian.kb import Fact, KnowledgeBase
from beian.kb.cells import most_specific
from beian.meaning.state import Discourse
from beian.text import patterns

# 也是这些, 同样的一套, 都一样: what was told, as of another case.
_ALSO = patterns.compile(
    "(?:也|还|同样|都|全).{0,4}(?:[这那](?:些|几|一?套|个|样)|一样|一套|同样|相同|照这)"
    "|(?:一样|同样|相同)的?(?:一套|材料|东西|清单|这些|[这那]几)?[吗么嘛不]|照[这那]个?(?:准备|来|交)"
)


def alike(found: Sequence[Fact], heard: Heard, before: Discourse, kb: KnowledgeBase) -> str | None:
    """That the list told last is the same for the case asked about, or that another one is wanted there, each
    in short; None where that is not asked."""
    if len(found) != 1 or not asks_if_alike(heard) or heard.said.written in kb.questions:
        return None
    fact = _of_the_named(found[0], heard, before, kb)
    last = [one for one in before.stated if kb.cells[one].aspect == fact.aspect and kb.facts[one].items]
    if not fact.items or not (last or all_told([fact.id], before)):
        return None
    same = fact.id in last or not last
    return kb.phrase("alike", "same" if same else "other", said=brief(fact, kb))


def asks_if_alike(heard: Heard) -> bool:
    """Whether a message asks if what was told holds as well."""
    return bool(_ALSO.search(heard.said.text)) and is_polar(heard.said.text)


def _of_the_named(fact: Fact, heard: Heard, before: Discourse, kb: KnowledgeBase) -> Fact:
    """The fact for the case that a message names, where the one that it was read as is for another."""
    named = heard.said.case()
    cell = kb.cells[fact.id]
    if not named or cell.fits(named):
        return fact
    case = {**before.focus.case, **named}
    if "item" not in named and "change_type" in named:
        case["item"] = None
    cells = [one for one in map(kb.cells.get, kb.papers.of_fact) if one and one.aspect == cell.aspect]
    fitting = [one for one in most_specific(cells, case) if one.agreeing(case)]
    return kb.facts[fitting[0].target] if len(fitting) == 1 else fact
