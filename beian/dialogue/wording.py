"""Rules of context that rest on a message's own words: what it was taken for and what it says instead."""

from __future__ import annotations

import re
from datetime import date

from beian.calendar.age import find_age
from beian.calendar.dates import find_dates
from beian.dialogue.mentions import Mentions
from beian.dialogue.personal import AGE_LABELS, DAYS, LAST_DAY, WHICH_DAY, day_told_of
from beian.dialogue.rejection import reasons_in
from beian.dialogue.resolve import WHAT, change_of_theme
from beian.dialogue.state import State, Turn
from beian.kb import KnowledgeBase
from beian.nlu.clauses import looks_like_question
from beian.nlu.labels import fact_id, label_of

# From here on a message surely asks its own question.
SURE = 0.8
PERSON = "notice/responsible_person"
_RESULT = re.compile(r"结果|审[完核]|批|通过|下来|出来")
LONGEST_AFTERTHOUGHT = 16
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
_TYPE_ASKED = re.compile(r"(?:属于|算是?|归为?).{0,3}(?:什么|啥|哪)|(?:什么|哪一?)[类种]?(?:型|种|类)?变更")
_MATERIALS_AT_ALL = re.compile(
    r"(?:那|还|也|都)*(?:要|需要|用)(?:准备|提供|交|不要)?(?:材料|资料)[吗么不嘛]?[?]?"
)
_COMPLAINT = re.compile(
    r"什么玩意|啥玩意|乱七八糟|胡说|瞎说|胡扯|驴唇|牛头不对|文不对题|答非所问|不知所云|(?:还是|又|都|依然)(?:不对|错了?|没答|没说)|没用的回答|懂不懂|听不懂人?话|听得懂|会不会答|有没有用"
)
_CALLS_FOR_A_PERSON = re.compile(r"投诉|找你们?(?:领导|经理|主管|负责人)|叫你们?(?:领导|经理|主管)")
# Nothing but these says nothing that could be answered.
_EMPTY = re.compile(
    r"(?:那个|这个|那件|这件|那|这|个|事情|事儿|事|东西|问题|情况|备案|网站|变更|我们|我|你|您|想|要|问|说|的|了|啊|呀|呢|吧|嘛|吗|下|一|就是|还是|有)+"
)


def changes_of(turn: Turn, kb: KnowledgeBase) -> set[str]:
    """The change types that the facts of the likeliest labels are for."""
    if turn.outcome != "answer":
        return set()
    found = (kb.facts.get(fact_id(label)) for label in turn.labels)
    return {fact.when["change_type"] for fact in found if fact and "change_type" in fact.when}


def named_changes(mentions: Mentions, kb: KnowledgeBase) -> list[str]:
    """The change types that a message names, by themselves or by an item."""
    terms = [kb.term("item", item) for item in mentions.items]
    named = [term.change_type for term in terms if term and term.change_type]
    return list(dict.fromkeys([*named, *mentions.change_types]))


def several_reasons(
    turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase
) -> Turn | None:
    """A notice with several reasons that the document knows, whatever else it was taken for."""
    of_rejection = any(label.startswith(("rejection/", "uncovered/")) for label in turn.labels)
    if len(reasons_in(turn.text)) < 2 or (of_rejection and turn.labels[0].startswith("rejection/")):
        return None
    unknown = [label for label in turn.labels if label == "uncovered/rejection_other"]
    return turn.meaning("rejection/overview", *unknown)


