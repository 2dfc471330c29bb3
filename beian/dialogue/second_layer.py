"""The second layer in conversation: what public sources say, apart from the document and marked as such.

The document comes first: of what it answers nothing changes but that one marked line may follow where other
sources differ. For an open theme the reply stays uncovered, and holds a block of the layer.
"""

from __future__ import annotations

from dataclasses import replace

from beian.answers.offered import LONGEST_NUMBER
from beian.answers.offered import picked as picked_title
from beian.answers.reply import Reply, uncovered
from beian.answers.unwritten import asked_point
from beian.contract.reply import MOST_FACTS
from beian.dialogue.second_layer_taken import ELLIPTICAL, SHORTEST_OF_ITS_OWN, read_in
from beian.dialogue.second_layer_told import entry, offer, tell, told_before
from beian.hearing.heard import Heard
from beian.kb import KnowledgeBase, SupplementFact
from beian.kb.cells import UNCOVERED
from beian.meaning.state import Discourse
from beian.supplement.choose import Read
from beian.supplement.layer import Choice, layer_of
from beian.supplement.words import block, conflict_line, entry_of, marker, titled
from beian.text.clauses import question_segments

# Of a point of what the document does say it tells only what it is as sure of as this: below, of 13 points
# tried, five of six blocks were on another point (律师见证 → 各类单位用什么证件), above none of five.
SURE_OF_A_POINT = 0.97
# Of a part of a message no more is known than that it is about its theme, or about something open.
OF_A_PART = 0.5
# From this chance on a message is about its theme and no other.
SURELY_OPEN = 0.9
# So many entries of the layer stand in one reply.
MOST_TOLD = 2
# These mean what was told last, unless the message is a question of its own.
_OF_THE_LAST = ("again", "brief", "detail", "source", "doubt", "sum_up", "why", "what_if")
_REPEATING = ("dialogue/repeat", "dialogue/simplify")


def picked(heard: Heard, state: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse] | None:
    """The reply to a message that picks one of the titles offered, or asks for what was told once more."""
    layer = layer_of(kb)
    if layer is None:
        return None
    fact = kb.supplement.facts.get(picked_title(heard.said, state, kb) or "")
    if fact and layer.visible(fact):
        reply, after = tell((fact,), fact.theme, state, kb)
        return reply, replace(after, asked=state.asked)
    told = told_before(state, layer) if state.theme else ()
    if not told:
        return None
    theme = str(state.theme).removeprefix(UNCOVERED)
    if heard.said.ordinal is not None and len(heard.said.written.strip()) <= LONGEST_NUMBER:
        return entry(told, heard.said.ordinal, theme, state, kb)
    if heard.meaning.targets[:1] and heard.meaning.targets[0] in _REPEATING:
        return tell(told, theme, state, kb)
    return None


def open_theme(
    theme: str | None, heard: Heard, before: Discourse, after: Discourse, kb: KnowledgeBase
) -> tuple[Reply, Discourse]:
    """The reply about an open theme (None: one that is not known), and the state after it."""
    layer = layer_of(kb)
    # a theme that is known is named by its title
    point = None if theme in kb.themes else asked_point(heard, kb)
    plain = replace(after, supplement=())
    if layer is None or (theme and not layer.switch.shows(theme)):
        return uncovered(theme, kb, point=point), plain
    told = told_before(before, layer) if theme and before.theme == f"{UNCOVERED}{theme}" else ()
    if told and heard.meaning.manner == "entry" and heard.said.ordinal is not None:
        found = entry(told, heard.said.ordinal, theme, after, kb)
        if found:
            return found
    if theme and heard.meaning.chance >= SURELY_OPEN and not kb.supplement.by_theme.get(theme):
        # of a theme that it has nothing on, what it says of another is no answer
        choice = Choice()
    else:
        read = read_in(heard, before, kb)
        choice = layer.choose(heard.said.text, read, subject_kind=after.focus.subject_kind)
    if told and choice.titles:
        own = tuple(fact for fact in choice.titles if theme in fact.themes)
        choice = replace(choice, titles=own if len(own) > 1 else ())
    of_its_own = choice.facts and len(heard.said.text) >= SHORTEST_OF_ITS_OWN
    nothing_new = heard.meaning.manner in _OF_THE_LAST or not (
        choice.facts or choice.titles or _of_itself(heard)
    )
    if told and nothing_new and not of_its_own:
        return tell(told, theme, after, kb)
    if choice.facts:
        return tell(choice.facts, theme, after, kb, point)
    if choice.titles:
        return offer(choice, theme, after, kb, point)
    return uncovered(theme, kb, point=point), plain


