"""What a message means where the conversation tells more than its words alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from beian.calendar.age import find_age
from beian.calendar.dates import find_dates
from beian.calendar.deadlines import RESUBMIT, SUBMIT
from beian.dialogue.mentions import Mentions
from beian.dialogue.personal import AGE_LABELS, DAYS, LAST_DAY, WHICH_DAY, day_told_of
from beian.dialogue.rejection import reasons_in
from beian.dialogue.resolve import WHAT, change_of_theme
from beian.dialogue.state import EVENT, State, Turn
from beian.kb import KnowledgeBase
from beian.nlu.clauses import looks_like_question
from beian.nlu.labels import fact_id, label_of

PERSON = "notice/responsible_person"
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
# Below, nothing is sure of a message; from the second on, its own question is.
_UNSURE = 0.6
_SURE = 0.8
_HAN = "一二三四五六"
_OF_SEVERAL = re.compile(r"^那?第(?P<number>[一二三四五六1-6])(?:个|条|点|项|种)(?:原因|问题|的)?.{0,8}$")
_STEP = re.compile(r"^.{0,4}第(?P<number>[一二三四五1-5])步.{0,6}$")
_DAYS_OFF = re.compile(r"工作日|节假日|放假|假期|周末|周六|周日|双休")
_LATE = re.compile(
    r"超过|超了|超期|超时|过期|逾期|过了|晚了|迟了|拖|错过|没来得及|来不及|没赶上|没及时|没按时|不及时|不按时|忘了"
)
_WHAT_THEN = re.compile(r"呢$|怎|咋|后果|影响|会|如何|要紧|处罚|罚款|严重")
_OTHER_EXPIRY = re.compile(r"多少|天没|天还没|证|服务器|域名|执照|结果|消息|审核")
_LONGEST_AFTERTHOUGHT = 16
_APPROVED = re.compile(
    r"(?:通过|批下来|批准|审完|审核完成?|办下来|办成|批)(?:了|以?后|之后)(?!吗|没|么|是谁|由谁)"
)
_WHERE = re.compile(
    r"[在到从去](?:哪里?|哪儿|什么地方)(?:去|能|可以)?(?:办|弄|操作|登录|进|申请)|哪里?是?入口"
)
_WHAT_NOW = re.compile(
    r"(?:要|该|还|再|得|需)?(?:做|干|办|弄|操作|处理|注意)(?:点|些)?(?:什么|啥|嘛|哪)"
    r"|然后呢|接下来|下一步|怎么办|咋办|咋弄|怎么弄|还要|还需"
)
# Whose papers: asked of the person responsible, the rule on real identity.
_OF_OTHERS = re.compile(
    r"(?:别人|他人|人家|朋友|亲戚|家人|同事|假|虚拟|冒用|借).{0,6}(?:身份|信息|证件|名字|名义)"
)
# From here on a label below the first is still a possible reading.
_POSSIBLE = 0.15
_PLACE = re.compile(r"搬|迁|换|放|移|改|用|在.{1,6}(?:机房|节点|地域|服务器)|服务器在|注册在")
_MOVES = re.compile(r"(?:换|搬|迁|移)(?:移)?(?:到|去|至|成)")
_BESIDE_PAPERS = {"procedure/submit", "procedure/prepare", "type/subject_info", "type/website_info"}
_PAPERS = re.compile(
    r"(?:什么|啥|哪些|哪几样|几样).{0,3}(?:材料|资料|文件|东西|证件)|(?:要|需要|准备|提供|带)(?:准备|提供)?(?:什么|啥|哪些)(?!类|种|变)"
)
_ABUSE = re.compile(r"蠢|笨|智障|弱智|废物|垃圾|傻|白痴|脑残|气死|滚")
_SHORT_STATEMENT = 10
_KIND_TOLD = re.compile(r"^(?:那|对|嗯)?(?:我们?|咱们?|都|双方|两边|对方|主体)+(?:都)?是")
_WHETHER = re.compile(
    r"(?:要|用|需要|必须)(?:去)?(?:报|改|变更|备案|办|申请|更新).{0,6}[吗么不]|要不要|需不需要|用不用|算不算|属于"
)
# Types that are told apart by what changes, and words of a transfer.
_CONFUSED = {f"type/{change}": change for change in ("subject_info", "website_info", "subject_transfer")}
_TRANSFERRED = re.compile(r"卖|转让|转给|过户|收购|买下|并购|兼并|别的公司|另一家")
_COMPLAINT = re.compile(
    r"什么玩意|啥玩意|乱七八糟|胡说|瞎说|胡扯|驴唇|牛头不对|文不对题|答非所问|不知所云|(?:还是|又|都|依然)(?:不对|错了?|没答|没说)|没用的回答|懂不懂|听不懂人?话|听得懂|会不会答|有没有用"
)
_CALLS_FOR_A_PERSON = re.compile(r"投诉|找你们?(?:领导|经理|主管|负责人)|叫你们?(?:领导|经理|主管)")
# Nothing but these says nothing that could be answered.
_EMPTY = re.compile(
    r"(?:那个|这个|那件|这件|那|这|个|事情|事儿|事|东西|问题|情况|备案|网站|变更|我们|我|你|您|想|要|问|说|的|了|啊|呀|呢|吧|嘛|吗|下|一|就是|还是|有)+"
)

Rule = Callable[[Turn, State, Mentions, date, KnowledgeBase], "Turn | None"]


def in_conversation(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn:
    """The turn as meant at this point; the same turn where nothing tells otherwise.

    `state` and its case are those before the message, `mentions` are the message's.
    """
    for rule in RULES:
        meant = rule(turn, state, mentions, today, kb)
        if meant is not None:
            return meant
    return turn


def _event(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Asked what happened: what is told decides the type, nothing else is asked for."""
    if state.awaiting != EVENT or looks_like_question(turn.text):
        return None
    changes = set(_named_changes(mentions, kb)) or changes_of(turn, kb)
    return turn.meaning(f"type/{changes.pop()}") if len(changes) == 1 else None


