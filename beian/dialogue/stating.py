"""Stating facts: those of the case, worked out where that is possible, with the words that lead them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beian.answers.case import case_text, in_hand
from beian.answers.compare import compared
from beian.answers.direct import direct
from beian.answers.grounds import with_grounds
from beian.answers.locality import places_told
from beian.answers.notice import answer_notice, with_notice
from beian.answers.pressing import complains
from beian.answers.reply import Reply, answered, starters
from beian.answers.told_type import told_type
from beian.answers.worked import to_check, work_in, worked_out
from beian.contract.reply import MOST_FACTS
from beian.dialogue import second_layer
from beian.dialogue.asking import asked_further, doubt_day
from beian.dialogue.case_facts import in_case, otherwise_told, with_the_deadline, with_the_way
from beian.dialogue.surely import SURELY
from beian.hearing.day_words import ROLES, wanted_by
from beian.hearing.days import tell_days
from beian.hearing.happened import put_off_since
from beian.hearing.heard import SURELY_FOREIGN, Heard, asked_by_itself
from beian.hearing.questions import supposes
from beian.hearing.verdicts import ranks
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.advance import RETELLING, advance, facts_of
from beian.meaning.state import Discourse
from beian.reading.deciding import ITS_OWN_SENTENCE

# Below this chance in its conversation a message is none of other subjects, whatever its own words are.
MAY_BE_FOREIGN = 0.15


def state_meaning(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """State facts, or that the document does not; worked out for this customer where that is possible."""
    meaning = heard.meaning
    targets = _whole(meaning.targets, meaning.manner, state)
    after = advance(state, targets, meaning.manner, heard.said, kb)
    after, doubtful = (after, None) if _of_no_change(targets, heard) else tell_days(after, heard, kb)
    after = with_notice(heard, state, replace(after, asked=None))
    if meaning.notice:
        return answer_notice(heard, after, today, kb)
    if doubtful is not None:
        return doubt_day(doubtful, targets, after, kb)
    facts = in_case(facts_of(targets, kb), heard, after, kb)
    if meaning.manner == "compare" and len(facts) > 1 and not heard.days:
        facts = facts[:MOST_FACTS]
        return compared(facts, after, kb, ranked=ranks(heard.said.text)), replace(
            after, stated=facts, entries=facts
        )
    facts = otherwise_told(with_the_way(facts, heard, state, kb), heard, state, kb)
    facts = with_the_deadline(facts, heard, state, after, kb)[:MOST_FACTS]
    if facts != after.stated:
        after = replace(after, stated=facts)
    themes = [target for target in targets if target.startswith(UNCOVERED)]
    if not facts:
        theme = themes[0].removeprefix(UNCOVERED) or None
        return second_layer.open_theme(theme, heard, state, after, kb)
    reply, after = _facts(facts, themes, heard, state, after, today, kb)
    return reply, _without_supposed(after, heard, state)


def _of_no_change(targets: Sequence[str], heard: Heard) -> bool:
    """Whether a message is about open themes alone and names no change: what happened on its days, such as
    that a domain was registered or a licence of another kind ran out, is none, whoever the subject is."""
    changes = heard.said.values("item") or heard.said.values("change_type")
    late = any(put_off_since(found, heard) for found in heard.days)
    return all(target.startswith(UNCOVERED) for target in targets) and not (changes or late)


def _without_supposed(after: Discourse, heard: Heard, before: Discourse) -> Discourse:
    """The state without the days that were only supposed: they are counted from, and not kept."""
    if not supposes(heard.said.text):
        return after
    known = {role: getattr(before.focus, role) for role in ROLES}
    return after.focused(**known)


def _whole(targets: Sequence[str], manner: str, state: Discourse) -> tuple[str, ...]:
    """All that was said last, where the message is about it and not about one part of it."""
    if manner in RETELLING and len(state.stated) > 1 and set(targets) <= set(state.stated):
        return state.stated
    return tuple(targets)


def _facts(
    facts: tuple[str, ...],
    themes: Sequence[str],
    heard: Heard,
    before: Discourse,
    state: Discourse,
    today: date,
    kb: KnowledgeBase,
) -> tuple[Reply, Discourse]:
    # a bare name or birthday is what was asked for
    known = replace(state, asked=before.asked)
    parts = {fact: part for fact in facts if (part := worked_out(fact, known, heard, today, kb))}
    checked = [found for fact in facts if (found := to_check(fact, known, heard, today, kb))]
    places = places_told(heard, before, kb) if kb.rulings.places in facts else ()
    state = replace(state, checked=checked[0] if checked else places, point="")
    own = {fact: part.text for fact, part in parts.items()} | told_type(facts, heard, state, kb)
    reply = answered(facts, state, kb, own)
    work_in(reply, parts, state, today, kb)
    as_it_is = any(part.left_open for part in parts.values())
    lead = None if as_it_is else direct(facts, heard, before, kb, parts, state)
    other = _asked_instead(heard, facts, kb) if lead and lead.missing else None
    if other:
        # it is not on what was said at all
        meaning = replace(heard.meaning, targets=(other,), manner="ask", itself=("", 0.0))
        return state_meaning(replace(heard, meaning=meaning), before, today, kb)
    may_be_foreign = dict(heard.meaning.ranking).get(OUT_OF_SCOPE, 0.0) >= MAY_BE_FOREIGN
    surely_not = may_be_foreign and heard.meaning.foreign >= SURELY_FOREIGN and heard.meaning.chance < SURELY
    if lead and lead.missing and not lead.named and surely_not:
        # what nothing shown holds, in words of other subjects, is none of ours
        reply = starters("out_of_scope", kb.phrase("out_of_scope", "text"), kb)
        return reply, replace(before, last="out_of_scope", asked=None)
    if lead:
        # what ends in a comma or a colon is the beginning of the sentence that follows
        between = "" if lead.text.endswith(("，", "：")) else "\n"
        reply.text = lead.text if lead.alone else f"{lead.text}{between}{reply.text}"
        reply.card = None if lead.alone else reply.card
        reply.facts = tuple(dict.fromkeys([*reply.facts, *lead.also]))[:MOST_FACTS]
        state = replace(state, point=lead.text if lead.alone and not lead.missing else "")
        if lead.missing:
            second_layer.leave_open(reply, heard, kb)
    elif heard.meaning.manner == "correct" and state.focus != before.focus and case_text(state, kb):
        case = case_text(in_hand(state), kb)
        reply.text = f"{kb.phrase('direct', 'understood', case=case)}\n{reply.text}"
    elif heard.meaning.manner == "correct" and complains(heard.said.text):
        reply.text = f"{kb.phrase('direct', 'sorry')}\n{reply.text}"
    with_grounds(reply, facts, heard, kb)
    second_layer.mark_difference(reply, heard, before, state, kb)
    for theme in themes:
        _add_open(reply, theme.removeprefix(UNCOVERED), kb, said=as_it_is)
        second_layer.beside(reply, theme.removeprefix(UNCOVERED), heard, kb)
    waited = before.asked.kind if before.asked else None
    wanted = any(wanted_by(found, heard) for found in heard.days)
    opens = _opens(heard, waited)
    return reply, asked_further(reply, facts, parts, state, opens, kb, wanted=wanted)


def _asked_instead(heard: Heard, facts: Sequence[str], kb: KnowledgeBase) -> str | None:
    """The fact or open theme that a whole sentence asks for by its own words, where that is not in question:
    what these facts do not hold need not be missing in the document."""
    target = asked_by_itself(heard, kb) if len(heard.said.text) >= ITS_OWN_SENTENCE else None
    if target is None or target in facts or heard.meaning.chance >= SURELY:
        return None
    aspects = {kb.cells[fact].aspect for fact in facts}
    return None if target in kb.facts and kb.cells[target].aspect in aspects else target


def _opens(heard: Heard, waited: str | None) -> bool:
    """Whether a message opens a question, so that it is new to ask for the day: one that is asked, or that is
    picked among those offered."""
    return heard.meaning.manner == "ask" or (heard.meaning.manner == "answer" and waited == "choice")


def _add_open(reply: Reply, theme: str, kb: KnowledgeBase, *, said: bool) -> None:
    """Add, under its own heading, that another part of the message is not in the document, unless that was
    `said` already."""
    known = kb.themes.get(theme)
    part = (
        kb.phrase("uncovered", "part", theme=known.title)
        if known
        else kb.phrase("uncovered", "part_untitled")
    )
    if not said:
        reply.text = f"{reply.text}\n\n{part}"
    reply.facts = tuple(dict.fromkeys([*reply.facts[: MOST_FACTS - 1], *kb.phrases["handoff"]["facts"]]))
    reply.extra |= {"theme": theme} if known else {}
