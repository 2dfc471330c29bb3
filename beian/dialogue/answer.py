"""One turn: what was understood and what is known so far → the reply and what is known after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from beian.calendar.dates import FoundDate
from beian.calendar.worded import Worded
from beian.dialogue import checklist, second_layer
from beian.dialogue.brief import brief
from beian.dialogue.case import case_text
from beian.dialogue.days import OF_PHASE, ROLES, tell_days, told_beside
from beian.dialogue.direct import ASKED_IN_FULL, direct
from beian.dialogue.events import told_the_event
from beian.dialogue.handoff import handoff
from beian.dialogue.heard import Heard
from beian.dialogue.reply import Reply, answered, clarify, starters, uncovered
from beian.dialogue.social import social
from beian.dialogue.worked import events_of, to_check, worked_out
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED, Cell, most_specific
from beian.meaning.advance import RETELLING, TELLING, advance, entry_at, facts_of
from beian.meaning.said import LAST
from beian.meaning.state import Asked, Discourse
from beian.names import find_names
from beian.nlu.clauses import asks_how

MOST_FACTS = 4
MOST_QUESTIONS_BACK = 2
# A longer message with an ordinal says something of its own.
LONGEST_PICK = 8
# From here on a message asks its own question even while a day is waited for.
SURE = 0.7


def reply_to(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """The reply to any message, and the state after it."""
    heard = _named(_told_the_day(_picked(heard, state, kb), state, kb), state, kb)
    heard = told_the_event(heard, state, kb)
    guided = checklist.turn(heard, state, today, kb)
    if guided:
        second_layer.mark_difference(guided[0], heard, state, guided[1], kb)
        return guided
    heard = second_layer.instead(heard, state, kb)
    reply, after = second_layer.picked(heard, state, kb) or _respond(heard, state, today, kb)
    second_layer.mark_difference(reply, heard, state, after, kb)
    return checklist.go_on(reply, after, state, kb)


def listened(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Discourse:
    """The state after what a customer tells somebody else: the case and how far it is, nothing besides."""
    meaning = heard.meaning
    after = advance(state, meaning.targets, meaning.manner, heard.said, kb)
    after, _ = tell_days(after, heard, kb)
    return replace(state, focus=after.focus, matters=after.matters, phase=after.phase, reason=after.reason)


def _picked(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as the choice of what was offered, where it is one by its number."""
    options = state.asked.options if state.asked and state.asked.kind == "choice" else ()
    target = entry_at(options, heard.said.ordinal)
    if target is None:
        return heard
    if len(heard.said.text) > LONGEST_PICK and heard.meaning.manner not in ("entry", "answer"):
        return heard
    meaning = replace(heard.meaning, outcome="answer", targets=(target,), manner="answer", choices=())
    return replace(heard, meaning=meaning)


