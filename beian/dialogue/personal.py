"""Answers worked out for one customer: last days, review windows, site names, ages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta

from beian.calendar.age import find_age
from beian.calendar.age_text import RESPONSIBLE_PERSON, age_text
from beian.calendar.dates import FoundDate, find_dates
from beian.calendar.deadline_text import deadline_text
from beian.calendar.deadlines import Deadline, resubmit_deadline, submit_deadline
from beian.calendar.review_text import review_text
from beian.calendar.worded import Worded, day_text
from beian.calendar.working_days import review_window
from beian.dialogue.case import Case
from beian.dialogue.reply import Reply, button, next_buttons
from beian.dialogue.state import State, Turn
from beian.kb import KnowledgeBase
from beian.names import check_name, find_names, names_in_answer
from beian.names.text import NAMING, names_text
from beian.nlu.labels import fact_id, label_of

# Below this a message is taken for the name that was asked for.
UNSURE = 0.6

# Which day of the case each of the timed questions counts from, and how it is asked for.
DAYS = {
    "timeline.submit_deadline": ("changed_on", "ask_change"),
    "timeline.resubmit_deadline": ("rejected_on", "ask_rejection"),
    "timeline.review": ("submitted_on", "ask_submission"),
}
_FACT_OF_DAY = {day: fact for fact, (day, _) in DAYS.items()}
WHICH_DAY = re.compile(
    r"最晚|最迟|哪天|哪一天|几号|什么时候(?:之前|前|截止)|截止|来得及|还有几天|超期了没|过期了没|超没超|帮我算"
)
LAST_DAY = re.compile(
    r"最[晚迟]|截止|(?:哪天|哪一天|几号|什么时候)(?:之?前|以前).{0,4}(?:提交|申报|变更|办|交|改|报)"
    r"|(?:哪天|哪一天|几号|什么时候)(?:要|得|必须|应?该)?去?(?:提交|申报|交|报)(?!的)"
)
_REJECTED = re.compile(r"驳回|退回|打回|被退|没通过|没过|拒")
_SUBMITTED = re.compile(r"(?:提交|递交|送审|上报|交)(?:了|的|上去|过了|完|给管局)|已经?提交|报上去|到管局")
_MONTH = re.compile(r"月|\d[./-]\d")
_LAST_YEAR = re.compile(r"去年|上一年|已经[变换改搬]|早就|变了|换了|改了")
_PLANNED = re.compile(
    r"计划|打算|准备|预计|到时|将来|以后|还没|没变|没换|那天|才[变换改]|今年|明年|^(?:是的?|对的?|嗯)"
)
_CORRECTED = re.compile(r"不对|不是|错了|应该是|更正")
# So many characters after a day say what happened on it.
_SAID_OF_IT = 8
# A festival as days without work, not as the day something happened.
_DAYS_OFF = re.compile(r"算.{0,4}工作日|放假.{0,3}(?:算|审|上班|工作|办公|会|还|也)|节假日")
_NAME_LABELS = (
    "notice/naming",
    "materials/website_info.name",
    "uncovered/naming_ideas",
    "type/website_info",
)
_NAMING_FACTS = ("notice.naming", "materials.website_info.name", "type.website_info")
_MAY_USE = re.compile(
    r"能用|可以用|能不能|可不可以|可以吗|行吗|行不行|能叫|合规|合不合|符合|违规|违不违|能过|行么|好使|检查|可用|能备|没问题|有问题|能起|能带|能含|能否|可否|是否|可以不|行不$|哪个好|好不好"
)
_QUOTED = re.compile('[“"「『《][^“”"「」『』《》]{2,30}[”"」』》]')
_HARDLY_ANYTHING = 6
AGE_LABELS = (
    "notice/responsible_person",
    "uncovered/responsible_person_eligibility",
    "materials/website_info.responsible_person",
    "type/website_info",
)


def note_days(case: Case, turn: Turn, awaiting: str | None, today: date) -> tuple[Case, FoundDate | None]:
    """The case with a day the message names, and that day when it cannot be (impossible, future).

    Which day it is, the message's words tell; else what was asked for; else when the information changed.
    """
    dates = [] if _DAYS_OFF.search(turn.text) else find_dates(turn.written or turn.text, today)
    if len(dates) > 1:
        told = _note_each(case, dates, turn, awaiting)
        return told, (dates[0] if told == case and all(found.kind == "future" for found in dates) else None)
    # when a submission still to come is answered can be told as well
    may_come = _which_day(turn, awaiting) == "submitted_on"
    for found in dates:
        if found.day is not None and (found.kind != "future" or may_come):
            return replace(case, **{_which_day(turn, awaiting): found.day.isoformat()}), None
    return case, (dates[0] if dates else None)


def _note_each(case: Case, dates: Sequence[FoundDate], turn: Turn, awaiting: str | None) -> Case:
    """The case with several days, each what the words after it say; of two of a kind the first counts,
    or the last where it corrects the first."""
    text = turn.written or turn.text
    known: dict[str, str] = {}
    ends = [*(found.start for found in dates[1:]), len(text)]
    for found, end in zip(dates, ends, strict=True):
        if found.day is None or found.kind == "future":
            continue
        name = day_told_of(text[found.end : min(end, found.end + _SAID_OF_IT)])
        if name == "changed_on" and awaiting in _FACT_OF_DAY:
            name = str(awaiting)
        if name not in known or _CORRECTED.search(text):
            known[name] = found.day.isoformat()
    return replace(case, **known)


def _which_day(turn: Turn, awaiting: str | None) -> str:
    text = turn.text
    if awaiting in _FACT_OF_DAY:
        return str(awaiting)
    asked = [DAYS[fact][0] for fact in map(fact_id, turn.labels) if fact in DAYS]
    if len(asked) == 1 and turn.outcome == "answer":
        return asked[0]
    return day_told_of(text)


def day_told_of(text: str) -> str:
    """Which of the case's days the words of a message are about."""
    if _REJECTED.search(text):
        return "rejected_on"
    return "submitted_on" if _SUBMITTED.search(text) else "changed_on"


