"""Who we are, asked beside something of the filing."""

import pytest

FIRST = "我是自动问答程序"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("你是AI吧？先回答我是不是，再说公司搬到隔壁区备案要不要动", "type.subject_info"),
        ("你是机器人吗，换法人要交什么", "materials.subject_info.enterprise"),
        ("先说你是不是真人，再告诉我审核要多久", "timeline.review"),
        ("审核多久？对了你是AI吗", "timeline.review"),
        ("两个问题：你是人吗？网站不做了备案要处理吗", "type.cancel_website"),
    ],
)
def test_both_are_answered(answer, text, fact):
    reply, _ = answer(text)
    assert reply.text.startswith(FIRST)
    assert reply.facts[0] == fact


def test_what_is_asked_besides_keeps_its_form(answer):
    """你是机器人吗 makes no question for yes or no of 换法人要交什么."""
    reply, _ = answer("你是机器人吗，换法人要交什么")
    assert reply.card["type"] == "checklist"


@pytest.mark.parametrize(
    "text",
    [
        "客服是真人审核吗？换法人要审多久",
        "我们是机器人公司，法人换了要报吗",
        "你好，换法人要什么材料",
        "谢谢你，审核要多久",
        "执照是苏州的，服务器拍了台深圳的，同事说备案会卡，我说不会，谁对？",
        "请教：企业转让之后，备案能否变到受让方名下？贵方把这种叫什么？",
    ],
)
def test_who_does_not_ask_that_is_not_told(answer, text):
    reply, _ = answer(text)
    assert FIRST not in reply.text and reply.status == "answered"


def test_that_alone_is_answered_as_before(answer):
    reply, _ = answer("你是AI吗")
    assert reply.status == "smalltalk"
