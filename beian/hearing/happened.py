"""What is told to have happened on a day, or not to have been done since: 8号就换了, 今天还没交, 拖了三天."""

from __future__ import annotations

from datetime import date

from beian.calendar.dates import FoundDate
from beian.hearing.clauses import clauses_in
from beian.hearing.event_verbs import TOLD_AT_ONCE
from beian.hearing.heard import Heard
from beian.hearing.questions import supposes
from beian.text import patterns

# 今天还没交: what was not done then.
_NOT_DONE = patterns.compile(
    "(?:我们?|我方|我司|[还尚都也仍并]|暂时?){0,4}[没未](?:有|能|来得及|去|法){0,2}(?:重新)?"
    "(?:提交|递交|上报|交|报|传|[办改换弄补])"
)
_COUNTED = patterns.compile(
    "^(?:[俩仨]月|[^上下去今明前后这本].*(?:天|周|星期|礼拜|[个半多俩仨]月|年))半?多?了?$"
)
_DONE_SINCE = patterns.compile(
    "(?:[换改搬变迁办弄搞]|过户|交接|下来|批|驳回|退回|打回)(?:[来完好了]|都|已经?|有|快|过去|将近|差不多)*$"
)
_PUT_OFF = patterns.compile("拖(?:了|着|到现在|都|已经?|有|快)*$")
_LED_UP = patterns.compile("^(?:才|刚|就|已经?|早就?|都|我们?|我司|公司)+")
# 13号就下来了
_CAME = patterns.compile(
    "(?:执照|新照|证)*(?:才|刚|就|已经?|早就?|都)*(?:下来|拿到|到手|批下来|办[好完妥下]|领到|生效|登记|签|提?交|递|传|报)[^,，。;；]{0,2}?[的了]"
)


def said_to_have_happened(heard: Heard, day: date) -> bool:
    """Whether a message says of a day that something was done on it: 12月15号换的, not 12月15号要换."""
    after = [heard.said.written[found.end :] for found in heard.days if found.first == day]
    clauses = [clauses_in(text)[0] for text in after]
    return any(told.match(clause) for clause in clauses for told in TOLD_AT_ONCE.values())


def happened_then(found: FoundDate, heard: Heard) -> bool:
    """Whether the words after a day tell that something was done on it, and suppose nothing: 8号就换了."""
    after = _LED_UP.sub("", heard.said.written[found.end :])
    done = _CAME.match(after) or any(told.match(after) for told in TOLD_AT_ONCE.values())
    return bool(done) and not supposes(heard.said.text)


def not_done_then(found: FoundDate, heard: Heard) -> bool:
    """Whether a message says of a day that something was not done on it yet: 今天还没交."""
    # 换了两个多月了还没报: what has not been done for so long
    counted = _COUNTED.search(found.text)
    return not counted and bool(_NOT_DONE.match(heard.said.written[found.end :]))


def how_long_since(found: FoundDate, heard: Heard) -> bool:
    """Whether a count of days tells how long ago it was done, or how long it has been put off: 办完俩月了."""
    before = patterns.tail(heard.said.written, found.start)
    return bool(_COUNTED.search(found.text) and _DONE_SINCE.search(before)) or put_off_since(found, heard)


def put_off_since(found: FoundDate, heard: Heard) -> bool:
    """Whether a count of days tells how long the filing has been put off: 拖了两个多月了."""
    return bool(
        _COUNTED.search(found.text) and _PUT_OFF.search(patterns.tail(heard.said.written, found.start))
    )
