"""Whether something is written at all (合伙人变更文档有没有列？没有就直说): that it is not."""

from __future__ import annotations

from dataclasses import replace

from beian.answers.brief import brief
from beian.answers.lateness import goes_on_about_the_end
from beian.answers.left_open import with_open
from beian.answers.render import fact_text
from beian.answers.reply import Reply, next_buttons
from beian.answers.things import NO_NAME, as_asked, asks_within
from beian.answers.told_already import told
from beian.answers.words_written import is_written
from beian.contract.reply import MOST_FACTS
from beian.hearing.heard import ASKED_IN_FULL, Heard
from beian.hearing.written_asked import DOCUMENT, asks_if_written, thing_named
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.text import patterns
from beian.text.words import segmenter_with

_GROUP = "if_written"
_ITSELF = f"(?:{DOCUMENT}|里面)"
_SURELY = "(?:到底|究竟|具体|明确|专门|单独|真的|有|是否|是不是|都)"
_WRITTEN = "(?:列|写|规定|提到?|说明?|讲|提及|涉及|记载|写明|列出来?|明文规定)"
_ASKS = patterns.compile(
    f"(?P<thing>[^,，。;；?？!！\\s]{{2,14}}?)(?:这一?[项点条种类])?(?:在|{_ITSELF}|{_SURELY})*"
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
_TYPE = "type"
_SURELY_A_THEME = 0.5
# A fact that is asked for as surely as this has the thing by another name (罚金).
_SURELY_IT = 0.9


def if_written(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """That the document does not write of what is asked after, and the state after it; None where it may, or
    nothing of the kind is asked."""
    if heard.meaning.notice or heard.said.written in kb.questions:
        return None
    plainly = asks_if_written(heard.said.text)
    if plainly and goes_on_about_the_end(heard, state, kb):
        # 文档写没写马上注销 is about what follows
        return None
    if plainly and thing_named(heard.said.text) is None:
        return _still_open(state, kb)
    point = _named_plainly(heard, kb) if plainly else None
    if point is None:
        read = heard.meaning.targets[:1] if heard.meaning.outcome == "answer" else ()
        if read and read[0].startswith(UNCOVERED) and heard.meaning.chance >= _SURELY_A_THEME:
            # an open theme has its own answer
            return None
        point = None if plainly else _asked_after(heard, kb)
    return _not_written(point, state, kb) if point else None


def _not_written(point: str, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """That a point is not written, what was told beside it, and whom to ask."""
    lists, stated = _told_of_it(point, state, kb)
    contact = tuple(kb.phrases["handoff"]["facts"])
    if as_asked(point):
        said = kb.phrase(_GROUP, "point", point=point)
    elif lists and stated == lists:
        listed = brief(kb.facts[lists[0]], kb).rstrip("。")
        said = kb.phrase(_GROUP, "listed", thing=point, list=listed)
    elif stated:
        near = "\n".join(fact_text(kb.facts[fact]) for fact in stated)
        said = kb.phrase(_GROUP, "related", thing=point, said=near)
    else:
        said = kb.phrase(_GROUP, "not", thing=point)
    facts = (*stated, *contact)[:MOST_FACTS]
    text = f"{said}\n{kb.phrase('uncovered', 'contact')}"
    reply = Reply("uncovered", text, facts, next_buttons(stated or contact, kb, state))
    after = replace(state, asked=None, asked_back=0, last="uncovered", point="")
    return reply, with_open(point, after)


def _told_of_it(point: str, state: Discourse, kb: KnowledgeBase) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands beside a point: the list of papers, where it is no change, and the facts that are told."""
    types = tuple(fact for fact in state.stated if _is_type(fact, kb))
    lists = tuple(fact for fact in state.stated if fact in kb.papers.of_fact)[:1]
    if not types and not lists:
        # the latest of the kind that was told before
        kind = [fact for fact in reversed(told(state)) if fact in kb.papers.of_fact or _is_type(fact, kb)]
        of_a_change = _CHANGING.search(point) is not None
        fitting = [fact for fact in kind if _is_type(fact, kb) is of_a_change][:1]
        types = tuple(fact for fact in fitting if of_a_change)
        lists = tuple(fact for fact in fitting if not of_a_change) or _own_list(state, kb)
    return lists, types or lists


def _own_list(state: Discourse, kb: KnowledgeBase) -> tuple[str, ...]:
    """The list of papers for the item in hand."""
    item = state.focus.item
    own = (fact for fact in kb.papers.of_fact if item and kb.cells[fact].when.get("item") == item)
    return tuple(own)[:1]


def _is_type(fact: str, kb: KnowledgeBase) -> bool:
    return kb.facts[fact].aspect == _TYPE


def _still_open(state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """The same for a message that names nothing (写没写!), after a point that is open: that point again."""
    point = state.open_now
    return _not_written(point, state, kb) if point else None


def _named_plainly(heard: Heard, kb: KnowledgeBase) -> str | None:
    """Of what is named beside the plain question (写没写) what the document does not write of. Where it has a
    word of it, what the message surely asks for by its own words is no open point."""
    thing = thing_named(heard.said.text)
    if thing is None or len(thing) > _LONGEST:
        return None
    core, asked = _CHANGING.sub("", thing), as_asked(thing)
    cut = _words(core, kb)
    words = [word for word in cut if len(word) >= _SHORTEST and word not in NO_NAME]
    # an open theme is one that the document does not write of
    missing = [word for word in words if not is_written(word, kb, themes=False)]
    wholly = len(missing) == len(words)
    if not missing or is_written(core, kb, themes=False) or (not asked and set(cut) & NO_NAME):
        return None
    if asks_within(thing) and not (wholly and asked):
        return None
    itself, chance = heard.meaning.itself
    if itself in kb.facts and heard.meaning.targets == (itself,) and heard.meaning.chance >= _SURELY_IT:
        # 晚交的后果写了没: of the fact, whatever it is called there
        return None
    if itself in kb.facts and chance >= (_SURELY_IT if wholly else ASKED_IN_FULL):
        return None
    return thing


def _words(text: str, kb: KnowledgeBase) -> list[str]:
    return [word for word, _ in segmenter_with(kb.words).cut(text)]


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
    words = _words(core, kb)
    if set(words) & NO_NAME or any(is_written(word, kb) for word in (core, *words)):
        return None
    return thing
