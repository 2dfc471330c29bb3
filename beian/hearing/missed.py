"""Which of several questions of the last message a customer says was not answered: 第一个问题你没回."""

from __future__ import annotations

from beian.calendar.numerals import read_number
from beian.meaning.said import LAST
from beian.text import patterns

_LONGEST = 20
_QUESTION = "(?:问题|提问|问的|问|事儿?|件事)"
_PLACE = (
    f"(?:第(?P<at>[一二三四1-4])(?:个|件|条)?{_QUESTION}|(?P<first>头一?个|前面?那?一?个|前一个|上一个|最前面的?){_QUESTION}"
    f"|(?P<last>后面?那?一?个|后一个|最后一?个){_QUESTION})"
)
_MISSED = "(?:没有?|未)(?:给我|跟我)?(?:回答|答复|回复|回|答|说|讲|理|提|解答)|漏|忘|跳过|还没"
# The same without names: a name stands once in a pattern.
_BARE = _PLACE.replace("?P<at>", "?:").replace("?P<first>", "?:").replace("?P<last>", "?:")
_WHICH = patterns.compile(_PLACE)
_SAYS = patterns.compile(f"{_BARE}.{{0,8}}(?:{_MISSED})|(?:{_MISSED}).{{0,6}}{_BARE}")


def place_missed(text: str) -> int | None:
    """The place, from 1, of the question that was not answered, LAST for the last; None for any other
    message."""
    place = _WHICH.search(text) if len(text) <= _LONGEST and _SAYS.search(text) else None
    if place is None:
        return None
    return read_number(place["at"]) if place["at"] else LAST if place["last"] else 1
