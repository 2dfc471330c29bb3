"""Rules of context that rest on what has been said before: the last answer, the case, what was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from beian.calendar.dates import find_dates
from beian.calendar.deadlines import RESUBMIT, SUBMIT
from beian.dialogue.mentions import Mentions
from beian.dialogue.personal import DAYS
from beian.dialogue.resolve import WHAT
from beian.dialogue.state import EVENT, State, Turn
from beian.dialogue.wording import LONGEST_AFTERTHOUGHT, PERSON, SURE, about_person, changes_of, named_changes
from beian.kb import KnowledgeBase
from beian.nlu.clauses import looks_like_question
from beian.nlu.labels import fact_id, label_of

_DEADLINES = (SUBMIT, RESUBMIT)
# Facts that say what happens to those who do otherwise, and facts that verdicts rest on.
_WARNINGS = (
    *_DEADLINES,
    "access.server_change",
    "access.subject_or_responsible_change",
    "notice.authenticity",
)
_VERDICTS = ("notice.naming", "notice.responsible_person")
_CONSEQUENCE = re.compile(r"会怎|会咋|怎么样|怎样|后果|会如何")
_WHY = re.compile(r"为什么|为啥|凭什么|怎么就?不|哪里不|哪儿不|什么原因|原因是")
_AT_THE_LATEST = re.compile(r"最[晚迟]|截止|期限")
_STILL_IN_TIME = re.compile(r"来得及|来不来|超期|过期|逾期|超时|超没|晚不晚|晚了|迟了|迟不迟|赶得上")
_SHORT_QUESTION = 12
# Below, nothing is sure of a message.
UNSURE = 0.6
_WHICH_TYPE = re.compile(
    r"^那?(?:这|我这|我)?(?:是|算|属于?)?(?:什么|啥|哪一?[种类])(?:类型|变更|类)?(?:变更|类型)?[呢啊吗?]*$"
)
_WHICH_DATE = re.compile(r"几号|哪一?天|哪一?日|多少号")
_HAN = "一二三四五六"
_OF_SEVERAL = re.compile(r"^那?第(?P<number>[一二三四五六1-6])(?:个|条|点|项|种)(?:原因|问题|的)?.{0,8}$")
_STEP = re.compile(r"^.{0,4}第(?P<number>[一二三四五1-5])步.{0,6}$")
_DAYS_OFF = re.compile(r"工作日|节假日|放假|假期|周末|周六|周日|双休")
_LATE = re.compile(
    r"超过|超了|超期|超时|过期|逾期|过了|晚了|迟了|拖|错过|没来得及|来不及|没赶上|没及时|没按时|不及时|不按时|忘了"
)
_WHAT_THEN = re.compile(r"呢$|怎|咋|后果|影响|会|如何|要紧|处罚|罚款|严重")
_CHANGE = re.compile(r"[变换改]了|变化|变更|信息")
_OTHER_EXPIRY = re.compile(r"多少|天没|天还没|证|服务器|域名|执照|结果|消息|审核")
# Whose papers: asked of the person responsible, the rule on real identity.
_OF_OTHERS = re.compile(
    r"(?:别人|他人|人家|朋友|亲戚|家人|同事|假|虚拟|冒用|借).{0,6}(?:身份|信息|证件|名字|名义)"
)
# From here on a label below the first is still a possible reading.
_POSSIBLE = 0.15
_PLACE = re.compile(r"搬|迁|换|放|移|改|用|在.{1,6}(?:机房|节点|地域|服务器)|服务器在|注册在")
_MOVES = re.compile(r"(?:换|搬|迁|移)(?:移)?(?:到|去|至|成)")


def event(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Asked what happened: what is told decides the type, nothing else is asked for."""
    if state.awaiting != EVENT or looks_like_question(turn.text):
        return None
    changes = set(named_changes(mentions, kb)) or changes_of(turn, kb)
    return turn.meaning(f"type/{changes.pop()}") if len(changes) == 1 else None


def one_of_stated(
    turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase
) -> Turn | None:
    """After several facts at once: more of the second."""
    match = _OF_SEVERAL.match(turn.text)
    if match is None or state.choices:
        return None
    before = state.trail[-1] if state.trail else ()
    stated = next((found for facts in (state.facts, before) if (found := _entries(facts, kb))), ())
    place = _number(match["number"])
    return turn.meaning(label_of(stated[place - 1])) if 1 <= place <= len(stated) else None


def _entries(facts: Sequence[str], kb: KnowledgeBase) -> tuple[str, ...]:
    """What a second one may mean: several facts stated, or the facts that the one's entries stand for."""
    if len(facts) != 1:
        return tuple(facts)
    names = [item.partition("：")[0] for item in kb.facts[facts[0]].items]
    titles = {fact.title.rpartition("：")[2]: fact.id for fact in kb.facts.values()}
    return tuple(titles[name] for name in names) if names and set(names) <= set(titles) else ()


