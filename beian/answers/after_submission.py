"""What is to be done once the papers are handed in (交完要盯着啥, 批下来前我要做啥): the review and what
follows, not the papers again."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse
from beian.text import patterns

_HANDED_IN = patterns.compile(
    "(?:交|提交|递|上传|报)(?:上去|完|好|过去|出去|了)+(?:了|之后|以后|后)?|(?:提交|上报|递交|交)(?:之|以)?后"
)
_WAITING = patterns.compile(
    "(?:没|未|还没)(?:批|审|过|通过|下来|出结果).{0,6}(?:前|时候|期间)|(?:批|审|过|通过|批准)(?:下来|完|了)?(?:之|以)?前"
    "|审核(?:没|还没|未)?(?:下来|完|过|通过)?(?:之前|以前|前|期间|的时候|过程中)|等(?:审核|结果|批)的?(?:时候|期间)"
)
_WHAT_TO_DO = patterns.compile(
    "(?:盯|看|留意|注意|关注|留心|当心|操心|准备)[着意]?(?:些|点|一?下)?(?:啥|什么|哪)"
    "|(?:做|干|办|弄|忙|管)(?:些|点)?(?:啥|什么|哪些)|(?:有|要)(?:啥|什么|哪些)(?:要)?(?:注意|留意|做|干)"
)
_NOT_ANSWERED_BY = frozenset({"materials", "notice", "after", "login", "submit", "prepare", "steps"})
_REVIEWER, _AFTER, _ACCESS = "reviewer", "after", "access"


def after_submission(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as about the review and what comes after it, where it asks what to do then and was read as
    about something before; as it is otherwise."""
    meaning, text = heard.meaning, heard.said.text
    if meaning.notice or heard.said.written in kb.questions or not _WHAT_TO_DO.search(text):
        return heard
    waiting = bool(_WAITING.search(text))
    cells = [kb.cells[target] for target in meaning.targets if target in kb.cells]
    if not (waiting or _HANDED_IN.search(text)) or len(cells) != len(meaning.targets):
        return heard
    if not {cell.aspect for cell in cells} <= _NOT_ANSWERED_BY:
        return heard
    review = next(fact for fact, cell in kb.cells.items() if cell.aspect == _REVIEWER)
    case = state.focus.case
    # what is particular in this case while it is reviewed, and then what is to be checked
    special = [
        fact
        for fact in kb.facts
        if kb.cells[fact].aspect == _ACCESS and kb.cells[fact].fits(case) and kb.cells[fact].agreeing(case)
    ]
    then = special or [fact for fact in kb.facts[review].next if fact in kb.facts]
    after = [fact for fact, cell in kb.cells.items() if fact in kb.facts and cell.aspect == _AFTER]
    targets = (review, *(then[:1] if waiting else after[:1]))
    meaning = replace(meaning, outcome="answer", targets=targets, manner="ask", choices=(), alone=1.0)
    return replace(heard, meaning=replace(meaning, foreign=0.0))
