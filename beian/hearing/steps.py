"""Questions about how far one is in the steps: 第三步之后呢, 还有几步, 传完材料以后还有几步."""

from __future__ import annotations

from dataclasses import dataclass

from beian.calendar.numerals import read_number
from beian.text import patterns

_STEP = patterns.compile(r"第(?P<at>[1-8一二三四五六七八])步")
_AFTER = patterns.compile(
    r"^[^,，、。;；!！?？]{0,6}?(?:以后|之后|后面?|完|好了|接着|接下|然后|下一步|往后|往下|再往)"
)
_NEXT = patterns.compile(
    "^(?:那|然后|接着|接下来)*(?:的?下一步|接下来|再?往[后下]|之后|再然后)(?:呢|是什么|是啥|做什么|干嘛|干什么|干啥|怎么做|咋弄|要做什么)*[?？]?$"
)
# 第一步我会了，第二步呢: what is behind the customer, and then what comes after it.
_DONE = patterns.compile(
    "第(?P<at>[1-8一二三四五六七八])步[^,，。;；!！?？]{0,6}(?:会|懂|知道|明白|晓得|清楚|做完|弄完|办完|弄好|办好|做好|搞定|完成|没问题|ok)了?"
    "[,，。!！\\s]*(?:那么?|我|接着|然后)*(?:第[1-8一二三四五六七八]步|下一步|接下来|下面|后面|然后|接着|往下)"
)
_LEFT = patterns.compile("(?:还|后面|之后|以后|往后|接下来|剩下?)[还要有剩下的得]{0,3}(?:几|多少)个?步")
_BEHIND = patterns.backtracking(
    "(?P<what>[^,，。;；!！?？]{2,10}?)(?:以后|之后|完了?|后)(?=[,，]?(?:还|后面|剩))"
)


@dataclass(frozen=True)
class StepAsked:
    """`left`: how many steps are still to come is asked, else which is the next one; `at`: the number of the
    step that it is told from, None where it is not told; `behind`: what is told to be done, in words."""

    left: bool
    at: int | None = None
    behind: str = ""


def step_asked(text: str) -> StepAsked | None:
    """What a message asks of what comes after a step; None where it asks nothing of the kind."""
    step = _STEP.search(text)
    at = read_number(step["at"]) if step else None
    if _LEFT.search(text):
        behind = _BEHIND.search(text)
        return StepAsked(True, at, behind["what"] if behind and at is None else "")
    done = _DONE.search(text)
    if done:
        return StepAsked(False, read_number(done["at"]))
    if step and _AFTER.match(text[step.end() :]):
        return StepAsked(False, at)
    return StepAsked(False) if _NEXT.match(text) else None