def personal(
    turn: Turn, state: State, facts: tuple[str, ...], today: date, kb: KnowledgeBase
) -> tuple[Reply, State] | None:
    """The worked-out answer to a message whose facts are `facts` (none when it was only a day or a name);
    None when there is nothing to work out. `state.case` is the case after the message."""
    return (
        _about_names(turn, state, facts, kb)
        or _about_age(turn, state, facts, today, kb)
        or _about_days(turn, state, facts, today, kb)
    )


def worked_parts(
    turn: Turn, state: State, facts: tuple[str, ...], today: date, kb: KnowledgeBase
) -> dict[str, Worded]:
    """Of several facts that answer one message, those worked out for this customer."""
    parts: dict[str, Worded] = {}
    for fact in facts:
        found: Worded | None = None
        if fact in DAYS:
            day = state.case.day(DAYS[fact][0])
            found = day_text_of(fact, day, today, kb) if day else None
        elif fact == NAMING and _MAY_USE.search(turn.text):
            names = find_names(turn.written or turn.text, kb)
            found = names_text([check_name(name, kb) for name in names], kb) if names else None
        elif fact == RESPONSIBLE_PERSON:
            age = find_age(turn.written or turn.text, today)
            found = age_text(age, today, kb) if age else None
        if found:
            parts[fact] = found
    return parts


def _reply(found: Worded, state: State, label: str, kb: KnowledgeBase) -> tuple[Reply, State]:
    reply = Reply(
        "answered",
        found.text,
        found.facts,
        next_buttons(found.facts, kb, state.case),
        {**found.card, "fact": found.facts[0]},
    )
    return reply, told(found, state.stating(found.facts, (label,), state.case))


def told(found: Worded, state: State) -> State:
    """The state that remembers a worked-out answer, in full and in short."""
    return replace(state, said=found.text, brief=brief_of(found))


def brief_of(found: Worded) -> str:
    """A worked-out answer in short. Of a deadline the day it counts from is known already."""
    entries = found.card["items"]
    return "；".join(entries[1:] if found.card["type"] == "deadline" else entries) + "。"


def _about_names(
    turn: Turn, state: State, facts: tuple[str, ...], kb: KnowledgeBase
) -> tuple[Reply, State] | None:
    written = turn.written or turn.text
    if len(facts) > 1 or set(facts) - set(_NAMING_FACTS):
        return None
    asked = state.awaiting == "site_name" or (NAMING in state.facts and _quotes_only(written))
    if asked and (turn.outcome != "answer" or turn.confidence < UNSURE):
        names = names_in_answer(written, kb)
    elif (set(turn.labels) & set(_NAME_LABELS) or turn.outcome in ("ask", "not_understood")) and (
        _MAY_USE.search(turn.text) or (turn.labels == ("notice/naming",) and _QUOTED.search(written))
    ):
        names = find_names(written, kb)
    else:
        return None
    if not names:
        return None
    verdicts = names_text([check_name(name, kb) for name in names], kb)
    reply, after = _reply(verdicts, state, "notice/naming", kb)
    return reply, replace(after, awaiting="site_name")


def _quotes_only(written: str) -> bool:
    """Whether a message holds quoted names and hardly anything else, such as 换成“山海书店”呢."""
    return bool(_QUOTED.search(written)) and len(_QUOTED.sub("", written)) <= _HARDLY_ANYTHING


