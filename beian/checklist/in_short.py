"""What a customer has to do, in a few lines: the type, the materials, where it is done, by when. Asked for by
总结一下我该办啥 once the case is known; made of the facts in their short form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from beian.answers.brief import brief, brief_of
from beian.answers.case import matter_name
from beian.answers.notice import all_lines, answer_notice
from beian.answers.parts_named import names_a_part
from beian.answers.reply import Reply, next_buttons
from beian.answers.taken_up import sums_up
from beian.answers.told_already import after_telling
from beian.answers.worked import worked_out
from beian.checklist.result import facts_for, listed_matters
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import Heard
from beian.hearing.recapped import SUMS_UP
from beian.kb import KnowledgeBase
from beian.kb.cells import most_specific
from beian.meaning.state import Discourse, Matter
from beian.text import patterns

_GROUP = "in_short"
_LONGEST = 24
_TO_DO = patterns.compile(
    "(?:[该要得需做办干弄走交]|怎么|如何).{0,4}(?:啥|什么|哪些|[做办弄干走]|的?事|步)|(?:[做办干弄]的|流程|全部|所有|整个|情况|一遍)"
)
_ALL = patterns.compile(
    "(?:总共|一共|从头到尾|拢共|合计|归总|列个总).{0,8}(?:[做办干弄]|事|步)|(?:[做办干弄]|事|步).{0,6}(?:总的|汇总|总清单)"
)
# 汇总成三四句话, 写个总结我转给老板: all of it, to be passed on.
_IN_SENTENCES = patterns.compile(
    "(?:整理|汇总|总结|浓缩|归纳|概括|提炼|写|压缩|编)[成出个一下段份简短的]{0,6}(?:[几两三四五一][三四五六]?)?(?:句|段|小段)(?:话|子)?"
)
_TO_PASS_ON = patterns.compile(
    "(?:整理|汇总|总结|浓缩|归纳|概括|提炼|小结|简报).{0,12}(?:老板|领导|上级|上司|主管|经理|同事|客户|群里?|家里|对方)"
    "|(?:老板|领导|上级|上司|主管|经理|同事|客户|群里?|对方).{0,8}(?:整理|汇总|总结|浓缩|归纳|概括|提炼|小结|简报)"
)
_PARTICLES = patterns.compile(
    f"{SUMS_UP}|好的?|行|那么?|[请帮给替]|我|你|您|一?下|吧|呗|呢|哈|再|最后|[,，。!！?？~\\s]"
)


def in_short(
    heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    """All that the customer has to do in this case, and the state after it; None where that is not asked for,
    or the case is not known."""
    if (
        not _asks_for_all(heard, kb)
        or heard.meaning.notice
        or heard.days
        or heard.said.written in kb.questions
    ):
        return None
    whole = all_lines(heard, state)
    if whole:
        return answer_notice(whole, replace(state, theme=None), today, kb)
    lines = dict(_lines(state, heard, today, kb))
    if len(lines) < 2:
        return None
    facts = tuple(dict.fromkeys(fact for found in lines.values() for fact in found))[:MOST_FACTS]
    reply = Reply("answered", "\n".join(lines), facts, next_buttons(facts, kb, state))
    return reply, replace(after_telling(state, facts, facts), notice=())


def _asks_for_all(heard: Heard, kb: KnowledgeBase) -> bool:
    """Whether a message asks for all there is to do in short, and for no part of it."""
    text = heard.said.text
    if len(text) > _LONGEST:
        return False
    if _IN_SENTENCES.search(text) or _TO_PASS_ON.search(text):
        # of a part that is named it is not all
        return not names_a_part(text, kb)
    if sums_up(text):
        return bool(_TO_DO.search(text)) or len(_PARTICLES.sub("", text)) < 2
    return bool(_ALL.search(text))


def _lines(
    state: Discourse, heard: Heard, today: date, kb: KnowledgeBase
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line with the facts that it states."""
    rejected = state.phase == "rejected" and state.reason
    if rejected:
        yield from _of_rejection(str(state.reason), state, heard, today, kb)
    elif (known := with_the_told(state, kb)).focus.named:
        matters = listed_matters(known, kb)
        several = len(matters) > 1
        for matter in matters:
            yield from _of_matter(matter, several, known, heard, today, kb)
    else:
        return
    where = next(fact for fact, cell in kb.cells.items() if cell.aspect == "login")
    yield kb.phrase(_GROUP, "where", text=brief(kb.facts[where], kb)), (where,)


def with_the_told(state: Discourse, kb: KnowledgeBase) -> Discourse:
    """The state with the change that the last list was told for, where the customer has named none."""
    if state.focus.named:
        return state
    told = [fact for stated in (*state.trail, state.stated) for fact in stated if fact in kb.papers.of_fact]
    return state.focused(**kb.cells[told[-1]].when) if told else state


def _of_rejection(
    reason: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What to mend, and by when it has to be handed in again."""
    found = [fact for fact, cell in kb.cells.items() if cell.when.get("rejection_reason") == reason]
    for fact in [one for one in found if one in kb.facts][:1]:
        yield kb.phrase(_GROUP, "mend", text=brief(kb.facts[fact], kb)), (fact,)
    due = kb.awaiting("rejected")[0]
    yield kb.phrase(_GROUP, "due", text=due_of(due, state, heard, today, kb)), (due,)


def _of_matter(
    matter: Matter, several: bool, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Type, materials and last day of one change; of several one line each."""
    alone = replace(state, focus=matter, matters=())
    name = matter_name(matter, kb)
    only = {"change_type": matter.change_type}
    of_type = next((fact for fact, cell in kb.cells.items() if cell.when == only), None)
    change = str(kb.name_of("change_type", matter.change_type) or name)
    facts, _ = facts_for(alone, kb)
    materials = materials_of(matter, state, kb)
    due = [fact for fact in facts if kb.cells[fact].awaits == "changed"]
    papers = "；".join(brief(kb.facts[fact], kb).rstrip("。") for fact in materials)
    said = [
        kb.phrase(_GROUP, "type", text=change if name == change else f"{change}（{name}）"),
        kb.phrase(_GROUP, "papers", text=f"{papers}。") if papers else kb.phrase(_GROUP, "no_papers"),
        *(kb.phrase(_GROUP, "due", text=due_of(fact, alone, heard, today, kb)) for fact in due[:1]),
    ]
    kinds = [(of_type,) if of_type else (), materials, tuple(due[:1])]
    if several:
        yield "".join(said), tuple(fact for found in kinds for fact in found)
    else:
        yield from zip(said, kinds, strict=False)


def materials_of(matter: Matter, state: Discourse, kb: KnowledgeBase) -> tuple[str, ...]:
    """The lists for a change: the one that was told, where the kind of subject is open."""
    own = [cell for cell in map(kb.cells.get, kb.papers.of_fact) if cell is not None]
    fitting = [cell.target for cell in most_specific(own, matter.case) if cell.agreeing(matter.case)]
    told = {fact for stated in (*state.trail, state.stated) for fact in stated}
    return tuple(fact for fact in fitting if fact in told) or tuple(fitting)


def due_of(fact: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> str:
    """By when, worked out where the day is known."""
    part = worked_out(fact, state, heard, today, kb)
    return brief_of(part) if part else brief(kb.facts[fact], kb)
