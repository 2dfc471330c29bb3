"""Within how many days something has to be handed in is the time for that, and not how long the review is."""

import pytest

from beian.hearing.counting import of_its_period
from beian.kb import load_knowledge
from beian.meaning.state import Discourse

KB = load_knowledge()
REVIEW, HANDING_IN, AGAIN = "timeline.review", "timeline.submit_deadline", "timeline.resubmit_deadline"
TOLD = Discourse(stated=("materials.website_info.name",), last="answered")


def _period(hear, text, state):
    heard = hear(text, state)
    meaning = heard.meaning
    meaning = type(meaning)(**{**vars(meaning), "outcome": "answer", "targets": (REVIEW,)})
    return of_its_period(type(heard)(meaning, heard.said, heard.days, heard.today), state, KB).meaning.targets


@pytest.mark.parametrize("text", ["几天内得递上去", "多久内得报上去", "多少天之内要去办", "几日内须提交"])
def test_handing_in(hear, text):
    assert _period(hear, text, TOLD) == (HANDING_IN,)
    rejected = Discourse(stated=("rejection.overview",), last="answered", phase="rejected")
    assert _period(hear, text, rejected) == (AGAIN,)


@pytest.mark.parametrize("text", ["几天能审完", "多久内能出结果", "交上去几天有消息"])
def test_the_review(hear, text):
    assert _period(hear, text, TOLD) == (REVIEW,)


@pytest.mark.parametrize(
    "text", ["最后一天碰上周六，往后延吗", "截止那天正好是星期天，周一交行吗", "到期日赶上周日怎么办"]
)
def test_a_day_that_a_last_day_falls_on_tells_nothing(answer, text):
    _, state = answer("公司法人10月20号换的，最晚哪天交", text)
    assert (state.focus.changed, state.focus.submitted, state.focus.rejected) == ("2026-10-20", None, None)
    _, state = answer(text)
    assert (state.focus.changed, state.focus.submitted, state.focus.rejected) == (None, None, None)


def test_what_was_done_on_such_a_day_is_told(answer):
    _, state = answer("法人换了，最晚哪天交，换的那天是10月17号")
    assert state.focus.changed == "2026-10-17"
