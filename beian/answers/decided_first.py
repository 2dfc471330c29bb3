"""What a rule decides, or what presses for one: the first words before any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from beian.answers.alike import alike
from beian.answers.beyond import lacks_length, line_without_length
from beian.answers.brief import brief_of, brief_text
from beian.answers.confirmed import confirmed
from beian.answers.exceptions import exceptions, hedged
from beian.answers.first_words import Direct, again
from beian.answers.lateness import ends
from beian.answers.may_be_it import may_be_it
from beian.answers.missing_paper import missing_paper
from beian.answers.notice_names import word_asked_for
from beian.answers.render import fact_text
from beian.answers.rulings import of_the_verdict, ruling
from beian.answers.unwritten import without
from beian.calendar.finding import Finding
from beian.hearing.heard import Heard
from beian.kb import Fact, KnowledgeBase
from beian.meaning.state import Discourse
from beian.text.clauses import question_segments


def pressed(
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
        return again(found, heard, "", kb)
    open_word = hedged(found, heard, kb)
    if open_word:
        return Direct(open_word[0], True, open_word[1])
    late = ends(found, heard, before, kb)
    if late:
        judged = next((part.verdict for part in parts.values() if part.judged), "")
        named = any(day.day for day in heard.days if not day.text.startswith("过"))
        # what is supposed to be late is not told to be in time
        in_time = judged in {kb.phrase("deadline", key) for key in ("in_time", "will_be_in_time")}
        return Direct(f"{judged}{late}" if named and not in_time else late, True)
    line = line_without_length(heard.said.text, found)
    if shown and line is None and len(found) == 1 and lacks_length(heard.said.text, fact_text(found[0])):
        line = None if found[0].items or heard.meaning.manner != "ask" else brief_text(found, kb)
    if line:
        return Direct(without(heard, line, kb), True, missing=True)
    # asked along with the rule, they follow it
    alone = shown or len(question_segments(heard.said.text)) < 2
    except_for = exceptions(found, heard, kb) if alone else None
    return Direct(except_for[0], True, except_for[1], missing=True) if except_for else None


def decided_by_rule(
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
        if said:
            return Direct(said, True)
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
