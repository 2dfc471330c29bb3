"""The first words of an answer: how it is spoken of, by the manner of the question.

A question on one entry of what was shown gets that entry; why, what if, are you sure, where does it say so
get their own sentence. What the document does not say is said so.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from beian.answers.alike import alike
from beian.answers.beyond import beyond_its_words, lacks_length, line_without_length
from beian.answers.brief import brief_of, brief_text
from beian.answers.confirmed import confirmed, confirms
from beian.answers.exceptions import exceptions, hedged
from beian.answers.grounds import grounds, sources
from beian.answers.lateness import ends
from beian.answers.may_be_it import may_be_it
from beian.answers.missing_paper import missing_paper
from beian.answers.notice_names import word_asked_for
from beian.answers.papers import count_verdict, paper_verdict
from beian.answers.papers_asked import names_a_point
from beian.answers.pressing import quotes_us
from beian.answers.render import fact_text
from beian.answers.rulings import of_the_verdict, ruling
from beian.answers.told_already import all_told
from beian.answers.unwritten import nothing_more, unwritten, without, without_number
from beian.answers.verdict import verdict
from beian.calendar.finding import Finding
from beian.hearing.day_questions import (
    asks_a_day,
    asks_about_days,
    asks_about_weekends,
    asks_when,
    wanted_end,
)
from beian.hearing.day_words import asked_about, cannot_by_then
from beian.hearing.heard import ASKED_IN_FULL, MAYBE_IN_FULL, Heard
from beian.hearing.questions import (
    asks_something_else,
    compares,
    counted_unit,
    is_polar,
    lacks_answer,
    side_by_side,
)
from beian.kb import Fact, KnowledgeBase
from beian.meaning.said import LAST
from beian.meaning.state import Discourse
from beian.text.clauses import question_segments

# What happens otherwise is told of what a message may ask for by its own words, or a short one (不交呢).
SHORT = 8
# From this chance on what happens otherwise is meant of the fact, however it is put.
SURELY_THE_END = 0.9
# From here on the words of a message are rather of other subjects.
ELSEWHERE = 0.5
# An entry is meant when it shares this much of what is rare among all entries with the message.
ENTRY_MEANT = 3.0


@dataclass(frozen=True)
class Direct:
    """`text` leads; `alone`: the facts in full need not follow, since it holds what was asked for; `also`:
    further facts that it states; `missing`: the point asked about is not in the document; `named`: of a
    paper that is named, and so of no other subject."""

    text: str
    alone: bool = False
    also: tuple[str, ...] = ()
    missing: bool = False
    named: bool = False


def direct(
    facts: Sequence[str],
    heard: Heard,
    before: Discourse,
    kb: KnowledgeBase,
    parts: Mapping[str, Finding] | None = None,
    after: Discourse | None = None,
) -> Direct | None:
    """What to say first about `facts`; None where they are simply to be stated.

    `before` is the state before the message: what has just been shown is not shown in full again. `parts`
    are the facts that were worked out for this customer; `after` is the state that the message leads to.
    """
    found = [kb.facts[fact] for fact in facts]
    shown = bool(before.stated) and set(facts) <= set(before.stated)
    shown = shown or _listed_before(found, heard, before, kb)
    short = brief_text(found, kb, {fact: brief_of(part) for fact, part in (parts or {}).items()})
    manner = heard.meaning.manner
    # another case is one that the message itself tells of
    told = heard.said.named or heard.said.denied or heard.days
    new = after is not None and after.focus != before.focus and bool(told)
    decided = _pressed(found, heard, before, shown, parts or {}, kb)
    decided = decided or _decided(found, heard, before, shown, parts or {}, kb)
    if decided:
        return decided
    if parts:
        # what it is worked out from, and not who the subject is
        new = after is not None and _days_of(after) != _days_of(before)
        return _of_worked(found, heard, shown, new, short, parts, kb)
    if manner == "entry":
        # of a list that is shown; what was picked from another one is stated in full
        point = shown and names_a_point(found, heard, kb)
        paper = paper_verdict(found, heard, before, kb) if point else None
        if paper:
            # 第二样有范本没有 asks about the paper, not which it is
            return Direct(paper.text, True, paper.also, paper.missing, named=True)
        return _entry(found, heard, kb) if shown else None
    put_again = manner == "item" and confirms(heard.said.text) and not names_a_point(found, heard, kb)
    if shown and before.point and not new and (manner in ("doubt", "sum_up") or put_again):
        # what was said last is one point, and not the list that it is of
        return _said_again(before.point, found, heard, kb)
    own = _of_its_own(found, heard, before, after or before, shown, kb)
    if own:
        return own
    gap = without_number(found, heard, kb)
    if gap:
        return Direct(gap, True, missing=True)
    if manner in ("item", "meaning") or asks_about_shown(heard, shown):
        return _item(found, heard, shown, manner, kb) or _missing(found, heard, shown and not new, kb)
    if manner == "tell":
        return _missing(found, heard, shown and not new, kb)
    return _of_shown(found, heard, not new, short, kb) if shown else None


def _pressed(
    found: Sequence[Fact],
    heard: Heard,
    before: Discourse,
    shown: bool,
    parts: Mapping[str, Finding],
    kb: KnowledgeBase,
) -> Direct | None:
    """What follows from supposed lateness, exceptions to a rule, and what a word of it leaves open."""
    if heard.meaning.manner == "source":
        # where it stands, whatever was worked out from it
        return _again(found, heard, "", kb)
    open_word = hedged(found, heard, kb)
    if open_word:
        return Direct(open_word[0], True, open_word[1])
    late = ends(found, heard, before, kb)
    if late:
        judged = next((part.verdict for part in parts.values() if part.judged), "")
        named = any(day.day for day in heard.days if not day.text.startswith("过"))
        return Direct(f"{judged}{late}" if named else late, True)
    line = line_without_length(heard.said.text, found)
    if shown and line is None and len(found) == 1 and lacks_length(heard.said.text, fact_text(found[0])):
        line = None if found[0].items or heard.meaning.manner != "ask" else brief_text(found, kb)
    if line:
        return Direct(without(heard, line, kb), True, missing=True)
    # asked along with the rule, they follow it
    alone = shown or len(question_segments(heard.said.text)) < 2
    except_for = exceptions(found, heard, kb) if alone else None
    return Direct(except_for[0], True, except_for[1], missing=True) if except_for else None


def _days_of(state: Discourse) -> tuple[str | None, ...]:
    focus = state.focus
    return (focus.item, focus.change_type, focus.changed, focus.submitted, focus.rejected)


def _decided(
    found: Sequence[Fact],
    heard: Heard,
    before: Discourse,
    shown: bool,
    parts: Mapping[str, Finding],
    kb: KnowledgeBase,
) -> Direct | None:
    """What a rule decides, or the list or the notice in hand; where nothing but the verdict on what was said
    is asked for, that."""
    if shown and of_the_verdict(heard, before):
        said = before.point or "".join(brief_of(part) for part in parts.values())
        return Direct(said, True) if said else None
    if any(part.judged for part in parts.values()):
        # 卡着最后一天交没事吧 is judged by its day
        return None
    gone = missing_paper(found, heard, before, kb)
    if gone:
        return Direct(gone.text, True, gone.also, named=True)
    word = word_asked_for(found, heard, before, kb)
    if word:
        return Direct(word, True)
    decided = alike(found, heard, before, kb)
    if not decided and all(part.card["type"] == "verdict" for part in parts.values()):
        # a day is confirmed by what is counted
        decided = confirmed(found, heard, before, kb)
    if not decided and len(found) == 1:
        decided = ruling(found[0], heard, before, kb)
    may = may_be_it(found, parts, heard, kb)
    return Direct(decided, True) if decided else Direct(may) if may else None


def _of_shown(
    found: Sequence[Fact], heard: Heard, same: bool, short: str, kb: KnowledgeBase
) -> Direct | None:
    """What is said of statements that have just been shown, in another manner; `same`: of the same case."""
    manner = heard.meaning.manner
    if manner == "ask" and same and is_polar(heard.said.text) and heard.said.written not in kb.questions:
        # a yes or no that what has just been shown is no plain answer to
        if all(fact.items for fact in found):
            return _missing(found, heard, True, kb)
        still, contact = nothing_more(short, kb)
        return Direct(still, True, contact)
    if manner == "why":
        reasons = [fact.why for fact in found if fact.why]
        return Direct(reasons[0], True) if reasons else _with(kb, "no_why", short)
    if manner == "what_if":
        ends = [fact.consequence for fact in found if fact.consequence]
        told = ends and (_about_the_end(heard) or heard.meaning.chance >= SURELY_THE_END)
        return Direct(ends[0], True) if told else _missing(found, heard, same, kb)
    return _again(found, heard, short, kb)


def _of_its_own(
    found: Sequence[Fact],
    heard: Heard,
    before: Discourse,
    after: Discourse,
    shown: bool,
    kb: KnowledgeBase,
) -> Direct | None:
    """A question about one paper, how many there are, or for yes or no: its own answer, not all of it. A
    button asks for all."""
    if heard.said.written in kb.questions:
        return None
    text = heard.said.text
    # which of them (哪几样要盖章) is a question about a point as well, not how many there are
    partly = heard.meaning.manner == "item" or is_polar(text) or counted_unit(text)
    if shown or partly or names_a_point(found, heard, kb):
        paper = paper_verdict(found, heard, before, kb)
        if paper:
            return Direct(paper.text, True, paper.also, paper.missing, named=True)
    count = count_verdict(found, heard, kb)
    if count:
        return Direct(count, True)
    beside = _on_a_point(heard) if shown else _beside_it(heard)
    if beside and not any(entry_meant(fact, heard, kb) for fact in found):
        # of what is not in its words nothing is decided
        return None
    said = verdict(found, heard, after, kb)
    again = shown and after.focus != before.focus and compares(text) and not side_by_side(text)
    if said and shown and not again and beyond_its_words(text, found, kb):
        return _missing_point(found, heard, kb)
    if said and again:
        # 换法人呢，一样吗: the same statement holds for the other change as well
        said = kb.phrase("verdict", "same_again", verdict=said)
    return Direct(said, True) if said else None


def _listed_before(found: Sequence[Fact], heard: Heard, before: Discourse, kb: KnowledgeBase) -> bool:
    """Whether a list was told earlier in the conversation and is not asked for in full again."""
    in_full = heard.meaning.alone >= ASKED_IN_FULL and not is_polar(heard.said.text)
    asked = heard.said.written in kb.questions or in_full
    listed = len(found) == 1 and bool(found[0].items) and all_told([found[0].id], before)
    return listed and not asked and heard.meaning.manner in ("ask", "item", "tell")


def _on_a_point(heard: Heard) -> bool:
    """Whether a question about what was said is on a point of it, or in words of other subjects."""
    aside = heard.meaning.alone < MAYBE_IN_FULL and heard.meaning.foreign >= ELSEWHERE
    return heard.meaning.manner == "item" or aside


def _beside_it(heard: Heard) -> bool:
    """Whether a whole question is hardly what the fact answers by its own words: of 身份证过期了能用吗 the
    rule on the person's age decides nothing."""
    return heard.meaning.alone < MAYBE_IN_FULL and len(heard.said.text) > SHORT


