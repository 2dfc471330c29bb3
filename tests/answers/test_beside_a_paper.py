"""Each question of a message is answered, where one of them is on a paper."""

import pytest

TRANSFER = "双方都要签"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("想问两点：一、主体信息变更跟主体过户怎么分清；二、过户申请表谁签字", ("区别在备案主体", TRANSFER)),
        ("换了法人几天内要改，身份证要不要正反面", ("30日", "正反面都要")),
    ],
)
def test_each_question_has_its_answer(answer, text, says):
    reply, _ = answer(text)
    assert all(one in reply.text for one in says)


def test_one_question_has_one_answer(answer):
    reply, _ = answer("公司改名要什么材料", "执照要盖章吗")
    assert "区别" not in reply.text and reply.text.startswith("要，盖公章")
