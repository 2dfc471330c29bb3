"""Who supposes to be late is told what follows, and not that there is time left."""

from datetime import date

import pytest

from beian.answers.lateness import supposes_lateness

DAY = date(2026, 11, 29)
CHANGED = "公司地址11月3号变了，最晚什么时候报"
REJECTED = "11月9号被驳回的，几号前要重新交"


def told(answer, *texts):
    return answer(*texts, today=DAY)[0].text


@pytest.mark.parametrize(
    "asked", ["要是晚了几天会怎样", "我知道来得及，我说的是万一没来得及", "晚交的后果写了没"]
)
def test_what_follows_comes_first(answer, kb, asked):
    text = told(answer, CHANGED, asked)
    assert text.startswith(kb.facts["timeline.submit_deadline"].consequence)
    assert "还剩" not in text


@pytest.mark.parametrize("asked", ["过了30天没交网站会马上关掉吗", "逾期一天和逾期一个月有区别吗"])
def test_how_soon_and_how_hard_is_not_written(answer, kb, asked):
    end = kb.facts["timeline.submit_deadline"].consequence
    assert told(answer, CHANGED, asked) == kb.phrase("ends", "when", end=end)


@pytest.mark.parametrize("asked", ["会不会第二天就把站关了", "文档写没写马上注销"])
def test_who_goes_on_about_it_is_not_told_of_the_review(answer, kb, asked):
    reply, _ = answer(CHANGED, "要是晚了几天会怎样", asked, today=DAY)
    assert reply.facts == ("timeline.submit_deadline",)
    assert "通常可以" not in reply.text


def test_what_to_do_then(answer, kb):
    end = kb.facts["timeline.resubmit_deadline"].consequence
    assert told(answer, REJECTED, "真超了怎么办") == kb.phrase("ends", "to_do", end=end)


@pytest.mark.parametrize("asked", ["会被注销吗，要是忘了报", "忘报了会不会罚款"])
def test_it_may_be(answer, asked):
    assert told(answer, CHANGED, asked).startswith("有可能")


def test_what_follows_has_no_length_of_its_own(answer):
    reply, _ = answer(REJECTED, "重新备案要多久", today=DAY)
    assert reply.status == "uncovered"
    assert "30日" not in reply.text


def test_whether_the_site_stops_is_another_question_where_nothing_is_late(answer):
    reply, _ = answer(CHANGED, "审核期间网站会停吗", today=DAY)
    assert "timeline.submit_deadline" not in reply.facts


@pytest.mark.parametrize("text", ["还来得及吗", "过期了没有", "最晚哪天", "是不是已经逾期了", "要交什么"])
def test_these_suppose_nothing(text):
    assert not supposes_lateness(text)


def test_another_question_in_full_goes_on_about_nothing(answer):
    reply, _ = answer(CHANGED, "要是没赶上会怎样", "审核那阵子网站会不会打不开，家长要看通知的", today=DAY)
    assert any(fact.startswith("access.") for fact in reply.facts)


@pytest.mark.parametrize("asked", ["盖章还要走半个月流程，会不会来不及", "明天才去办，来不及吗"])
def test_whether_it_is_in_time_supposes_no_lateness(answer, asked):
    text = told(answer, CHANGED, asked)
    assert "12月3日" in text
    assert not text.startswith("逾期未变更")