def asks_about_shown(heard: Heard, shown: bool) -> bool:
    """Whether a plain question about what has just been said means a point of it: who asks the whole again
    says it in full."""
    return shown and heard.meaning.manner == "ask" and heard.meaning.alone < ASKED_IN_FULL


def _again(found: Sequence[Fact], heard: Heard, short: str, kb: KnowledgeBase) -> Direct | None:
    """What has been said, once more in another way."""
    manner = heard.meaning.manner
    if manner in ("doubt", "sum_up"):
        return _said_again(_in_full(found, kb), found, heard, kb)
    if manner == "source":
        lines, law = grounds(found, heard, kb)
        return Direct("\n".join([*lines, _in_full(found, kb)]), True, law)
    if manner == "detail":
        return Direct(kb.phrase("direct", "detail"))
    if manner == "brief":
        return Direct(f"{kb.phrase('dialogue', 'simplify')}{short}", True)
    return None


def _said_again(said: str, found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> Direct:
    """What was said, to who doubts it, sums it up or asks if that is how it is."""
    if confirms(heard.said.text):
        return Direct(kb.phrase("direct", "said", entry=said.rstrip("。")), True)
    lead = kb.phrase("direct", heard.meaning.manner)
    return Direct("\n".join([f"{lead}{said}", *sources(found, kb)]), True)


def _in_full(found: Sequence[Fact], kb: KnowledgeBase) -> str:
    """The statements word for word where they are no lists: who doubts them wants to see them."""
    if len(found) == 1 and not found[0].items:
        return fact_text(found[0])
    return brief_text(found, kb)


def _with(kb: KnowledgeBase, phrase: str, rest: str) -> Direct:
    return Direct(f"{kb.phrase('direct', phrase)}\n{rest}", True)


def _entry(found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> Direct | None:
    """One numbered entry of the fact's own list."""
    ordinal, fact = heard.said.ordinal, found[0]
    if ordinal is None or len(found) > 1 or not fact.items:
        return None
    count = len(fact.items)
    place = count if ordinal == LAST else ordinal
    if place > count:
        lines = "\n".join(f"{number}. {entry}" for number, entry in enumerate(fact.items, 1))
        head = kb.phrase("direct", "no_entry", number=str(place), count=str(count))
        return Direct(f"{head}\n{lines}", True)
    return Direct(kb.phrase("direct", "entry", number=str(place), entry=fact.items[place - 1]), True)


def _of_worked(
    found: Sequence[Fact],
    heard: Heard,
    shown: bool,
    new: bool,
    short: str,
    parts: Mapping[str, Finding],
    kb: KnowledgeBase,
) -> Direct | None:
    """What is said first of an answer that was worked out: it in short, one end of it, whether it is in
    time, or what happens otherwise; where nothing is `new`, the day alone."""
    manner, text, first = heard.meaning.manner, heard.said.text, next(iter(parts.values()))
    if manner == "brief":
        return Direct(f"{kb.phrase('dialogue', 'simplify')}{short}", True)
    of_a_paper = shown and not new and not heard.days and not asks_a_day(text)
    if of_a_paper and any(
        word in text for own in kb.papers.of_fact.values() for paper in own for word in paper.words
    ):
        # 身份证快过期了没关系吧 asks about the paper, and not about the last day
        missing = _missing(found, heard, True, kb, short)
        if missing:
            return missing
    ends = [fact.consequence for fact in found if fact.consequence]
    if ends and not first.judged and cannot_by_then(heard) and first.card["type"] == "deadline":
        return Direct(f"{first.card['title']}。{ends[0]}", True)
    judges = bool(first.verdict) and (first.judged or (is_polar(text) and bool(heard.days)))
    if manner == "what_if" and ends and shown and not (judges or heard.days) and _about_the_end(heard):
        return Direct(ends[0], True)
    asked_days = (
        asks_about_days(text)
        or asks_about_weekends(text)
        or any(asked_about(found, heard) for found in heard.days)
    )
    about_days = judges or asks_when(text) or asked_days
    if shown and not (new or about_days) and first.card["type"] == "deadline":
        missing = _missing(found, heard, True, kb, short)
        if missing:
            return missing
    end = wanted_end(text) if shown and manner in ("ask", "item") else None
    if end and first.ends:
        return Direct(f"{first.ends[end == 'last']}。", True)
    judged = first.verdict if len(found) == 1 and (is_polar(text) or first.judged) else ""
    whole = heard.said.asks and not is_polar(text)
    if shown and not (new or whole) and manner in ("ask", "item") and first.card["type"] == "deadline":
        return Direct(f"{judged}{first.card['title']}。", True)
    return Direct(judged) if judged else None


def _about_the_end(heard: Heard) -> bool:
    """Whether what happens otherwise is what a message means: 晚了会怎样, 不交呢."""
    return heard.meaning.alone >= MAYBE_IN_FULL or len(heard.said.text) <= SHORT


def _missing(
    found: Sequence[Fact],
    heard: Heard,
    shown: bool,
    kb: KnowledgeBase,
    short: str | None = None,
    line: str | None = None,
) -> Direct | None:
    """That what has just been shown does not hold the point asked about."""
    said = unwritten(found, heard, kb, short, line) if shown else None
    return Direct(said, True, missing=heard.meaning.manner != "tell") if said else None


def _missing_point(found: Sequence[Fact], heard: Heard, kb: KnowledgeBase) -> Direct:
    """That a point of what was told is not written, and in short what is: not the rule in other words."""
    # it is of what was told, and of no other subject
    return Direct(without(heard, brief_text(found, kb), kb), True, missing=True, named=True)


def _item(found: Sequence[Fact], heard: Heard, shown: bool, manner: str, kb: KnowledgeBase) -> Direct | None:
    entry = next((entry for fact in found if (entry := entry_meant(fact, heard, kb))), None)
    text = heard.said.text
    lacks = entry and (lacks_answer(text, entry) or lacks_length(text, entry))
    beyond = entry and ((is_polar(text) and _goes_beyond(entry, heard)) or lacks)
    if (shown or quotes_us(text)) and beyond:
        return _missing(found, heard, True, kb, line=f"{entry}。")
    if entry:
        listed = any(entry in fact.items and fact.id in kb.papers.of_fact for fact in found)
        phrase = "meaning" if manner == "meaning" else "listed" if listed else "said"
        return Direct(kb.phrase("direct", phrase, entry=entry), shown)
    return _with(kb, "unlisted", _in_full(found, kb)) if shown and manner == "meaning" else None


def _goes_beyond(entry: str, heard: Heard) -> bool:
    """Whether a question goes on, after the words of an entry or those for its item, to what is not in it."""
    text = heard.said.text
    shared = [place + 2 for place in range(len(text) - 1) if text[place : place + 2] in entry]
    items = [word for (slot, _), word in heard.said.words.items() if slot == "item" and word in text]
    ends = shared or [text.rfind(word) + len(word) for word in items]
    return bool(ends) and asks_something_else(text[max(ends) :])


def entries_of(fact: Fact) -> tuple[str, ...]:
    """What a question can be about: the entries of its lists, and the parts of its sentences."""
    sentences = [
        part.strip()
        for kind, lines in fact.body
        if kind == "text"
        for line in lines
        for part in line.replace("；", "。").split("。")
        if part.strip() and not part.strip().endswith("：")
    ]
    return (*fact.items, *sentences)


def entry_meant(fact: Fact, heard: Heard, kb: KnowledgeBase) -> str | None:
    """The entry of a fact's list that a message is about, by the words they share and the document named."""
    rarity = _rarity(kb.version, tuple(entry for known in kb.facts.values() for entry in entries_of(known)))
    named = [("document", name) for name in heard.said.documents] + [*heard.said.named]
    terms = [kb.term(group, name) for group, name in named]
    words = {word for term in terms if term for word in (term.name, *term.aliases)}
    asked = _grams(heard.said.text)
    best, most = None, ENTRY_MEANT
    for entry in entries_of(fact):
        score = sum(rarity.get(gram, 0.0) for gram in asked & _grams(entry))
        score += ENTRY_MEANT * any(word in entry for word in words)
        if score > most:
            best, most = entry, score
    return best


def _grams(text: str) -> set[str]:
    """Single characters and pairs of them."""
    return {*text, *(text[place : place + 2] for place in range(len(text) - 1))}


@lru_cache(maxsize=4)
def _rarity(_version: str, entries: tuple[str, ...]) -> dict[str, float]:
    """How much it tells that a gram is shared: pairs more than single characters, rare ones more."""
    seen = Counter(gram for entry in entries for gram in _grams(entry))
    return {
        gram: (1.0 if len(gram) > 1 else 0.35) * math.log(len(entries) / count)
        for gram, count in seen.items()
    }
