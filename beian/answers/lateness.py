"""What follows when something is not handed in by its last day: told first, where it is only supposed."""

from __future__ import annotations

from collections.abc import Sequence

from beian.answers.rulings import ruling
from beian.hearing.heard import ASKED_IN_FULL, Heard
from beian.hearing.questions import is_polar, supposes
from beian.kb import Fact, KnowledgeBase
from beian.meaning.state import Discourse
from beian.text import patterns

_GROUP = "ends"
# What the same words are taken for: 网站当天就停吗, 会怎么处理.
_TAKEN_FOR = {"access", "reviewer"}
_AWAITED = ("changed", "rejected")
_SURELY, _WHOLE = 0.85, 10
_LATE = patterns.compile(
    "[逾超过]期|逾越|超时|超[了个过]|[晚迟](?:个|了|上|它)?[几一两二三四五十半\\d]+(?:多|来)?[天日周个月年]|[晚迟][交报]|[交报]晚|晚了"
    "|[超越过][了过]?(?:该|这|那)(?:个)?(?:日|天|期限)|过了(?:期限|时间|时限|30|三十|这个?[天日]|最后|那[天个]|[\\d十]+[天日号])"
    "|[没未](?:能)?(?:来得及|按时|按期|赶上|及时|[交报办弄](?:上|完|成)?)|来不及|赶不[上及]|[弄办搞]不完|忘记?了?(?:去)?[交报办弄]|拖[到着延过]|拖(?:个|上)?[几一两二三四五十半\\d]+[天日周个月年]|(?:已经|要是|真的?|万一)过了|不[交报]|错过"
)
_ENDS = patterns.compile(
    "补救|挽回|怎[么]?样|怎么[办着处罚]|咋[样办]|如何|后果|会不会|会.{0,10}吗|罚|注销|关[掉停站]|[被就]关|停掉|[被就]停|封|没事|什么事|啥事|要紧|打不开|下线|区别|影响|停[吗么不没了]|的话|作废|失效|取消"
)
# Whether it is late, or which day it is, is another question.
_OTHERWISE = patterns.compile(
    "来得及|[逾超过]期了?[没吗]|超了?[没吗]|算不算|算(?:不算)?[逾超过]期|(?:有没有|是不是|是否)(?:已经?)?[逾超过]|已经?[逾超过]期?了?[吗没?？]|最[晚迟]|几[号天]|哪天|多久内|还剩|用再|还能[交报补办]|有用"
    "|(?:会不会|会不|怕|担心|是不是)[^,，。;；]{0,3}(?:来不及|赶不[上及])|(?:来不及|赶不[上及])了?[吗么吧]"
)
# 知道来得及, 没来得及 do not ask if it is in time.
_NOT_ASKED = patterns.compile("知道来?得及|知道还?没[过逾超]|[没未]来?得及")
_MAY_BE = ("注销", "罚", "重新备案")
_SOON = "马上|立刻|立马|立即|当天|第二天|直接|当场|自动|多久|过多少|几天就"
_HOW_SOON = patterns.compile(_SOON)
_DEGREE = patterns.compile(f"{_SOON}|一天和|和一个?[天月]|跟一个?[天月]|轻重|先.{{0,4}}警告|提醒|通知")
_WHAT_TO_DO = patterns.compile("怎么[办弄]|咋[办弄整]|如何(?:处理|补救)|补救|怎么补")
_DONE_TO_IT = patterns.compile("关[掉停站了]|[被就会]关|停掉|封|注销|罚|打不开|下线|没了|作废|失效|取消|冻结")
# What is asked of the time of the review, or of another step, is no matter of lateness.
_ELSEWHERE = patterns.compile("审核|期间|切换|解析|服务器|换|造假|假的|怎么注销|要注销|想注销|申请")


def goes_on_about_the_end(heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a message is about what follows lateness, though its words are those of another question: the
    site that stops, who decides on it."""
    asked = [kb.cells[target].aspect for target in heard.meaning.targets if target in kb.facts]
    of_its_own = heard.meaning.outcome == "answer" and heard.meaning.alone >= ASKED_IN_FULL
    taken_for = not of_its_own or bool(asked and set(asked) <= _TAKEN_FOR)
    text = heard.said.text
    supposed = supposes_lateness(text) and bool(_ENDS.search(text) or supposes(text))
    return of_the_end(heard, state, kb) or (supposed and taken_for)


def supposes_lateness(text: str) -> bool:
    """Whether it asks what follows when the last day is missed: 要是晚了几天会怎样, not 过期了没有."""
    return bool(_LATE.search(text)) and not _OTHERWISE.search(_NOT_ASKED.sub("", text))


def ends(found: Sequence[Fact], heard: Heard, before: Discourse, kb: KnowledgeBase) -> str | None:
    """What follows, and what the document leaves open of it, to a question for it; None for any other."""
    due = next((fact for fact in found if has_a_last_day(fact, kb)), None)
    text = heard.said.text
    if due is None or not due.consequence or len(found) > 1:
        return None
    supposed = supposes_lateness(text) and bool(_ENDS.search(text) or supposes(text))
    done = bool(_DONE_TO_IT.search(text)) and not (_OTHERWISE.search(text) or _ELSEWHERE.search(text))
    if not (supposed or done or of_the_end(heard, before, kb)):
        return None
    if _DEGREE.search(text):
        return kb.phrase(_GROUP, "when", end=due.consequence)
    if _WHAT_TO_DO.search(text):
        return kb.phrase(_GROUP, "to_do", end=due.consequence)
    if is_polar(text) and any(word in text and word in due.consequence for word in _MAY_BE):
        return kb.phrase(_GROUP, "may", end=due.consequence)
    return ruling(due, heard, before, kb) or due.consequence


def of_the_end(heard: Heard, state: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a message goes on about what follows, right after that was told: 会不会马上关."""
    told = [kb.facts[fact].consequence for fact in state.stated if has_a_last_day(kb.facts[fact], kb)]
    point = bool(told) and any(end and end.rstrip("。") in state.point for end in told)
    text = heard.said.text
    # a whole sentence that surely asks something else by its own words goes on about nothing
    another = heard.meaning.alone >= _SURELY and len(text) >= _WHOLE and not _HOW_SOON.search(text)
    return point and not another and bool(_DONE_TO_IT.search(text)) and not _ELSEWHERE.search(text)


def has_a_last_day(fact: Fact, kb: KnowledgeBase) -> bool:
    """Whether a fact is on a last day that is counted from a day of the case."""
    return kb.cells[fact.id].awaits in _AWAITED
