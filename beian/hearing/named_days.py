"""Several days of a message, by the customer's own words for what changed on each."""

from __future__ import annotations

from beian.calendar.dates import FoundDate
from beian.calendar.span import Span
from beian.hearing.clauses import clauses_in
from beian.hearing.day_questions import asks_apart
from beian.hearing.heard import Heard
from beian.text import patterns

_SEVERAL = 2
_LONGEST_NAME = 8
_LEADING = patterns.compile("^(?:那么?|就是|还有|另外|然后|其中|我们?的?|公司的?(?:在)?)+")
_TRAILING = patterns.compile("(?:是|在|于|的|大概|确实|其实|实际|应该|打算|准备|[:：、])+$")
# What was done on a day: 换的法人, 搬的家, and 法人换了.
_VERB = "(?:变更|更换|修改|更改|过户|搬|迁|[换改变更移])"
_DID = patterns.compile(
    f"^(?:才|刚|就|又|也|我们?|公司|左右)*(?P<verb>{_VERB})(?:完|好|成|掉)?[的了过](?P<what>[^吗么呢的了]+?)[了的]?$"
)
_DONE = patterns.compile(
    f"^(?:是|才|刚|就|我们?的?|公司的?)*(?P<what>[^吗么呢的了]+?)(?:才|刚|就|又|也|都)*{_VERB}(?:完|好|成|掉)?[的了过](?:日子|那天|时间)?$"
)
# 负责人还没换，打算12月1号换: named in the clause before
_NOT_YET = patterns.compile(f"^(?P<what>.+?)(?:还|都|暂时|现在)*[没未]有?{_VERB}(?:呢|完)?$")
_CHANGED = patterns.compile(f"^(?:才|刚|就|又|也)*{_VERB}(?:完|好|成|掉)?[的了过]")


def named_by_the_customer(heard: Heard) -> list[tuple[str, Span]]:
    """The days of a message that tells on each what was changed, by the words for it beside the day
    (10月31号换的法人，11月3号改的名); where it asks of each, the words before will do
    (老板11月2号换的，电话昨天，分别几号). None where one of them has no such words."""
    if len(heard.days) < _SEVERAL:
        return []
    apart = asks_apart(heard.said.text)
    told = []
    for found in heard.days:
        name = _named_beside(found, heard, before_alone=apart)
        if name is None or found.first is None or found.last is None:
            return []
        told.append((name, Span(found.first, found.last)))
    return told if len({name for name, _ in told}) == len(told) else []


def _named_beside(found: FoundDate, heard: Heard, *, before_alone: bool) -> str | None:
    text = heard.said.written
    before = clauses_in(text[: found.start])[-1]
    after = clauses_in(text[found.end :])[0]
    name = _TRAILING.sub("", _LEADING.sub("", before))
    if not name:
        earlier = [clause for clause in clauses_in(text[: found.start])[:-1] if clause][-1:]
        not_yet = _NOT_YET.match(_LEADING.sub("", earlier[0])) if earlier else None
        name = not_yet["what"] if not_yet else ""
    did, done = _DID.match(after), _DONE.match(after)
    if 1 < len(name) <= _LONGEST_NAME and (before_alone or _CHANGED.match(after)):
        return name
    name = f"{did['verb']}{did['what']}" if did else done["what"] if done else ""
    return name if 1 < len(name) <= _LONGEST_NAME else None