def complaint(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Anger at the answers, however it is worded."""
    if mentions.any or len(turn.text) > LONGEST_AFTERTHOUGHT or turn.labels[:1] == ("chitchat/insult",):
        return None
    if turn.outcome == "answer" and turn.confidence >= SURE:
        return None
    if _CALLS_FOR_A_PERSON.search(turn.text) and turn.labels[:1] != ("handoff/request",):
        return turn.meaning("handoff/request", outcome="act")
    if _ABUSE.search(turn.text) and turn.outcome != "answer":
        return turn.meaning("chitchat/insult", outcome="act")
    if _COMPLAINT.search(turn.text) and turn.labels[:1] != ("feedback/negative",):
        return turn.meaning("feedback/negative", outcome="act")
    return None


def approved(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """It has been approved, what now: not who decides on it."""
    if "procedure/review" not in turn.labels or len(turn.questions) > 1:
        return None
    told = _APPROVED.search(turn.text)
    return turn.meaning("procedure/after_approval") if told and _WHAT_NOW.search(turn.text) else None


def where(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Where it is done: the way in, not the step."""
    if len(turn.questions) > 1 or not set(turn.labels) & {"procedure/submit", "procedure/prepare"}:
        return None
    return turn.meaning("procedure/login") if _WHERE.search(turn.text) else None


def last_day(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """The last day to submit is the deadline's, not the review's."""
    if "timeline/review" not in turn.labels or len(turn.questions) > 1 or not LAST_DAY.search(turn.text):
        return None
    return None if _RESULT.search(turn.text) else turn.meaning("timeline/submit_deadline")


def type_named(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """The type is that of the item a message names: a new legal representative is no transfer."""
    told = _CONFUSED.get(next(iter(turn.labels), ""))
    named = named_changes(mentions, kb)
    if told is None or len(turn.questions) > 1 or len(named) != 1 or not mentions.items:
        return None
    if named[0] == told or named[0] not in _CONFUSED.values() or _TRANSFERRED.search(turn.text):
        return None
    return turn.meaning(f"type/{named[0]}")


def kind_told(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Who only says what kind of subject they are is helped with what depends on it: the materials."""
    alone = len(mentions.subject_kinds) == 1 and not (mentions.items or mentions.change_types)
    if not alone or len(turn.text) > _SHORT_STATEMENT or not _KIND_TOLD.search(turn.text):
        return None
    if looks_like_question(turn.text) or turn.outcome == "answer":
        return None
    return turn.meaning("materials/overview")


def whether(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Whether a change must be reported at all is told by its type, not by its materials."""
    change = change_of_theme(next(iter(turn.labels), "").partition("uncovered/")[2])
    if change is None or WHAT.search(turn.text) or not _WHETHER.search(turn.text):
        return None
    return turn.meaning(f"type/{change[0]}")


def one_of_two(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Of two readings of one question, the one is meant that the words ask for (papers, a day); one that is
    for another change than the message names is out."""
    if turn.outcome != "answer" or len(turn.labels) != 2 or len(turn.questions) > 1:
        return None
    aged = set(turn.labels) <= set(AGE_LABELS) and find_age(turn.written or turn.text, today)
    if aged or (PERSON in turn.labels and about_person(state)):
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
    named = named_changes(mentions, kb)
    if not named:
        return None
    fitting = [label for label in turn.labels if _change_of(label, kb) in (None, *named)]
    return turn.meaning(*fitting) if len(fitting) == 1 else None


def _change_of(label: str, kb: KnowledgeBase) -> str | None:
    fact = kb.facts.get(fact_id(label))
    return fact.when.get("change_type") if fact else None


def about_person(state: State) -> bool:
    """Whether the talk is of the person responsible for the site."""
    return state.case.item == "responsible_person" or "notice.responsible_person" in state.facts


def type_asked(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Which type the changes named belong to, where it was taken for nothing the document answers."""
    named = named_changes(mentions, kb)
    if turn.outcome == "answer" or not named or not _TYPE_ASKED.search(turn.text):
        return None
    return turn.meaning(f"type/{named[0]}")


def materials_at_all(
    turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase
) -> Turn | None:
    """Whether materials are needed is told by saying which."""
    return turn.meaning("materials/overview") if _MATERIALS_AT_ALL.fullmatch(turn.text) else None


def empty(turn: Turn, state: State, mentions: Mentions, today: date, kb: KnowledgeBase) -> Turn | None:
    """Words without content are asked about, whatever they remind of."""
    if turn.outcome in ("act", "not_understood", "ask") or not _EMPTY.fullmatch(turn.text):
        return None
    return turn.meaning(outcome="not_understood")