def changes_of(turn: Turn, kb: KnowledgeBase) -> set[str]:
    """The change types that the facts of the likeliest labels are for."""
    if turn.outcome != "answer":
        return set()
    found = (kb.facts.get(fact_id(label)) for label in turn.labels)
    return {fact.when["change_type"] for fact in found if fact and "change_type" in fact.when}


def _named_changes(mentions: Mentions, kb: KnowledgeBase) -> list[str]:
    """The change types that a message names, by themselves or by an item."""
    terms = [kb.term("item", item) for item in mentions.items]
    named = [term.change_type for term in terms if term and term.change_type]
    return list(dict.fromkeys([*named, *mentions.change_types]))


def _one_of_stated(
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


def _step(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """A step of the way by its number, as its title has it."""
    match = _STEP.search(turn.text)
    if match is None or (turn.outcome == "answer" and turn.confidence >= _UNSURE):
        return None
    title = f"第{_HAN[_number(match['number']) - 1]}步"
    fact = next((fact.id for fact in kb.facts.values() if fact.title.startswith(title)), None)
    return turn.meaning(label_of(fact)) if fact else None


def _number(written: str) -> int:
    return _HAN.index(written) + 1 if written in _HAN else int(written)


def _several_reasons(
    turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase
) -> Turn | None:
    """A notice with several reasons that the document knows, whatever else it was taken for."""
    of_rejection = any(label.startswith(("rejection/", "uncovered/")) for label in turn.labels)
    if len(reasons_in(turn.text)) < 2 or (of_rejection and turn.labels[0].startswith("rejection/")):
        return None
    unknown = [label for label in turn.labels if label == "uncovered/rejection_other"]
    return turn.meaning("rejection/overview", *unknown)


def _holidays(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Whether days off count for the review: the working days of the answer."""
    asked = "timeline.review" in state.facts and _DAYS_OFF.search(turn.text)
    return turn.meaning("timeline/review") if asked and looks_like_question(turn.text) else None


def _what_then(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """After a fact that says what may follow: what if it is missed, or done all the same?"""
    text = turn.text
    if mentions.any or len(text) > _LONGEST_AFTERTHOUGHT or _OTHER_EXPIRY.search(text):
        return None
    deadline = next((fact for fact in state.facts if fact in _DEADLINES), None)
    if deadline and _LATE.search(text) and _WHAT_THEN.search(text):
        return turn.meaning(label_of(deadline))
    warning = next((fact for fact in state.facts if fact in _WARNINGS), None)
    if warning and len(text) <= _SHORT_QUESTION and _CONSEQUENCE.search(text):
        return turn.meaning(label_of(warning))
    return None


def _why(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """After a verdict: the rule behind it."""
    rule = next((fact for fact in state.facts if fact in _VERDICTS), None)
    if rule is None or mentions.any or len(turn.text) > _SHORT_QUESTION or not _WHY.search(turn.text):
        return None
    return turn.meaning(label_of(rule))


def _day_told(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """After an answer that counts from a day: that day, though it was not asked for."""
    if turn.outcome == "answer" and turn.confidence >= _SURE:
        return None
    rejected = any(fact.startswith("rejection.") for fact in state.facts)
    fact = next((fact for fact in state.facts if fact in DAYS), RESUBMIT if rejected else None)
    written = turn.written or turn.text
    if fact is None or len(written) > _LONGEST_AFTERTHOUGHT or looks_like_question(turn.text):
        return None
    return turn.meaning(label_of(fact)) if find_dates(written, today) else None


def _in_time(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Which day at the latest, or whether it is not too late: the deadline, where nothing else is sure."""
    if {fact_id(label) for label in turn.labels} & set(DAYS) or (
        turn.outcome == "answer" and turn.confidence >= _UNSURE
    ):
        return None
    latest = _AT_THE_LATEST.search(turn.text)
    still = _STILL_IN_TIME.search(turn.text) and find_dates(turn.written or turn.text, today)
    if not (latest or still):
        return None
    rejected = bool(state.facts) and (state.facts[0].startswith("rejection.") or RESUBMIT in state.facts)
    return turn.meaning(label_of(RESUBMIT if rejected else SUBMIT))


def _approved(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """It has been approved, what now: not who decides on it."""
    if "procedure/review" not in turn.labels or len(turn.questions) > 1:
        return None
    told = _APPROVED.search(turn.text)
    return turn.meaning("procedure/after_approval") if told and _WHAT_NOW.search(turn.text) else None


def _where(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Where it is done: the way in, not the step."""
    if len(turn.questions) > 1 or not set(turn.labels) & {"procedure/submit", "procedure/prepare"}:
        return None
    return turn.meaning("procedure/login") if _WHERE.search(turn.text) else None


def _last_day(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """The last day to submit is the deadline's, not the review's."""
    if "timeline/review" not in turn.labels or len(turn.questions) > 1 or not LAST_DAY.search(turn.text):
        return None
    return turn.meaning("timeline/submit_deadline")


def _type_named(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """The type is that of the item a message names: a new legal representative is no transfer."""
    told = _CONFUSED.get(next(iter(turn.labels), ""))
    named = _named_changes(mentions, kb)
    if told is None or len(turn.questions) > 1 or len(named) != 1 or not mentions.items:
        return None
    if named[0] == told or named[0] not in _CONFUSED.values() or _TRANSFERRED.search(turn.text):
        return None
    return turn.meaning(f"type/{named[0]}")


def _kind_told(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Who only says what kind of subject they are is helped with what depends on it: the materials."""
    alone = len(mentions.subject_kinds) == 1 and not (mentions.items or mentions.change_types)
    if not alone or len(turn.text) > _SHORT_STATEMENT or not _KIND_TOLD.search(turn.text):
        return None
    if looks_like_question(turn.text) or turn.outcome == "answer":
        return None
    return turn.meaning("materials/overview")


def _whether(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Whether a change must be reported at all is told by its type, not by its materials."""
    change = change_of_theme(next(iter(turn.labels), "").partition("uncovered/")[2])
    if change is None or WHAT.search(turn.text) or not _WHETHER.search(turn.text):
        return None
    return turn.meaning(f"type/{change[0]}")


def _one_of_two(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Of two readings of one question, the one is meant that the words ask for (papers, a day); one that is
    for another change than the message names is out."""
    if turn.outcome != "answer" or len(turn.labels) != 2 or len(turn.questions) > 1:
        return None
    aged = set(turn.labels) <= set(AGE_LABELS) and find_age(turn.written or turn.text, today)
    if aged or (PERSON in turn.labels and _about_person(state)):
        return turn.meaning(PERSON)
    if set(turn.labels) <= {label_of(fact) for fact in DAYS} and find_dates(turn.written, today):
        told = [label for label in turn.labels if DAYS[fact_id(label)][0] == day_told_of(turn.text)]
        return turn.meaning(*told) if told else None
    materials = [label for label in turn.labels if label.startswith("materials/")]
    if len(materials) == 1 and set(turn.labels) & _BESIDE_PAPERS and _PAPERS.search(turn.text):
        return turn.meaning(*materials)
    timed = [label for label in turn.labels if fact_id(label) in DAYS]
    if len(timed) == 1 and WHICH_DAY.search(turn.text):
        return turn.meaning(*timed)
    named = _named_changes(mentions, kb)
    if not named:
        return None
    fitting = [label for label in turn.labels if _change_of(label, kb) in (None, *named)]
    return turn.meaning(*fitting) if len(fitting) == 1 else None


def _change_of(label: str, kb: KnowledgeBase) -> str | None:
    fact = kb.facts.get(fact_id(label))
    return fact.when.get("change_type") if fact else None


def _about_person(state: State) -> bool:
    return state.case.item == "responsible_person" or "notice.responsible_person" in state.facts


def _papers_of_others(
    turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase
) -> Turn | None:
    """In a talk of the person responsible, other people's papers are against the rule on that person."""
    if (
        not _about_person(state)
        or "notice/authenticity" not in turn.labels
        or not _OF_OTHERS.search(turn.text)
    ):
        return None
    return turn.meaning(PERSON)


def _server_place(
    turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase
) -> Turn | None:
    """In a talk of the server, another place is where the server stands, not where the subject moves."""
    about_server = "server" in mentions.items or (state.case.item == "server" and not mentions.items)
    if about_server and turn.outcome in ("out_of_scope", "not_understood") and _MOVES.search(turn.text):
        wants = "materials/website_info.server" if WHAT.search(turn.text) else "notice/server_locality"
        return turn.meaning(wants)
    likely = [label for label, chance in turn.ranking if chance >= _POSSIBLE]
    both = "uncovered/cross_province" in likely and "notice/server_locality" in likely
    if not (about_server and both and _PLACE.search(turn.text)):
        return None
    return turn.meaning("notice/server_locality")


def _complaint(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Anger at the answers, however it is worded."""
    if mentions.any or len(turn.text) > _LONGEST_AFTERTHOUGHT or turn.labels[:1] == ("chitchat/insult",):
        return None
    if _CALLS_FOR_A_PERSON.search(turn.text) and turn.labels[:1] != ("handoff/request",):
        return turn.meaning("handoff/request", outcome="act")
    if _ABUSE.search(turn.text) and turn.outcome != "answer":
        return turn.meaning("chitchat/insult", outcome="act")
    if _COMPLAINT.search(turn.text) and turn.labels[:1] != ("feedback/negative",):
        return turn.meaning("feedback/negative", outcome="act")
    return None


def _empty(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Words without content are asked about, whatever they remind of."""
    if turn.outcome in ("act", "not_understood", "ask") or not _EMPTY.fullmatch(turn.text):
        return None
    return turn.meaning(outcome="not_understood")


RULES: tuple[Rule, ...] = (
    _event,
    _one_of_stated,
    _step,
    _several_reasons,
    _holidays,
    _complaint,
    _what_then,
    _why,
    _day_told,
    _in_time,
    _approved,
    _where,
    _last_day,
    _papers_of_others,
    _server_place,
    _type_named,
    _kind_told,
    _whether,
    _one_of_two,
    _empty,
)
