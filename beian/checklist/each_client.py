"""Several clients of one person, told in one message and asked about in general (分别怎么办): a short line
for each of them under its name, none dropped; also for one that was left out and is asked after (丙家呢)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beian.answers.brief import brief, brief_of
from beian.answers.case import client_name
from beian.answers.reply import Reply, next_buttons
from beian.answers.told_already import after_telling
from beian.calendar.deadline_text import span_text
from beian.checklist.steps import is_change
from beian.checklist.which_first import in_order
from beian.contract.reply import MOST_FACTS
from beian.hearing.asked_of_all import asks_in_general, asks_something, asks_which_first
from beian.hearing.days import tell_days
from beian.hearing.heard import Heard
from beian.hearing.left_out import asked_after
from beian.hearing.matters import question_for
from beian.hearing.roster import Told, asked_besides, roster
from beian.kb import KnowledgeBase
from beian.kb.cells import Cell, most_specific
from beian.meaning.state import Discourse, Matter
from beian.names import check_name, names_changed_to
from beian.names.name_text import NAMING, names_text

_GROUP = "clients"
_TYPE, _MATERIALS, _CAUTION = "type", "materials", "access"
_SITE_NAME = "site_name"
Line = tuple[str, tuple[str, ...]]


def each_client(
    heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    """A line for each client that a message tells of, or asks after, and the state after it; None where it
    asks for something in particular."""
    if heard.meaning.notice or heard.said.written in kb.questions:
        return None
    told = roster(heard.said, kb)
    if told:
        return _of_told(told, heard, state, today, kb)
    left = asked_after(heard.said, state)
    if not left or not _in_general_before(left, state, kb):
        return None
    lines = [_of_matter(matter, today, kb) for matter in left]
    return _reply(lines, [], replace(state, focus=left[0]), kb)


def _of_told(
    told: Sequence[Told], heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    asked = asked_besides(heard.said, kb)
    first = asks_which_first(asked)
    if not (asks_in_general(asked) or first) or any(asks_something(one.words) for one in told):
        return None
    matters = tuple(one.matter for one in told if one.matter.named)
    known, _ = tell_days(replace(state, focus=matters[0], matters=matters, asked=None), heard, kb)
    in_turn = iter(known.matters)
    lines = [
        _of_matter(next(in_turn), today, kb, one.words)
        if one.matter.named
        else (_line(one.matter, kb.phrase(_GROUP, "unread"), kb), ())
        for one in told
    ]
    if first:
        return _reply(lines, [in_order(known.matters, today, kb)], known, kb)
    open_days = [one for one in known.matters if not one.changed and _has_a_limit(one, kb)]
    rest = [kb.phrase(_GROUP, "days", days=str(kb.calendar.submit_days))] if open_days else []
    return _reply(lines, rest, known, kb)


def _in_general_before(left: Sequence[Matter], state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether nothing was in question that could be asked of these clients as well: what was said last is
    what each has to do, or of another change."""
    cells = [kb.cells[fact] for fact in state.stated if fact in kb.cells]
    aspects = {cell.aspect for cell in cells}
    others = all(_of_others(cell, left, kb) for cell in cells)
    return _TYPE in aspects or others or state.last not in ("answered", "uncovered")


def _of_others(cell: Cell, left: Sequence[Matter], kb: KnowledgeBase) -> bool:
    """Whether what was told holds for none of these, and nothing of the kind does."""
    return cell.bound and all(
        question_for(cell.target, matter, kb) == cell.target and not cell.fits(matter.case) for matter in left
    )


def _of_matter(matter: Matter, today: date, kb: KnowledgeBase, words: str = "") -> Line:
    """What one client has to do: the type of its change, the papers, what to mind, and by when where that is
    known."""
    change = str(kb.name_of("change_type", matter.change_type))
    item = kb.name_of("item", matter.item)
    of_type = _best(_TYPE, matter, kb)
    said = [kb.phrase(_GROUP, "type", type=f"{change}（{item}）" if item else change)]
    if not item and of_type:
        said = [kb.phrase(_GROUP, "type", type=f"{change}，{brief(kb.facts[of_type[0]], kb).rstrip('。')}")]
    said += _naming(words, kb) if matter.item == _SITE_NAME else []
    papers = _best(_MATERIALS, matter, kb)
    said.append(_papers(papers, kb))
    cautions = [fact for fact in _best(_CAUTION, matter, kb) if "item" in kb.cells[fact].when]
    said += [brief(kb.facts[fact], kb) for fact in cautions]
    due = kb.awaiting("changed")[0]
    span = matter.span("changed")
    part = span_text(due, span, today, kb) if span else None
    said += [brief_of(part)] if part else []
    facts = (*of_type[:1], *papers, *cautions, *((due,) if part else ()))
    return _line(matter, "".join(said), kb), facts


def _naming(words: str, kb: KnowledgeBase) -> list[str]:
    """What is to be said of the name that is put forward for a client's site, or of words for it."""
    names = names_changed_to(words, kb)
    if names:
        return ["；".join(names_text([check_name(name, kb) for name in names], kb).card["items"]) + "。"]
    held = any(word in words for word in kb.forbidden_words)
    return [brief(kb.facts[NAMING], kb)] if held else []


def _papers(papers: Sequence[str], kb: KnowledgeBase) -> str:
    """The papers of a change in short; of both kinds of subject where it is not known which."""
    if not papers:
        return kb.phrase(_GROUP, "no_papers")
    if len(papers) == 1:
        return kb.phrase(_GROUP, "papers", papers=brief(kb.facts[papers[0]], kb))
    kinds = [kb.name_of("subject_kind", kb.cells[fact].when.get("subject_kind")) for fact in papers]
    parts = [
        kb.phrase(_GROUP, "papers_of", kind=kind or "", papers=brief(kb.facts[fact], kb).rstrip("。"))
        for fact, kind in zip(papers, kinds, strict=True)
    ]
    return "；".join(parts) + "。"


def _best(aspect: str, matter: Matter, kb: KnowledgeBase) -> tuple[str, ...]:
    cells = [kb.cells[fact] for fact in kb.facts if kb.cells[fact].aspect == aspect]
    fitting = most_specific([cell for cell in cells if cell.bound], matter.case)
    return tuple(cell.target for cell in fitting if cell.agreeing(matter.case))


def _has_a_limit(matter: Matter, kb: KnowledgeBase) -> bool:
    return is_change(Discourse(focus=matter), kb)


def _line(matter: Matter, text: str, kb: KnowledgeBase) -> str:
    return kb.phrase(_GROUP, "line", client=client_name(matter, kb), text=text)


def _reply(
    lines: Sequence[Line], rest: Sequence[str], state: Discourse, kb: KnowledgeBase
) -> tuple[Reply, Discourse]:
    facts = tuple(dict.fromkeys(fact for _, own in lines for fact in own))[:MOST_FACTS]
    text = "\n".join([*(line for line, _ in lines), *rest])
    reply = Reply("answered", text, facts, next_buttons(facts, kb, state))
    return reply, replace(after_telling(state, facts), notice=())
