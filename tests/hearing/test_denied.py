"""What a customer says not to have spoken of leaves the talk and does not come back."""

import pytest

from beian.hearing.denied import without_denied
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

KB = load_knowledge()
CANCEL, TRANSFER = "type.cancel_website", "type.subject_transfer"
TRANSFER_PAPERS = "materials.subject_transfer"


@pytest.mark.parametrize("text", ["我没说过户啊", "怎么又扯过户，我不过户", "没问过户，别老提过户"])
def test_what_was_in_question_before_is_answered(answer, text):
    reply, state = answer("我要注销网站", "过户要什么材料", text)
    assert TRANSFER not in reply.facts
    assert TRANSFER_PAPERS not in reply.facts
    assert reply.facts == (CANCEL,)
    assert state.focus.change_type != "subject_transfer"


def test_it_does_not_come_back(answer):
    reply, state = answer("网站名字想换一个", "是过户吗？我又不过户", "材料呢")
    assert reply.facts == ("materials.website_info.name",)
    assert TRANSFER not in str(state)


def test_of_two_answers_the_other_is_left(answer):
    reply, _ = answer("我没问过户，就是网站内容变了")
    assert reply.facts == ("type.website_info",)


def test_an_item_that_is_denied_leaves_its_type_to_another(hear):
    before = Discourse(
        stated=("type.subject_info",), focus=Matter("subject_info", "registered_address", "enterprise")
    )
    heard, after = without_denied(hear("怎么又扯到法人了", before), before, KB)
    assert ("item", "legal_representative") in heard.said.denied
    assert after.focus == before.focus
    assert after.stated == before.stated


@pytest.mark.parametrize(
    "text",
    [
        "过户要什么材料",
        "没问题，那过户要多久",
        "不知道过户算不算",
        "没有服务器购买凭证怎么办",
        "页面上找不到新增网站",
        "不换法人行不行",
        "没有法人的身份证",
    ],
)
def test_what_is_not_denied_stays(hear, text):
    heard = hear(text)
    assert without_denied(heard, Discourse(), KB) == (heard, Discourse())


@pytest.mark.parametrize("text", ["都不是我要的", "一个都不是", "这些都不对"])
def test_all_that_was_offered_is_turned_down_and_not_offered_again(answer, text):
    _, state = answer("要准备哪些材料")
    assert state.asked.kind == "choice"
    reply, _ = answer(text, after=state)
    assert not set(reply.facts) & set(state.asked.options)
    offered = {KB.question_of(option) for option in state.asked.options}
    assert not offered & {button["payload"] for button in reply.buttons}
