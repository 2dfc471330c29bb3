"""Questions back: which case, which meaning, and when to stop asking."""

from dataclasses import replace

import pytest

from beian.dialogue.answer import reply_to
from beian.dialogue.asking import MOST_QUESTIONS_BACK
from beian.kb import load_knowledge
from beian.meaning.state import Asked, Discourse, Matter

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
SERVER, NAME = "materials.website_info.server", "materials.website_info.name"
SUBMIT, RESUBMIT = "timeline.submit_deadline", "timeline.resubmit_deadline"
KB = load_knowledge()


def test_a_general_question_is_answered_with_a_question_which(answer, kb):
    reply, state = answer("备案变更要准备哪些材料")
    assert reply.status == "clarify"
    assert reply.facts == ("materials.overview",)
    assert kb.phrase("clarify", "materials") in reply.text
    assert state.asked == Asked("choice", state.entries)
    assert len(state.entries) == len(reply.buttons) == 6


@pytest.mark.parametrize(
    ("text", "fact"),
    [("1", COMPANY), ("第二个", PERSON), ("4", SERVER), ("最后一个", "materials.subject_transfer")],
)
def test_a_choice_by_its_number(answer, text, fact):
    reply, state = answer("备案变更要准备哪些材料", text)
    assert reply.facts == (fact,)
    assert reply.status == "answered"
    assert state.asked is None
    assert state.focus.subject_kind == KB.facts[fact].when.get("subject_kind")


def test_a_number_that_is_no_choice_is_read_as_any_message(answer):
    _, state = answer("备案变更要准备哪些材料")
    reply, _ = answer("第八个", after=state)
    assert reply.status in ("answered", "clarify", "smalltalk", "out_of_scope")


def test_a_longer_message_with_an_ordinal_says_something_of_its_own(answer):
    _, state = answer("备案变更要准备哪些材料")
    reply, _ = answer("第一次被驳回以后要在多久内重新提交", after=state)
    assert reply.facts == (RESUBMIT,)


def test_the_case_that_is_known_leaves_fewer_choices(answer):
    known = Discourse(focus=Matter("website_info"))
    _, state = answer("备案变更要准备哪些材料", after=known)
    assert set(state.asked.options) == {SERVER, NAME, "materials.website_info.responsible_person"}


@pytest.mark.parametrize(
    ("outcome", "choices"), [("not_understood", ()), ("ask", ("timeline.review", "access.overview"))]
)
def test_it_does_not_ask_back_for_ever(hear, today, kb, outcome, choices):
    """What is not understood again and again is for a person."""
    state, heard = Discourse(), hear("审核要多久")
    lost = replace(heard, meaning=replace(heard.meaning, outcome=outcome, targets=(), choices=choices))
    statuses = []
    for _ in range(MOST_QUESTIONS_BACK + 1):
        reply, state = reply_to(lost, state, today, kb)
        statuses.append(reply.status)
    assert statuses == ["clarify"] * MOST_QUESTIONS_BACK + ["handoff"]
    assert state.asked_back == 0


def test_likely_meanings_are_offered_by_name(hear, today, kb):
    heard = hear("审核要多久")
    choices = ("timeline.review", "type.replace_domain")
    torn = replace(heard, meaning=replace(heard.meaning, outcome="ask", targets=(), choices=choices))
    reply, state = reply_to(torn, Discourse(), today, kb)
    assert reply.status == "clarify"
    assert [button["title"] for button in reply.buttons] == [kb.question_of(choice) for choice in choices]
    assert state.asked == Asked("choice", choices)
    assert state.asked_back == 1
    picked, _ = reply_to(hear("第二个", state), state, today, kb)
    assert picked.facts == kb.topics["type.replace_domain"].facts
