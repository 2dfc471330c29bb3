"""One turn: what was understood and what is known so far → the reply and what is known after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beian.answers.after_submission import after_submission
from beian.answers.beside_an_act import with_the_act, without_the_act
from beian.answers.case import for_case
from beian.answers.definitions import defined
from beian.answers.events import told_the_event
from beian.answers.if_written import if_written
from beian.answers.languages import with_a_word_in_english
from beian.answers.left_open import with_points_of
from beian.answers.left_undone import left_undone
from beian.answers.lists_again import lists_again
from beian.answers.missed import of_the_missed
from beian.answers.notice import open_line
from beian.answers.of_us import as_asking_for_the_number, our_word
from beian.answers.offered import lately
from beian.answers.origin import of_the_origin
from beian.answers.paper_meant import of_a_paper
from beian.answers.parts_named import parts_named
from beian.answers.pointed import pointed, with_the_number
from beian.answers.put_right import put_right
from beian.answers.recap import recap
from beian.answers.repeated import not_twice, remembered
from beian.answers.reply import Reply
from beian.answers.rulings import ruled
from beian.answers.said_last import of_what_was_said
from beian.answers.steps import steps_to_come
from beian.answers.sympathy import with_sympathy
from beian.answers.taken_up import taken_up
from beian.answers.whole_list import of_the_whole_list
from beian.checklist import guide as checklist
from beian.checklist.each_client import each_client
from beian.checklist.in_short import in_short
from beian.checklist.now import to_do_now
from beian.checklist.which_first import which_first
from beian.dialogue import second_layer
from beian.dialogue.asking import ask_which, not_understood
from beian.dialogue.choosing import settled
from beian.dialogue.foreign import none_of_ours
from beian.dialogue.second_layer_taken import instead
from beian.dialogue.social import social
from beian.dialogue.stating import state_meaning
from beian.dialogue.surely import asks_surely, kept, open_point
from beian.dialogue.taken import taken
from beian.hearing.days import tell_days
from beian.hearing.heard import Heard
from beian.hearing.told import as_told
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.advance import advance
from beian.meaning.state import Discourse


def reply_to(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """The reply to any message, and the state after it."""
    heard, act = without_the_act(heard, kb)
    reply, after = _step_by_step(heard, state, today, kb)
    if act and reply.status != "smalltalk":
        reply, after = with_the_act(reply, after, act, kb)
    after = with_points_of(reply, heard, state, after, kb)
    return reply, after if after == Discourse() else replace(after, offered=lately(state, after))


def _step_by_step(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """What the first step that knows the answer makes of it; the reading in context, where none does."""
    heard, state = as_told(heard, state, kb)
    at_once = _at_once(heard, state, today, kb)
    if at_once:
        return _told(*at_once, state, kb)
    heard = of_the_whole_list(put_right(as_asking_for_the_number(heard, kb), state, kb), state, kb)
    missed = of_the_missed(heard, state, kb)
    if isinstance(missed, tuple):
        return _told(*missed, state, kb)
    heard, state = taken_up(heard, state, kb) if missed is heard else (missed, state)
    several = steps_to_come(heard, state, kb) or pointed(heard, state, kb)
    if isinstance(several, tuple):
        return _told(*several, state, kb)
    read = with_the_number(several, state)
    heard = taken(kept(read, of_what_was_said(read, state, kb), kb), state, kb)
    heard = kept(read, heard, kb) if heard.meaning.manner == "compare" else open_point(read, heard)
    heard = told_the_event(heard, state, kb)
    heard = after_submission(lists_again(left_undone(heard, kb), state, kb), state, kb)
    reply, after = _reply_to(heard, state, today, kb)
    not_twice(reply, heard, state, kb)
    after = second_layer.keep_told(reply, state, remembered(reply, state, after), kb)
    with_sympathy(reply, heard, kb)
    with_a_word_in_english(reply, heard, kb)
    return reply, after


def _at_once(
    heard: Heard, state: Discourse, today: date, kb: KnowledgeBase
) -> tuple[Reply, Discourse] | None:
    """The reply to what is asked in a form of its own, whatever it is about; None where it has none. What
    goes by a few words alone gives way to a question that is surely asked."""
    all_of_it = each_client(heard, state, today, kb) or parts_named(heard, state, today, kb)
    surely = asks_surely(heard, kb)
    if not surely or heard.meaning.itself[0] in kb.awaiting("changed"):
        all_of_it = all_of_it or which_first(heard, state, today, kb)
    if not surely:
        all_of_it = all_of_it or our_word(heard, state, kb)
        all_of_it = all_of_it or recap(heard, state, today, kb) or to_do_now(heard, state, today, kb)
    return all_of_it or in_short(heard, state, today, kb) or if_written(heard, state, kb)


def _told(reply: Reply, after: Discourse, before: Discourse, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    """A reply that was given at once, remembered; a checklist that was begun goes on."""
    return checklist.go_on(reply, remembered(reply, before, after), before, kb)


def _reply_to(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    guided = checklist.turn(heard, state, today, kb)
    if guided:
        second_layer.mark_difference(guided[0], heard, state, guided[1], kb)
        return guided
    explained = defined(heard, state, kb)
    if explained:
        return checklist.go_on(*explained, state, kb)
    meant = kept(heard, of_a_paper(of_the_origin(heard, kb), state, kb), kb)
    decided = settled(open_point(meant, ruled(meant, state, kb)), state, kb)
    if meant.meaning.outcome == "ask" and decided.meaning.outcome == "answer":
        decided = of_a_paper(decided, state, kb)
    if decided is heard:
        open_one = instead(heard, state, kb)
        decided = open_one if state.theme else kept(heard, open_one, kb)
    heard = decided
    reply, after = second_layer.picked(heard, state, kb) or _respond(heard, state, today, kb)
    second_layer.mark_difference(reply, heard, state, after, kb)
    return checklist.go_on(reply, after, state, kb)


def listened(heard: Heard, state: Discourse, kb: KnowledgeBase) -> Discourse:
    """The state after what a customer tells somebody else: the case and how far it is, nothing besides."""
    heard, state = as_told(heard, state, kb)
    meaning = heard.meaning
    after = advance(state, meaning.targets, meaning.manner, heard.said, kb)
    after, _ = tell_days(after, heard, kb)
    after = replace(state, focus=after.focus, matters=after.matters, phase=after.phase, reason=after.reason)
    return for_case(after, kb) if after.focus != state.focus else after


def _respond(heard: Heard, state: Discourse, today: date, kb: KnowledgeBase) -> tuple[Reply, Discourse]:
    meaning = heard.meaning
    line = open_line(heard, state, kb)
    if line:
        return line
    if meaning.outcome == "ask":
        return ask_which(heard, state, kb)
    if meaning.outcome != "answer" or not meaning.targets:
        return not_understood(state, kb)
    target = meaning.targets[0]
    if target == OUT_OF_SCOPE:
        return none_of_ours(heard, state, kb)
    if target not in kb.cells and target != UNCOVERED:
        after, _ = tell_days(advance(state, meaning.targets, meaning.manner, heard.said, kb), heard, kb)
        return social(target, heard, after, today, kb)
    return state_meaning(heard, state, today, kb)
