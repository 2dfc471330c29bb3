"""A notice of rejection, answered and spoken of by its own numbers."""

import pytest

from beian.kb import load_knowledge
from beian.meaning.state import Asked

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
SERVER, NAME = "materials.website_info.server", "materials.website_info.name"
SUBMIT, RESUBMIT = "timeline.submit_deadline", "timeline.resubmit_deadline"
KB = load_knowledge()


NOTICE = "驳回原因：1、身份证号填写错误；2、网站名称含有“中国”字样；3、天气不好"


def test_a_notice_is_answered_in_its_own_order(answer, kb):
    reply, state = answer(NOTICE)
    lines = reply.text.splitlines()
    assert lines[0].startswith("1. 身份证号填写错误：")
    assert lines[1].startswith("2. 网站名称含有“中国”字样：")
    assert kb.phrase("direct", "notice_unknown") in lines[2]
    assert lines[-1] == kb.phrase("deadline", "ask_rejected")
    assert reply.facts == ("rejection.info_mismatch", "rejection.naming", "contact.support")
    assert state.entries == ("rejection.info_mismatch", "rejection.naming", "")
    assert (state.phase, state.asked) == ("rejected", Asked("rejected"))


def test_then_the_day_it_came(answer):
    reply, _ = answer(NOTICE, "11月2号收到的")
    assert reply.facts == (RESUBMIT,)
    assert "2026年12月2日" in reply.text


@pytest.mark.parametrize(
    ("text", "fact"), [("第一条怎么改", "rejection.info_mismatch"), ("第二条怎么改", "rejection.naming")]
)
def test_then_one_line_of_it(answer, text, fact):
    reply, _ = answer(NOTICE, text)
    assert reply.facts[0] == fact


@pytest.mark.parametrize("text", ["第三条怎么改", "3", "最后一条呢"])
def test_a_line_that_the_document_has_no_reason_for_is_said_to_be_open(answer, kb, text):
    reply, state = answer(NOTICE, text)
    assert reply.status == state.last == "uncovered"
    assert reply.text.startswith("3. 天气不好：")
    assert kb.phone in reply.text
    reply, _ = answer("第二条呢", after=state)
    assert reply.facts[0] == "rejection.naming"


@pytest.mark.parametrize("text", ["最后一个", "第一条呢", "第八条呢", "2"])
def test_without_a_notice_an_ordinal_points_at_nothing(answer, text):
    reply, _ = answer(text)
    assert reply.text.strip()


def test_the_notice_stays_in_hand(answer):
    """After its lines and after the day, 第二条 is still its second."""
    reply, state = answer(NOTICE, "第一条怎么改", "11月2号收到的", "第二条呢")
    assert reply.facts[0] == "rejection.naming"
    assert len(state.notice) == len(state.entries) == 3


def test_another_list_takes_its_place(answer):
    _, state = answer(NOTICE, "备案变更有哪几种类型")
    assert state.notice == ()


@pytest.mark.parametrize(
    "line", ["缺少网站负责人承诺书", "过户协议未提供", "工商变更通知书没有上传", "服务器购买凭证漏传"]
)
def test_a_paper_that_is_missing_is_a_known_reason(answer, line):
    _, state = answer(f"驳回原因：1、网站名称含有“中国”字样；2、{line}")
    assert state.entries == ("rejection.naming", "rejection.materials_incomplete")


def test_all_of_it_once_more_keeps_its_order(answer):
    reply, _ = answer(NOTICE, "三条怎么改，再捋一遍")
    assert [line[:2] for line in reply.text.splitlines()[:3]] == ["1.", "2.", "3."]


def test_an_hour_is_not_the_notice_again(answer):
    notice, _ = answer(NOTICE)
    reply, _ = answer(NOTICE, "客服几点下班")
    assert notice.text.splitlines()[0] not in reply.text
