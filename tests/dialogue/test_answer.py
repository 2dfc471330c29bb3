"""One turn: what a person is told, and whatever is said in whatever order."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beian.contract.reply import MOST_FACTS
from beian.dialogue.answer import listened, reply_to
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter
from tests.fuzz import examples

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
SERVER, NAME = "materials.website_info.server", "materials.website_info.name"
SUBMIT, RESUBMIT = "timeline.submit_deadline", "timeline.resubmit_deadline"
KB = load_knowledge()
NOTICE = "驳回原因：1、身份证号填写错误；2、网站名称含有“中国”字样；3、天气不好"


def test_what_is_told_to_a_person_is_known_afterwards(hear, kb, answer):
    _, before = answer("审核要多久")
    after = listened(hear("公司10月8号换的法人", before), before, kb)
    assert after.focus == Matter("subject_info", "legal_representative", "enterprise", "2026-10-08")
    assert (after.stated, after.asked, after.last, after.trail) == (
        before.stated,
        before.asked,
        before.last,
        before.trail,
    )
    assert listened(hear("好的谢谢", before), before, kb) == before


OWN = sorted(
    {
        *KB.questions,
        *KB.phrases["which_type"]["events"],
        *KB.phrases["checklist"]["day_options"],
        *(term.name for term in KB.terms if term.group in ("change_type", "subject_kind", "item")),
        "帮我准备清单",
        "继续准备清单",
        "算了",
        "转人工",
        "重新开始",
        "上一个问题",
        "再说一遍",
        "说简单点",
        "还有别的吗",
        "不知道是哪种变更",
        "答非所问",
        "不对",
        "是的",
        "谢谢",
        *(str(number) for number in range(1, 8)),
        "第二个",
        "最后一个",
        "10月8号",
        "2月30号",
        "明天",
        "绿叶书屋",
        "17岁",
        "为什么",
        "晚了会怎样",
        "要多少钱",
        NOTICE,
        "第三条怎么改",
    }
)


@settings(max_examples=examples(12))
@given(seed=st.integers(0, 2**64 - 1))
def test_any_thirty_of_its_own_buttons_and_phrases_leave_a_conversation_that_answers(hear, today, kb, seed):
    """Every reply is one complete message, and every state survives the tracker.

    Every second message is a button of the reply before, where it has any: what is offered must work.
    """
    random_order = random.Random(seed)
    # asked for twice in a row, wherever that comes
    place = random_order.randrange(28)
    said: list[str] = []
    buttons: list[str] = []
    state = Discourse()
    for number in range(31):
        if number == 30:
            text = "审核要多久"
        elif number in (place, place + 1):
            text = "帮我准备清单"
        else:
            text = random_order.choice(buttons if buttons and number % 2 else OWN)
        said.append(text)
        reply, state = reply_to(hear(text, state), state, today, kb)
        assert reply.text.strip(), said
        assert "{" not in reply.text, said
        assert reply.status in ("answered", "clarify", "uncovered", "out_of_scope", "smalltalk", "handoff")
        assert len(reply.facts) == len(set(reply.facts)) <= MOST_FACTS, said
        assert set(reply.facts) <= set(kb.facts), said
        assert all(button["title"] and button["payload"] for button in reply.buttons), said
        buttons = [button["payload"] for button in reply.buttons]
        message = json.loads(json.dumps(reply.as_message({}, kb), ensure_ascii=False))
        assert [source["fact"] for source in message["custom"]["sources"]] == list(reply.facts)
        stored = json.loads(json.dumps(state.as_slot(), ensure_ascii=False))
        assert Discourse.from_slot(stored) == state, said
    assert "timeline.review" in reply.facts


@pytest.mark.parametrize(
    "text",
    [
        "他12月15号满18，那天之后提交行不行",
        "表弟再过二十天就18了，等那时候再变更行吗",
        "12月1号是他18岁生日，等到当天提交行吗",
    ],
)
def test_whether_it_can_wait_for_an_age_is_answered_first(answer, kb, text):
    reply, _ = answer(text)
    assert reply.text.startswith(kb.phrase("age", "wait", minimum="18"))
    assert reply.facts == ("notice.responsible_person",)


def test_an_age_told_before_is_what_can_be_waited_for(answer, kb):
    reply, _ = answer("我2009年1月5号生的，什么时候能当网站负责人", "那我过完生日再交可以吧")
    assert reply.text.startswith(kb.phrase("age", "wait", minimum="18"))
    assert "2027年1月5日" in reply.text
