"""Words by which somebody says not to have spoken of something."""

import pytest

from beian.text.denials import denied_right_before, turns_all_down, what_is_denied


@pytest.mark.parametrize(
    ("clause", "rest"),
    [
        ("没问期限", "期限"),
        ("我不是问要求", "要求"),
        ("我们压根没提注销", "注销"),
        ("怎么又说主体了", "主体了"),
        ("你老是绕回材料", "材料"),
        ("刚才不是说审核", "审核"),
    ],
)
def test_what_a_clause_denies(clause, rest):
    assert what_is_denied(clause) == rest


@pytest.mark.parametrize(
    "clause",
    ["你没说要不要盖章", "期限没问题", "不知道期限", "没有通知书", "不能说出去吗", "怎么又被驳回了", ""],
)
def test_what_denies_nothing(clause):
    assert what_is_denied(clause) == ""


@pytest.mark.parametrize("before", ["我没说", "怎么又扯到", "别老提"])
def test_a_word_after_them_is_denied(before):
    assert denied_right_before(before)
    assert not denied_right_before(before + "过户的事")


@pytest.mark.parametrize("text", ["都不是我要的", "这些都不对", "上面的都不是", "没一个对"])
def test_all_that_was_offered_is_turned_down(text):
    assert turns_all_down(text)


@pytest.mark.parametrize("text", ["都不用盖章吗", "这些都要吗", "不是这个，是第二个", "都没有通知书怎么办"])
def test_what_turns_down_no_offer(text):
    assert not turns_all_down(text)
