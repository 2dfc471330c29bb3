"""Who answers, asked beside a question of the filing."""

import pytest

WHO = "我是自动问答程序"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("你是AI吧?先回答我是不是,再说公司搬到隔壁区备案要不要动", "type.subject_info"),
        ("是真人吗？公司改名要备案变更吗", "type.subject_info"),
        ("你谁啊，换服务器多久能审完", "timeline.review"),
        ("你是机器人吗，先说这个，再说换法人要什么材料", "materials.subject_info.enterprise"),
    ],
)
def test_both_are_answered(answer, text, fact):
    reply, _ = answer(text)
    assert reply.text.startswith(WHO)
    assert reply.facts[0] == fact


@pytest.mark.parametrize("text", ["换法人要什么材料", "公司改名要备案变更吗，还有审核要多久"])
def test_who_does_not_ask_is_not_told(answer, text):
    assert WHO not in answer(text)[0].text


def test_alone_it_has_its_own_answer(answer):
    reply, _ = answer("你是机器人吗")
    assert reply.status == "smalltalk"