def _about_age(
    turn: Turn, state: State, facts: tuple[str, ...], today: date, kb: KnowledgeBase
) -> tuple[Reply, State] | None:
    about = set(turn.labels) & set(AGE_LABELS) or "notice.responsible_person" in state.facts
    if not about or len(facts) > 1:
        return None
    age = find_age(turn.written or turn.text, today)
    return _reply(age_text(age, today, kb), state, "notice/responsible_person", kb) if age else None


def _about_days(
    turn: Turn, state: State, facts: tuple[str, ...], today: date, kb: KnowledgeBase
) -> tuple[Reply, State] | None:
    fact = next((fact for fact in facts if fact in DAYS), None)
    settled = settled_day(turn, state, today)
    if fact is None and (settled or find_dates(turn.written or turn.text, today)):
        fact = _FACT_OF_DAY.get(state.awaiting or "")
    if fact is None and state.case.changed_on and LAST_DAY.search(turn.text):
        fact = "timeline.submit_deadline"
    if fact is None or len(facts) > 1:
        return None
    day_name, _ = DAYS[fact]
    doubtful = None if settled else note_days(state.case, turn, state.awaiting, today)[1]
    if doubtful is not None:
        return ask_about(doubtful, day_name, kb), doubting(state, doubtful, day_name)
    day = state.case.day(day_name)
    if day is None:
        return None
    reply, after = _reply(day_text_of(fact, day, today, kb), state, label_of(fact), kb)
    reply.extra["deadlines"] = deadlines_of(fact, day, today, kb)
    return reply, replace(after, awaiting=day_name)


def settled_day(turn: Turn, state: State, today: date) -> date | None:
    """The day that a message settles after the question whether a day to come was meant."""
    if state.doubted is None or state.awaiting not in _FACT_OF_DAY:
        return None
    day = date.fromisoformat(state.doubted)
    if any(found.kind == "exact" for found in find_dates(turn.written or turn.text, today)):
        return None
    if _LAST_YEAR.search(turn.text):
        return day - relativedelta(years=1)
    return day if _PLANNED.search(turn.text) else None


def ask_about(doubtful: FoundDate, day_name: str, kb: KnowledgeBase) -> Reply:
    """Ask whether a day that cannot be, or that is still to come, was meant."""
    if doubtful.day is None:
        return Reply("clarify", kb.phrase("deadline", "impossible", date=doubtful.text))
    if day_name == "rejected_on":
        return Reply("clarify", kb.phrase("deadline", "not_yet", date=doubtful.text))
    options = [kb.phrase("deadline", "future_planned")]
    if _MONTH.search(doubtful.text) and "年" not in doubtful.text:
        last_year = day_text(doubtful.day - relativedelta(years=1)).partition("（")[0]
        options.append(kb.phrase("deadline", "future_past", day=last_year))
    text = kb.phrase("deadline", "future", date=doubtful.text)
    return Reply("clarify", text, buttons=[button(option) for option in options])


def doubting(state: State, doubtful: FoundDate, day_name: str) -> State:
    """The state that waits for the day to be confirmed."""
    day = doubtful.day.isoformat() if doubtful.day else None
    return replace(state, awaiting=day_name, choices=(), doubted=day)


def day_text_of(fact: str, day: date, today: date, kb: KnowledgeBase) -> Worded:
    """What a timed fact means for a day, in words."""
    if fact == "timeline.review":
        return review_text(review_window(day, kb), kb)
    return deadline_text(deadline_of(fact, day, today, kb), kb)


def deadline_of(fact: str, day: date, today: date, kb: KnowledgeBase) -> Deadline:
    """The deadline a fact sets for something that happened on `day`."""
    return (resubmit_deadline if fact == "timeline.resubmit_deadline" else submit_deadline)(day, today, kb)


def deadlines_of(fact: str, day: date, today: date, kb: KnowledgeBase) -> list[dict[str, str]]:
    """The days to put into a calendar: date (YYYY-MM-DD) and title."""
    if fact == "timeline.review":
        window = review_window(day, kb)
        return [{"date": window.last.isoformat(), "title": kb.phrase("deadline", "review_event")}]
    event = "resubmit_event" if fact == "timeline.resubmit_deadline" else "submit_event"
    last = deadline_of(fact, day, today, kb).last
    return [{"date": last.isoformat(), "title": kb.phrase("deadline", event)}]


def question_for_day(turn: Turn, facts: tuple[str, ...], kb: KnowledgeBase) -> tuple[str, str] | None:
    """(what to await, the question) when someone asks which day exactly, counted from a day not known."""
    if len(facts) != 1 or facts[0] not in DAYS or not WHICH_DAY.search(turn.text):
        return None
    day, phrase = DAYS[facts[0]]
    return day, kb.phrase("deadline", phrase)
