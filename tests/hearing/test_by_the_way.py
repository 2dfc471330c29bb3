"""Questions with a day in them by the way: answered as what they ask."""

import pytest

from beian.meaning.state import Discourse

DEADLINE, RESUBMIT = "timeline.submit_deadline", "timeline.resubmit_deadline"


@pytest.fixture
def dated(answer):
    """The state after a change was told with its day, and its last day was asked for."""
    return answer("法人10月20号换的，最晚哪天交")[1]


@pytest.mark.parametrize(
    "text",
    [
        "办的这段时间网站打不打得开，我年底要做活动",
        "网站会不会停，我们12月12号有大促",
        "审核期间网站能访问吗，11月22号有直播",
    ],
)
def test_access_is_no_question_of_the_last_day(answer, dated, text):
    reply, state = answer(text, after=dated)
    assert DEADLINE not in reply.facts
    assert any(fact.startswith("access.") for fact in reply.facts)
    assert state.focus.changed == "2026-10-20"


def test_a_day_of_something_else_is_none_of_handing_in(answer):
    reply, state = answer("审核多久，我下个月20号要出国")
    assert reply.facts == ("timeline.review",)
    assert state.focus.submitted is None


def test_what_was_changed_before_a_rejection_brings_no_last_day(answer):
    reply, _ = answer("被驳回了，写的信息不一致", "信息不一致是哪个不一致啊，执照前阵子换过")
    assert reply.facts == ("rejection.info_mismatch",)


@pytest.mark.parametrize(
    "text", ["营业执照11月2号换的名字，系统里还是老名字，是不是就是这个原因", "是不是因为公司11月2号改了名"]
)
def test_whether_it_is_the_cause_is_asked_of_the_reason(answer, text):
    reply, _ = answer("11月5号收到驳回，写的信息不一致", text)
    assert "rejection.info_mismatch" in reply.facts
    assert DEADLINE not in reply.facts


def test_who_asks_for_the_last_day_is_told_it(answer, dated):
    reply, _ = answer("12月1号还来得及吗", after=dated)
    assert reply.facts == (DEADLINE,)
    assert "来不及" in reply.text


def test_a_day_of_rejection_counts_for_submitting_again(answer):
    reply, state = answer("11月2号被驳回，最迟哪天")
    assert reply.facts == (RESUBMIT,)
    assert state.focus.rejected == "2026-11-02"


@pytest.mark.parametrize("text", ["国庆交行不行", "周末系统能提交申请吗", "大年初一交备案变更可以不"])
def test_whether_one_can_hand_in_on_a_day_off_is_not_written(answer, kb, text):
    reply, state = answer(text)
    assert kb.phrase("deadline", "hand_in_off") in reply.text
    assert state.focus == Discourse().focus


def test_with_a_last_day_it_is_told_as_well(answer, dated, kb):
    reply, _ = answer("今天周末阿里云上班吗，提交算数不", after=dated)
    assert reply.text.startswith(kb.phrase("deadline", "hand_in_off"))
    assert "2026年11月19日" in reply.text
    assert "没有过期" not in reply.text


@pytest.mark.parametrize("text", ["审核的20个工作日里周末算不算", "11月15号周日交来得及吗"])
def test_days_that_count_are_another_question(answer, dated, kb, text):
    reply, _ = answer(text, after=dated)
    assert kb.phrase("deadline", "hand_in_off") not in reply.text


def test_before_a_holiday_is_a_limit_and_no_day_off(answer, dated, kb):
    reply, _ = answer("元旦前交得及吗", after=dated)
    assert kb.phrase("deadline", "hand_in_off") not in reply.text
