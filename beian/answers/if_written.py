"""Whether something is written at all (合伙人变更文档有没有列？没有就直说): that it is not."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.brief import brief_text
from beian.answers.reply import Reply, next_buttons
from beian.answers.things import NO_NAME, asks_within
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.text import patterns
from beian.text.words import segmenter_with

_GROUP = "if_written"
_DOCUMENT = "(?:(?:这个|这份|你们?的?|流程)?(?:文档|文件|流程|规定|清单|办法)(?:里面?|中|上)?|里面)"
_SURELY = "(?:到底|究竟|具体|明确|专门|单独|真的|有|是否|是不是|都)"
_WRITTEN = "(?:列|写|规定|提到?|说明?|讲|提及|涉及|记载|写明|列出来?|明文规定)"
_ASKS = patterns.compile(
    f"(?P<thing>[^,，。;；?？!！\\s]{{2,14}}?)(?:这一?[项点条种类])?(?:在|{_DOCUMENT}|{_SURELY})*"
    f"(?:有没有|有无|是否有?|[有提写列说讲]没有?|有){_SURELY}*(?:被)?{_WRITTEN}[了过到的]?(?:[吗么嘛呢]|没有?|[,，。;；?？!！\\s]|$)"
)
_POLAR = patterns.compile("有没有|有无|是否|[有提写列说讲]没|吗|么|没有?[,，。?？!！\\s]*$|没有就")
_LEADING = patterns.compile(
    "^(?:但|可|不过|那么?|所以|我|就|只|是|想|要|在|问|的|知道|确认|一下|下|关于|请问|你|您)+"
)
_TRAILING = patterns.compile("(?:的|这个|这种|情况|里面?|文档|文件)+$")
# A change of something is written of where the thing is.
_CHANGING = patterns.compile(
    "(?:信息)?(?:变更|变化|变动|更换|更改|更新|修改|调整|换人|变了|换了|改了|改)$|^(?:换|改|变更|变|更换)"
)
_SHORTEST, _LONGEST = 2, 10
_SURELY_A_THEME = 0.5


def if_written(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """That the document does not write of what is asked after, and the state after it; None where it may, or
    nothing of the kind is asked."""
    thing = _asked_after(heard, kb)
    read = heard.meaning.targets[:1] if heard.meaning.outcome == "answer" else ()
    if read and read[0].startswith(UNCOVERED) and heard.meaning.chance >= _SURELY_A_THEME:
        # an open theme has its own answer
        return None
    if thing is None or heard.meaning.notice or heard.said.written in kb.questions:
        return None
    stated = tuple(fact for fact in state.stated if kb.facts[fact].aspect == "type")
    contact = tuple(kb.phrases["handoff"]["facts"])
    lines = [
        kb.phrase(_GROUP, "related", thing=thing, said=brief_text([kb.facts[fact] for fact in stated], kb))
        if stated
        else kb.phrase(_GROUP, "not", thing=thing),
        kb.phrase("uncovered", "contact"),
    ]
    facts = (*stated, *contact)[:MOST_FACTS]
    reply = Reply("uncovered", "\n".join(lines), facts, next_buttons(stated or contact, kb, state))
    return reply, replace(state, asked=None, asked_back=0, last="uncovered", point="")


def _asked_after(heard: Heard, kb: KnowledgeBase) -> str | None:
    """The thing of which it is asked if it is written of, where no word of it is."""
    text = heard.said.text
    found = _ASKS.search(text)
    if found is None or not _POLAR.search(text):
        return None
    thing = _TRAILING.sub("", _LEADING.sub("", found["thing"]))
    core = _CHANGING.sub("", thing)
    if len(core) < _SHORTEST or len(thing) > _LONGEST:
        return None
    if asks_within(core):
        return None
    words = [word for word, _ in segmenter_with(kb.words).cut(core)]
    if set(words) & NO_NAME or any(_is_written(word, kb) for word in (core, *words)):
        return None
    return thing


def _is_written(word: str, kb: KnowledgeBase) -> bool:
    """Whether the facts, the terms or the open themes have a word."""
    if len(word) < _SHORTEST:
        return False
    held = [line for fact in kb.facts.values() for _, lines in fact.body for line in lines]
    terms = [name for term in kb.terms for name in (term.name, *term.aliases)]
    themes = [theme.title for theme in kb.themes.values()]
    return any(word in text for text in (*held, *terms, *themes))
