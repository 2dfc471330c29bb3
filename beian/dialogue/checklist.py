"""The guided checklist: ask what is missing of the case, then put the customer's own list together."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from beian.calendar.dates import find_dates
from beian.dialogue.brief import brief
from beian.dialogue.case import Case, update_case
from beian.dialogue.ellipsis import is_elliptical, ordinal
from beian.dialogue.mentions import Mentions
from beian.dialogue.personal import brief_of, day_text_of, deadlines_of, note_days, settled_day
from beian.dialogue.render import fact_text
from beian.dialogue.reply import Reply, button, next_buttons
from beian.dialogue.resolve import MOST_FACTS, materials_of
from beian.dialogue.state import State, Turn
from beian.dialogue.wording import changes_of
from beian.kb import KnowledgeBase
from beian.nlu.clauses import looks_like_question
from beian.nlu.labels import label_of

STEPS = ("change_type", "subject_kind", "item", "day")
SUBMIT = "timeline.submit_deadline"
_UNKNOWN_DAY = re.compile(r"不清楚|不知道|不记得|忘了|没注意|跳过|不确定|记不|略过|不用|算了|随便|还没")
_RESUMING = re.compile(r"^.{0,6}(?:继续|接着|恢复).{0,4}(?:清单|准备|材料)|清单.{0,3}(?:继续|接着)")
# A day in so few characters is an answer, whatever else it reminds of.
_SHORT = 12
# A message of these labels that names something tells of the case; others ask something.
_TELLING = ("type", "materials", "checklist", "dialogue")
# The steps that choose a term of the vocabulary.
_CHOOSING = ("change_type", "subject_kind", "item")
_WEBSITE_ITEMS = ("site_name", "server", "responsible_person", "content_type")


def missing(case: Case, day_settled: bool) -> str | None:
    """The step to ask for next, or None when the case is complete."""
    if case.change_type is None:
        return "change_type"
    if case.change_type == "subject_info" and case.subject_kind is None:
        return "subject_kind"
    if case.change_type == "website_info" and case.item is None:
        return "item"
    # A new site changes nothing that is filed: no day to count from.
    if case.change_type == "add_website" or day_settled or case.changed_on:
        return None
    return "day"


def resumes(turn: Turn) -> bool:
    """Whether a message asks to go on with the list, whatever act it was taken for."""
    return turn.outcome == "act" and bool(_RESUMING.search(turn.text))


def waiting(state: State, step: str | None) -> State:
    """The state while the guide asks for a step: at its last one a day is waited for."""
    return replace(state, awaiting="changed_on") if step == "day" else state


def read(
    step: str | None, turn: Turn, state: State, today: date, kb: KnowledgeBase
) -> tuple[Case, bool, bool]:
    """What a message says to the guide: the case after it, whether the day is settled, whether the
    message answers (False when it asks something else)."""
    case = state.case
    mentions = Mentions.of(turn.entities, turn.text)
    place = ordinal(turn.text)
    if place and step in _CHOOSING:
        mentions = _chosen(step, place, kb)
    told = update_case(case, mentions, kb)
    asks = looks_like_question(turn.text)
    elliptical = bool(place) or is_elliptical(turn.text, turn.entity_texts)
    base = turn.labels[0].partition("/")[0] if turn.labels else ""
    if told.change_type is None and not asks and base == "type":
        # the company has been sold: no term of the vocabulary, but plainly one of the changes
        told = replace(told, change_type=next(iter(changes_of(turn, kb)), None))
    if step == "day":
        day = _day(turn, state, told, base, today)
        if day is not None:
            return day, True, True
    else:
        told, _ = note_days(told, turn, "changed_on" if elliptical else None, today)
    plain = turn.outcome == "answer" and not asks and step != "day"
    telling = elliptical or plain or (base in _TELLING and not (asks and case.change_type))
    answers = telling and (mentions.any or told != case) and (step != "day" or told != case)
    return (told, told.changed_on != case.changed_on, True) if answers else (case, False, False)


def _day(turn: Turn, state: State, told: Case, base: str, today: date) -> Case | None:
    """The case after the answer to the question for the day; None where there is none in the message."""
    settled = settled_day(turn, waiting(state, "day"), today)
    if settled:
        return replace(told, changed_on=settled.isoformat())
    dated, doubtful = note_days(told, turn, "changed_on", today)
    written = turn.written or turn.text
    brief_or_plain = base not in ("timeline", "uncovered") or len(written) < _SHORT
    if doubtful is None and brief_or_plain and find_dates(written, today):
        return dated
    unknown = doubtful is None and base != "stop" and _UNKNOWN_DAY.search(turn.text)
    return state.case if unknown else None


def _values(step: str, kb: KnowledgeBase) -> list[str]:
    """What can be chosen at a step, as ids of the vocabulary."""
    if step == "item":
        return list(_WEBSITE_ITEMS)
    return [term.id for term in kb.terms if term.group == step]


def _chosen(step: str, place: int, kb: KnowledgeBase) -> Mentions:
    """A choice by its number, as if it had been named."""
    values = tuple(_values(step, kb)[place - 1 : place])
    if step == "change_type":
        return Mentions(change_types=values)
    return Mentions(subject_kinds=values) if step == "subject_kind" else Mentions(items=values)


def ask(step: str, case: Case, kb: KnowledgeBase) -> Reply:
    """The question for a step, with what can be chosen."""
    if step in _CHOOSING:
        options = [str(kb.name_of(step, value)) for value in _values(step, kb)]
    else:
        options = list(kb.phrases["checklist"]["day_options"])
    text = kb.phrase("checklist", f"ask_{step}")
    known = case.text(kb)
    if known:
        text = f"{kb.phrase('checklist', 'known', case=known)}\n{text}"
    titles = "\n".join(f"{number}. {option}" for number, option in enumerate(options, 1))
    card = {"type": "choices", "title": kb.phrase("checklist", f"ask_{step}"), "items": options}
    return Reply("clarify", f"{text}\n{titles}", (), [button(option) for option in options], card)


def add_question(reply: Reply, step: str, case: Case, kb: KnowledgeBase) -> None:
    """After a question in between: go on with the guide in the same message."""
    question = ask(step, case, kb)
    reply.text = f"{reply.text}\n\n{question.text}"
    reply.buttons = question.buttons


def result(state: State, today: date, kb: KnowledgeBase) -> tuple[Reply, State]:
    """The customer's own checklist: materials, way, deadline, cautions; each section under its title."""
    case = state.case
    materials = materials_of(case, kb)
    lead = materials.facts[:1] or (f"type.{case.change_type}",)
    timed = () if case.change_type == "add_website" else (SUBMIT,)
    facts = (*lead, "procedure.overview", *timed, *_cautions(case))[:MOST_FACTS]
    sections, short = [], []
    if materials.theme:
        theme = kb.themes[materials.theme]
        sections.append(kb.phrase("uncovered", "not_said", theme=theme.title))
    deadlines = []
    for fact_id in facts:
        fact = kb.facts[fact_id]
        text, line = fact_text(fact), brief(fact, kb)
        day = case.day("changed_on")
        if fact_id == SUBMIT and day:
            worked_out = day_text_of(SUBMIT, day, today, kb)
            text, line = worked_out.text, brief_of(worked_out)
            deadlines = deadlines_of(SUBMIT, day, today, kb)
        sections.append(f"【{fact.title}】\n{text}")
        short.append(f"{fact.title}：{line}")
    title = kb.phrase("checklist", "title", case=case.text(kb))
    first = kb.facts[facts[0]]
    entries = [*first.items, *kb.facts["procedure.overview"].items]
    card = {"type": "checklist", "title": title, "items": entries, "fact": first.id}
    reply = Reply("answered", "\n\n".join([title, *sections]), facts, next_buttons(facts, kb, case), card)
    if deadlines:
        reply.extra["deadlines"] = deadlines
    after = state.stating(facts, tuple(label_of(fact) for fact in facts[:1]), case)
    return reply, replace(after, said=reply.text, brief="\n".join(short))


def _cautions(case: Case) -> tuple[str, ...]:
    """What to mind in this kind of change."""
    if case.item == "server":
        return ("access.server_change",)
    if case.change_type in ("subject_info", "subject_transfer") or case.item == "responsible_person":
        return ("access.subject_or_responsible_change",)
    if case.item == "site_name":
        return ("notice.naming",)
    return ("timeline.review",)
