"""Whether something counts once or several times (算一次变更还是三次, 报5次还是1次): the document
says nothing of how many changes are one."""

from __future__ import annotations

from dataclasses import replace

from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.text import patterns

_THEME = "filing_together"
_COUNT = "[一二两三四五六七八九十几1-9]{1,2}[次回趟]"
_ONCE_OR_MORE = patterns.compile(f"{_COUNT}[^,，。;；!！?？]{{0,8}}还是[^,，。;；!！?？]{{0,6}}?{_COUNT}")


def of_the_count(heard: Heard, kb: KnowledgeBase) -> Heard:
    """The message as about the open theme of changes that are filed together, where it asks for that."""
    meaning = heard.meaning
    if meaning.notice or _THEME not in kb.themes or not _ONCE_OR_MORE.search(heard.said.text):
        return heard
    target = f"{UNCOVERED}{_THEME}"
    meaning = replace(meaning, outcome="answer", targets=(target,), manner="ask", choices=(), alone=1.0)
    return replace(heard, meaning=meaning)