def _told_the_day(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """The message as the answer to the question for a day, where it holds one and is sure of nothing else."""
    meaning = heard.meaning
    if meaning.outcome == "ask" and heard.days:
        # of several times the day of what happened tells which is meant, or how far the customer is
        role = told_beside(heard) or OF_PHASE.get(state.phase or "")
        timed = [choice for choice in meaning.choices if role and kb.cells[choice].awaits == role]
        if timed:
            return replace(heard, meaning=replace(meaning, outcome="answer", targets=(timed[0],)))
    waits = state.asked is not None and state.asked.kind in ROLES and bool(heard.days)
    if not waits or (
        meaning.outcome == "answer" and meaning.manner not in TELLING and meaning.chance >= SURE
    ):
        return heard
    cells = [kb.cells[target] for target in meaning.targets if target in kb.cells]
    if any(cell.awaits in ROLES for cell in cells):
        return heard
    due = next(fact for fact in kb.facts if state.asked and kb.cells[fact].awaits == state.asked.kind)
    return replace(heard, meaning=replace(meaning, outcome="answer", targets=(due,), manner="answer"))


def _named(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Heard:
    """A site name put forward while names are in question, by what is asked or by what was said, is checked
    whatever else the message means."""
    meaning = heard.meaning
    if not heard.said.has_name or not find_names(heard.said.written, kb):
        return heard
    rule = next(fact for fact, cell in kb.cells.items() if cell.awaits == "site_name")
    of_names = {rule, *(fact for fact, cell in kb.cells.items() if rule in cell.next)}
    asked = set(meaning.targets) & of_names
    if rule in meaning.targets or not (asked or set(state.stated) & of_names):
        return heard
    unsure = meaning.outcome != "answer" or not set(meaning.targets) & set(kb.facts)
    keeps = () if unsure or set(meaning.targets) <= set(state.stated) else meaning.targets
    return replace(heard, meaning=replace(meaning, outcome="answer", targets=(rule, *keeps), manner="ask"))


def _respond(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    meaning = heard.meaning
    open_line = _open_line(heard, state, kb)
    if open_line:
        return open_line
    if meaning.outcome == "ask":
        return _ask(heard, state, kb)
    if meaning.outcome != "answer" or not meaning.targets:
        return _not_understood(state, kb)
    target = meaning.targets[0]
    if target == OUT_OF_SCOPE:
        after = replace(advance(state, meaning.targets, meaning.manner, heard.said, kb), asked=None)
        return starters("out_of_scope", kb.phrase("out_of_scope", "text"), kb), after
    if target not in kb.cells and target != UNCOVERED:
        after, _ = tell_days(advance(state, meaning.targets, meaning.manner, heard.said, kb), heard, kb)
        return social(target, heard, after, today, kb)
    return _state(heard, state, today, kb)


def _open_line(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """The line of a notice that a message points at, where the document has nothing on it."""
    ordinal = heard.said.ordinal
    if len(state.entries) != len(state.notice) or entry_at(state.entries, ordinal) != "":
        return None
    number = len(state.notice) if ordinal == LAST else ordinal
    text = kb.phrase(
        "direct",
        "notice_line",
        number=str(number),
        line=str(entry_at(state.notice, ordinal)),
        text=kb.phrase("direct", "notice_unknown"),
    )
    facts = tuple(kb.phrases["handoff"]["facts"])
    return Reply("uncovered", text, facts), replace(state, last="uncovered", asked=None, asked_back=0)


def _ask(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """Offer the likeliest meanings; a person after several questions back in a row."""
    if state.asked_back >= MOST_QUESTIONS_BACK:
        return _give_up(state, kb)
    choices = heard.meaning.choices
    after = replace(
        advance(state, (), "tell", heard.said, kb),
        asked=Asked("choice", choices),
        asked_back=state.asked_back + 1,
        last="clarify",
    )
    return clarify(kb.phrase("clarify", "labels"), choices, kb), after


def _not_understood(state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    if state.asked_back >= MOST_QUESTIONS_BACK:
        return _give_up(state, kb)
    reply = starters("clarify", kb.phrase("not_understood", "text"), kb)
    return reply, replace(state, asked_back=state.asked_back + 1, last="clarify")


def _give_up(state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    reply = handoff(state, kb, kb.phrase("handoff", "after_failures"))
    return reply, replace(state, asked_back=0, asked=None, last="handoff")


def _state(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """State facts, or that the document does not; worked out for this customer where that is possible."""
    meaning = heard.meaning
    targets = _whole(meaning.targets, meaning.manner, state)
    after = advance(state, targets, meaning.manner, heard.said, kb)
    after, doubtful = tell_days(after, heard, kb)
    after = replace(after, asked=None, notice=_notice_lines(heard, state, after))
    if meaning.notice:
        return _answer_notice(heard, after, today, kb)
    if doubtful is not None:
        return _doubt(doubtful, targets, after, kb)
    facts = in_case(facts_of(targets, kb), heard, after, kb)
    facts = _otherwise(_with_the_way(facts, heard, state, kb), heard, state, kb)
    facts = _with_the_deadline(facts, heard, state, after, kb)[:MOST_FACTS]
    if facts != after.stated:
        after = replace(after, stated=facts)
    themes = [target for target in targets if target.startswith(UNCOVERED)]
    if not facts:
        theme = themes[0].removeprefix(UNCOVERED) or None
        return second_layer.open_theme(theme, heard, state, after, kb)
    reply, after = _facts(facts, heard, state, after, today, kb)
    for theme in themes:
        _add_open(reply, theme.removeprefix(UNCOVERED), kb)
    return reply, after


def in_case(facts: Sequence[str], heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[str, ...]:
    """The facts for what is known of the case.

    A general answer goes with the special one of this case, or gives way to it where it only asks which;
    a special one goes with its likes where nothing tells which of them the customer's is.
    """
    found: list[str] = []
    for fact in facts:
        cell = kb.cells[fact]
        same = [
            c for f, c in kb.cells.items() if f in kb.facts and c.aspect == cell.aspect and c.target != fact
        ]
        if cell.bound:
            found += [fact, *_likes(cell, same, heard, state)]
            continue
        known = {slot: getattr(state.focus, slot) for slot in ("change_type", "item", "subject_kind")}
        special = [c.target for c in most_specific(same, known) if c.bound and c.agreeing(known)]
        in_hand = [other for other in state.trail[-1] if kb.cells[other].bound] if state.trail else []
        if heard.meaning.alone < ASKED_IN_FULL and in_hand and kb.cells[in_hand[0]].aspect == cell.aspect:
            # 怎么弄, after one of several: that one
            found += in_hand
        elif len(special) == 1 and not kb.facts[fact].items:
            found += special if set(special) <= set(cell.entries) else [*special, fact]
        else:
            found.append(fact)
    found = [like for fact in found for like in _as_named(fact, heard, kb)]
    found = [fact for fact in found if not _only_leads_to(fact, found, kb)]
    return tuple(dict.fromkeys(_of_the_subject(found, heard, state, kb)))


def _as_named(fact: str, heard: Heard, kb: KnowledgeBase) -> list[str]:
    """A fact on one of the reasons of a rejection that a message names: those on all of them, as named."""
    aspect, named = kb.cells[fact].aspect, heard.said.values("rejection_reason")
    if kb.cells[fact].when.get("rejection_reason") not in named:
        return [fact]
    same = [other for other in kb.facts if kb.cells[other].aspect == aspect]
    return [
        other for reason in named for other in same if kb.cells[other].when.get("rejection_reason") == reason
    ]


def _only_leads_to(fact: str, found: Sequence[str], kb: KnowledgeBase) -> bool:
    """Whether a fact only tells which cases there are of a question that another one answers."""
    cell = kb.cells[fact]
    answers = {other for other in found if other != fact and kb.cells[other].aspect == cell.aspect}
    return not cell.bound and not kb.facts[fact].items and bool(answers & set(cell.entries))


def _of_the_subject(facts: Sequence[str], heard: Heard, state: Discourse, kb: KnowledgeBase) -> Sequence[str]:
    """Without the facts for the other kind of subject, where the customer's own is known, another fact is for
    it, and the message does not name the other."""
    kind = state.focus.subject_kind
    cells = [kb.cells[fact] for fact in facts]
    own = {cell.aspect for cell in cells if kind and cell.when.get("subject_kind") == kind}
    named = heard.said.values("subject_kind")
    return [
        cell.target
        for cell in cells
        if cell.aspect not in own or cell.when.get("subject_kind") in (None, kind, *named)
    ]


def _with_the_deadline(
    facts: tuple[str, ...], heard: Heard, before: Discourse, after: Discourse, kb: KnowledgeBase
) -> tuple[str, ...]:
    """Who has told a day, whatever else was said with it, is told what follows from it."""
    told = [
        role
        for role in ROLES
        if getattr(after.focus, role) and getattr(after.focus, role) != getattr(before.focus, role)
    ]
    due = tuple(fact for role in told for fact in kb.facts if kb.cells[fact].awaits == role)
    if not due or set(due) & set(facts):
        return facts
    repeats = set(facts) <= set(before.stated)
    return due if repeats and heard.meaning.manner in TELLING else (*facts, *due)


def _otherwise(facts: tuple[str, ...], heard: Heard, before: Discourse, kb: KnowledgeBase) -> tuple[str, ...]:
    """Who asks what happens without something just shown is told the fact that says so."""
    if heard.meaning.manner != "what_if" or not set(facts) <= set(before.stated):
        return facts
    following = [kb.facts[fact].otherwise for fact in facts]
    return tuple(fact for fact in following if fact) or facts


def _with_the_way(
    facts: tuple[str, ...], heard: Heard, before: Discourse, kb: KnowledgeBase
) -> tuple[str, ...]:
    """Who asks how something is changed wants the papers, and where it is done."""
    aspects = {kb.cells[fact].aspect for fact in facts}
    if aspects != {"materials"} or set(facts) <= set(before.stated) or not asks_how(heard.said.text):
        return facts
    return (*facts, *(fact for fact, cell in kb.cells.items() if cell.aspect == "login"))


def _likes(cell: Cell, same: Sequence[Cell], heard: Heard, state: Discourse) -> list[str]:
    """The cells that differ only in the kind of subject, which nothing has told."""
    kind = "subject_kind"
    if kind not in cell.when or heard.said.values(kind) or heard.meaning.manner in ("entry", "item"):
        return []
    if state.focus.subject_kind:
        return []
    rest = {slot: value for slot, value in cell.when.items() if slot != kind}
    return [
        other.target
        for other in same
        if kind in other.when and {slot: value for slot, value in other.when.items() if slot != kind} == rest
    ]


def _notice_lines(heard: Heard, before: Discourse, after: Discourse) -> tuple[str, ...]:
    """The lines of the notice in hand: a new one's, or the old one's as long as its entries are shown."""
    if heard.meaning.notice:
        return tuple(line for line, _ in heard.meaning.notice)
    return before.notice if after.entries == before.entries else ()


def _whole(targets: Sequence[str], manner: str, state: Discourse) -> tuple[str, ...]:
    """All that was said last, where the message is about it and not about one part of it."""
    if manner in RETELLING and len(state.stated) > 1 and set(targets) <= set(state.stated):
        return state.stated
    return tuple(targets)


def _facts(
    facts: tuple[str, ...], heard: Heard, before: Discourse, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse]:
    # a bare name or birthday is what was asked for
    known = replace(state, asked=before.asked)
    parts = {fact: part for fact in facts if (part := worked_out(fact, known, heard, today, kb))}
    checked = [found for fact in facts if (found := to_check(fact, known, heard, today, kb))]
    state = replace(state, checked=checked[0] if checked else ())
    reply = answered(facts, state, kb, {fact: part.text for fact, part in parts.items()})
    _work_in(reply, parts, state, today, kb)
    lead = direct(facts, heard, before, kb, parts)
    if lead:
        reply.text = lead.text if lead.alone else f"{lead.text}\n{reply.text}"
        reply.card = None if lead.alone else reply.card
    elif heard.meaning.manner == "correct" and case_text(state, kb):
        reply.text = f"{kb.phrase('direct', 'understood', case=case_text(state, kb))}\n{reply.text}"
    second_layer.mark_difference(reply, heard, before, state, kb)
    waited = before.asked.kind if before.asked else None
    return reply, _asked_further(reply, facts, parts, state, _opens(heard, waited), kb)


def _opens(heard: Heard, waited: str | None) -> bool:
    """Whether a message opens a question, so that it is new to ask for the day: one that is asked, or that is
    picked among those offered."""
    return heard.meaning.manner == "ask" or (heard.meaning.manner == "answer" and waited == "choice")


def _work_in(
    reply: Reply, parts: dict[str, Worded], state: Discourse, today: date, kb: KnowledgeBase
) -> None:
    if not parts:
        return
    first = next(iter(parts))
    reply.card = {**parts[first].card, "fact": first}
    events = [event for fact in parts for event in events_of(fact, state, today, kb)]
    if events:
        reply.extra["deadlines"] = events


def _asked_further(
    reply: Reply,
    facts: tuple[str, ...],
    parts: dict[str, Worded],
    state: Discourse,
    opens: bool,
    kb: KnowledgeBase,
) -> Discourse:
    """What the answer leaves open and the customer can tell: which case, which day, which name."""
    awaited = [(fact, kb.cells[fact].awaits) for fact in facts if kb.cells[fact].awaits]
    if awaited:
        fact, kind = awaited[0]
        if kind in ("changed", "rejected") and fact not in parts and opens:
            reply.text = f"{reply.text}\n\n{kb.phrase('deadline', f'ask_{kind}')}"
        return replace(state, asked=Asked(str(kind)), asked_back=0)
    options = _options(facts, state, kb)
    if not options or state.asked_back >= MOST_QUESTIONS_BACK:
        return replace(state, asked_back=0)
    asked = clarify(kb.phrase("clarify", "materials"), options, kb)
    reply.text = f"{reply.text}\n\n{asked.text}"
    reply.buttons, reply.card = asked.buttons, asked.card
    if len(facts) == 1:
        reply.status = "clarify"
    return replace(
        state,
        asked=Asked("choice", options),
        entries=options,
        last="clarify",
        asked_back=state.asked_back + 1,
    )


def _options(facts: Sequence[str], state: Discourse, kb: KnowledgeBase) -> tuple[str, ...]:
    """The special cases that a general answer has, as far as they fit what is known."""
    if len(facts) != 1 or kb.cells[facts[0]].bound:
        return ()
    cell = kb.cells[facts[0]]
    known = {slot: getattr(state.focus, slot) for slot in ("change_type", "item", "subject_kind")}
    special = [kb.cells[entry] for entry in cell.entries if entry in kb.cells]
    same = [
        entry
        for entry in special
        if entry.aspect == cell.aspect and entry.bound and entry.target != cell.target
    ]
    # what the text lists in full needs no question
    if len(same) < 2 or kb.facts[cell.target].items:
        return ()
    return tuple(entry.target for entry in same if entry.fits(known)) or tuple(entry.target for entry in same)


def _doubt(
    doubtful: FoundDate, targets: Sequence[str], state: Discourse, kb: KnowledgeBase
) -> tuple[Reply, Discourse]:
    """Ask about a day that cannot be."""
    phrase = "impossible" if doubtful.day is None else "not_yet"
    kind = next(
        (cell.awaits for t in targets if (cell := kb.cells.get(t)) and cell.awaits in ROLES), "changed"
    )
    reply = Reply("clarify", kb.phrase("deadline", phrase, date=doubtful.text))
    return reply, replace(state, asked=Asked(str(kind)))


def _answer_notice(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """A notice of rejection in its own order: one line each, then the deadline."""
    lines, facts = [], []
    for number, (line, target) in enumerate(heard.meaning.notice, 1):
        text = brief(kb.facts[target], kb) if target else kb.phrase("direct", "notice_unknown")
        lines.append(kb.phrase("direct", "notice_line", number=str(number), line=line, text=text))
        facts += [target] if target and target not in facts else []
    due = next(fact for fact in kb.facts if kb.cells[fact].awaits == "rejected")
    part = worked_out(due, state, heard, today, kb)
    stated = (*facts[: MOST_FACTS - 1], due) if part else tuple(facts[:MOST_FACTS])
    if not all(target for _, target in heard.meaning.notice):
        # who is to be asked about the rest is a fact as well
        stated = (*stated[: MOST_FACTS - 1], *kb.phrases["handoff"]["facts"])
    reply = answered(stated, state, kb)
    rest = (
        f"{kb.phrase('direct', 'notice_after')}\n{part.text}"
        if part
        else kb.phrase("deadline", "ask_rejected")
    )
    reply.text = "\n".join([*lines, rest])
    reply.card = None
    _work_in(reply, {due: part} if part else {}, state, today, kb)
    entries = tuple(target for _, target in heard.meaning.notice)
    return reply, replace(
        state, stated=stated, entries=entries, phase="rejected", asked=Asked("rejected"), asked_back=0
    )


def _add_open(reply: Reply, theme: str, kb: KnowledgeBase) -> None:
    """Add that another part of the message is not in the document."""
    rest = uncovered(theme or None, kb, alone=False)
    reply.text = f"{reply.text}\n\n{rest.text}"
    reply.facts = tuple(dict.fromkeys([*reply.facts[: MOST_FACTS - 1], *rest.facts]))
    reply.extra |= rest.extra