def _of_itself(heard: Heard) -> bool:
    """Whether a message asks something by its own words: what was told before is then beside its point."""
    return len(heard.said.text) >= SHORTEST_OF_ITS_OWN and heard.meaning.alone >= ELLIPTICAL


def beside(reply: Reply, theme: str, heard: Heard, kb: KnowledgeBase) -> None:
    """Add what the layer has on an open theme that is one part of a message, as far as it is sure."""
    layer = layer_of(kb)
    if layer is None or not theme or not layer.switch.shows(theme):
        return
    parts = dict.fromkeys([heard.said.text, *question_segments(heard.said.text)])
    choices = [layer.choose(part, Read.of_theme(theme, OF_A_PART)) for part in parts]
    # The likeliest alone: where another theme leads, this one is not what is asked.
    fitting = [one for one in choices if one.facts and theme in one.facts[0].themes]
    if fitting:
        _add(reply, max(fitting, key=lambda one: one.chance).facts[0], kb)


def _add(reply: Reply, fact: SupplementFact, kb: KnowledgeBase) -> None:
    """Add a block with one fact, as long as there is room for it: a reply has one paragraph of the layer."""
    told = reply.extra.get("supplement", [])
    if len(told) >= MOST_TOLD:
        return
    paragraphs = reply.text.split("\n\n")
    marked = next((place for place, part in enumerate(paragraphs) if part.startswith(marker(kb))), None)
    if marked is None:
        paragraphs.append(block((fact,), kb))
    else:
        paragraphs[marked] = f"{paragraphs[marked]}\n{titled(fact, kb)}"
    reply.text = "\n\n".join(paragraphs)
    reply.extra["supplement"] = [*told, entry_of(fact, kb)]


def leave_open(reply: Reply, heard: Heard, kb: KnowledgeBase) -> None:
    """Make a reply one on a point that the document does not hold: whom to ask, and what the second layer
    surely has on it, or how other sources differ in that very point."""
    layer = layer_of(kb)
    point = layer.difference(heard.said.text, reply.facts, heard.said.case().get("item")) if layer else None
    if point is not None and not point.always:
        reply.text = f"{reply.text}\n\n{conflict_line(point, kb)}\n"
        reply.extra["supplement"] = [entry_of(point, kb)]
    elif layer is not None and len(heard.said.text) >= SHORTEST_OF_ITS_OWN:
        # a few words about what was said last, 会停多久, are of no one subject by themselves
        choice = layer.choose(heard.said.text, Read({}, OF_A_PART))
        if choice.facts and choice.chance >= SURE_OF_A_POINT:
            reply.text = f"{reply.text}\n\n{block(choice.facts, kb)}\n"
            reply.extra["supplement"] = [entry_of(fact, kb) for fact in choice.facts]
    reply.status = "uncovered"
    reply.text = f"{reply.text}\n{kb.phrase('uncovered', 'contact')}"
    reply.facts = tuple(dict.fromkeys([*reply.facts[: MOST_FACTS - 1], *kb.phrases["handoff"]["facts"]]))


def mark_difference(
    reply: Reply, heard: Heard, before: Discourse, after: Discourse, kb: KnowledgeBase
) -> None:
    """Add one marked line where other sources differ from the document's answer; one that is always told,
    once in a conversation."""
    if reply.status != "answered" or "supplement" in reply.extra:
        return
    layer = layer_of(kb)
    told = frozenset(before.supplement)
    point = layer.difference(heard.said.text, reply.facts, after.focus.item, told) if layer else None
    if point is not None:
        reply.text = f"{reply.text}\n\n{conflict_line(point, kb)}"
        reply.extra["supplement"] = [entry_of(point, kb)]


def keep_told(reply: Reply, before: Discourse, after: Discourse, kb: KnowledgeBase) -> Discourse:
    """The state with the differences that were told so far, beside what was told of the theme in hand."""
    if after == Discourse():
        # begun anew
        return after
    points = {point.id for point in kb.supplement.conflicts}
    told = (*after.supplement, *before.supplement, *(one["id"] for one in reply.extra.get("supplement", ())))
    known = kb.supplement.facts
    kept = (one for one in told if one in points or (one in after.supplement and one in known))
    return replace(after, supplement=tuple(dict.fromkeys(kept)))