def step(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """A step of the way by its number, as its title has it."""
    match = _STEP.search(turn.text)
    if match is None or (turn.outcome == "answer" and turn.confidence >= UNSURE):
        return None
    title = f"第{_HAN[_number(match['number']) - 1]}步"
    fact = next((fact.id for fact in kb.facts.values() if fact.title.startswith(title)), None)
    return turn.meaning(label_of(fact)) if fact else None


def _number(written: str) -> int:
    return _HAN.index(written) + 1 if written in _HAN else int(written)


def holidays(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Whether days off count for the review: the working days of the answer."""
    asked = "timeline.review" in state.facts and _DAYS_OFF.search(turn.text)
    return turn.meaning("timeline/review") if asked and looks_like_question(turn.text) else None


def which_type(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Once the change is known: its type, not all types."""
    known = state.case.change_type
    if known is None or mentions.any or "overview/types" not in turn.labels:
        return None
    return turn.meaning(f"type/{known}") if _WHICH_TYPE.match(turn.text) else None


def which_date(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """After an answer that counts from a day: which day that makes."""
    fact = next((fact for fact in state.facts if fact in DAYS), None)
    unsure = turn.outcome != "answer" or turn.confidence < UNSURE
    if fact is None or mentions.any or not unsure or len(turn.text) > _SHORT_QUESTION:
        return None
    return turn.meaning(label_of(fact)) if _WHICH_DATE.search(turn.text) else None


def what_then(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """After a fact that says what may follow: what if it is missed, or done all the same?"""
    text = turn.text
    if mentions.any or len(text) > LONGEST_AFTERTHOUGHT or _OTHER_EXPIRY.search(text):
        return None
    deadline = next((fact for fact in state.facts if fact in _DEADLINES), None)
    if deadline and _LATE.search(text) and _WHAT_THEN.search(text):
        return turn.meaning(label_of(deadline))
    warning = next((fact for fact in state.facts if fact in _WARNINGS), None)
    if warning and len(text) <= _SHORT_QUESTION and _CONSEQUENCE.search(text):
        return turn.meaning(label_of(warning))
    return None


def why(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """After a verdict: the rule behind it."""
    rule = next((fact for fact in state.facts if fact in _VERDICTS), None)
    if rule is None or mentions.any or len(turn.text) > _SHORT_QUESTION or not _WHY.search(turn.text):
        return None
    return turn.meaning(label_of(rule))


def day_told(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """After an answer that counts from a day: that day, though it was not asked for."""
    if turn.outcome == "answer" and turn.confidence >= SURE:
        return None
    rejected = any(fact.startswith("rejection.") for fact in state.facts)
    fact = next((fact for fact in state.facts if fact in DAYS), RESUBMIT if rejected else None)
    written = turn.written or turn.text
    if fact is None or len(written) > LONGEST_AFTERTHOUGHT or looks_like_question(turn.text):
        return None
    return turn.meaning(label_of(fact)) if find_dates(written, today) else None


def of_the_rejection(
    turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase
) -> Turn | None:
    """In a talk of a rejection the deadline is that of submitting again, unless a change is spoken of."""
    rejected = any(fact == RESUBMIT or fact.startswith("rejection.") for fact in state.facts)
    if not rejected or turn.labels != (label_of(SUBMIT),) or mentions.any or _CHANGE.search(turn.text):
        return None
    return turn.meaning(label_of(RESUBMIT))


def in_time(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Which day at the latest, or whether it is not too late: the deadline, where nothing else is sure."""
    if {fact_id(label) for label in turn.labels} & set(DAYS) or (
        turn.outcome == "answer" and turn.confidence >= UNSURE
    ):
        return None
    latest = _AT_THE_LATEST.search(turn.text)
    still = _STILL_IN_TIME.search(turn.text) and find_dates(turn.written or turn.text, today)
    if not (latest or still):
        return None
    rejected = bool(state.facts) and (state.facts[0].startswith("rejection.") or RESUBMIT in state.facts)
    return turn.meaning(label_of(RESUBMIT if rejected else SUBMIT))


def papers_of_others(
    turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase
) -> Turn | None:
    """In a talk of the person responsible, other people's papers are against the rule on that person."""
    if (
        not about_person(state)
        or "notice/authenticity" not in turn.labels
        or not _OF_OTHERS.search(turn.text)
    ):
        return None
    return turn.meaning(PERSON)


def server_place(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """In a talk of the server, another place is where the server stands, not where the subject moves."""
    about_server = "server" in mentions.items or (state.case.item == "server" and not mentions.items)
    if about_server and turn.outcome in ("out_of_scope", "not_understood") and _MOVES.search(turn.text):
        wants = "materials/website_info.server" if WHAT.search(turn.text) else "notice/server_locality"
        return turn.meaning(wants)
    likely = [label for label, chance in turn.ranking if chance >= _POSSIBLE]
    elsewhere = "uncovered/cross_province" in likely
    both = elsewhere and "notice/server_locality" in likely and _PLACE.search(turn.text)
    if not about_server or not (both or (elsewhere and _MOVES.search(turn.text))):
        return None
    return turn.meaning("notice/server_locality")
