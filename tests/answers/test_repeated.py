"""Nothing is said twice in a row unless it is asked for, lists included."""

from dataclasses import replace

import pytest

from beian.answers.repeated import not_twice, remembered
from beian.answers.reply import answered
from beian.contract.reply import MOST_FACTS
from beian.meaning.state import Discourse
from tests.dialogue.by_hand import KB, heard

FACT, OTHER = "timeline.review", "timeline.submit_deadline"
LIST = "换网站负责人要哪些材料"


def stating(*facts, text=None):
    reply = answered(facts, Discourse(), KB)
    if text is not None:
        reply.text = text
    return reply


def after_saying(*texts, stated=(FACT,)):
    """The state after replies in these words on one question."""
    state = Discourse()
    for text in texts:
        state = remembered(stating(*stated, text=text), state, replace(state, stated=stated))
    return state


def said_again(message, before, fact=FACT, card=None):
    """The reply in the words said before, to this message."""
    reply = stating(fact)
    reply.card = card
    not_twice(reply, message, before, KB)
    return reply


BEFORE = after_saying(stating(FACT).text)


def test_what_was_said_is_not_said_again_but_that_there_is_no_more():
    reply = said_again(heard("那要是慢呢", FACT, alone=0.1), BEFORE, card={"type": "steps", "items": ["x"]})
    assert reply.text != stating(FACT).text
    assert KB.phone in reply.text
    assert reply.card is None
    assert reply.facts[0] == FACT and set(KB.phrases["handoff"]["facts"]) < set(reply.facts)
    assert len(reply.facts) <= MOST_FACTS


def test_that_there_is_no_more_is_not_said_twice_either():
    message = heard("那要是慢呢", FACT, alone=0.1)
    first = said_again(message, BEFORE)
    second = said_again(message, remembered(first, BEFORE, BEFORE))
    assert second.text == KB.phrase("unwritten", "no_more")


@pytest.mark.parametrize(
    "message",
    [
        heard("再说一遍", FACT, manner="again"),
        heard("简单点说", FACT, manner="brief"),
        heard("审核要多久", FACT, alone=0.9),
        heard(KB.question_of(FACT), FACT, alone=0.0),
        heard("第二个呢", FACT, alone=0.0),
    ],
    ids=["again", "in short", "in full", "a button", "a number"],
)
def test_who_asks_for_it_gets_it_again(message):
    assert said_again(message, BEFORE).text == stating(FACT).text


@pytest.mark.parametrize(
    "message",
    [
        heard("真的是这样吗", FACT, manner="doubt", alone=0.9),
        heard("审核要20天吗", FACT, alone=0.9),
        heard("审核的事", FACT, alone=0.2),
    ],
    ids=["doubt", "yes or no", "not in full"],
)
def test_others_do_not(message):
    assert said_again(message, BEFORE).text != stating(FACT).text


def test_what_was_not_said_is_said():
    assert said_again(heard("那要是慢呢", FACT, alone=0.1), Discourse()).text == stating(FACT).text


def test_a_day_that_was_worked_out_may_be_told_again_to_who_asks_for_days():
    card = {"type": "deadline", "title": "x", "items": ["x"], "fact": FACT}
    reply = said_again(heard("那最慢哪天呢", FACT, alone=0.1), BEFORE, card=card)
    assert reply.text == stating(FACT).text and reply.card == card
    reply = said_again(heard("那我找谁", FACT, alone=0.1), BEFORE, card=card)
    assert reply.text != stating(FACT).text


def test_other_replies_than_answers_are_left_alone():
    reply = stating(FACT)
    reply.status = "clarify"
    not_twice(reply, heard("那要是慢呢", FACT, alone=0.1), BEFORE, KB)
    assert reply.text == stating(FACT).text


def test_only_what_was_said_on_the_same_question_is_remembered():
    several = after_saying("一", "二", "一", "三")
    assert len(several.replies) == 3
    assert len(after_saying(*"一二三四五六").replies) == 4
    other = remembered(stating(OTHER), several, replace(several, stated=(OTHER,)))
    assert len(other.replies) == 1 and other.replies[0] not in several.replies


def test_between_answers_what_was_said_stays_known_and_with_no_question_nothing_is():
    thanks = stating(FACT, text="不客气")
    thanks.status = "smalltalk"
    assert remembered(thanks, BEFORE, BEFORE).replies == BEFORE.replies
    assert remembered(thanks, BEFORE, replace(BEFORE, stated=())).replies == ()


@pytest.mark.parametrize("then", ["我们是公司备的案", "就换这一个人，别的没动", "那外地的人也行吧"])
def test_a_list_is_not_said_again_to_who_did_not_ask_for_it(answer, then):
    first, _ = answer(LIST)
    second, _ = answer(LIST, then)
    assert first.text not in second.text


def test_who_asks_for_a_list_again_gets_it_again(answer):
    first, _ = answer(LIST)
    second, _ = answer(LIST, LIST)
    assert second.text == first.text


def test_what_is_summed_up_is_the_point_that_was_said(answer, kb):
    point, state = answer(LIST, "承诺书要盖章吗")
    assert state.point == point.text
    summed, _ = answer("所以就是不用盖章？", after=state)
    assert point.text in summed.text
    assert answer("审核要多久", after=state)[1].point == ""
    assert Discourse.from_slot(state.as_slot()) == state
