"""What is asked of several at once."""

import pytest

from beian.hearing.asked_of_all import asks_in_general, asks_something, asks_which_first


@pytest.mark.parametrize(
    "text", ["", "分别怎么办", "各要啥材料", "给我三行", "一起问下都要啥", "我怎么安排", "先忙哪个"]
)
def test_in_general(text):
    assert asks_in_general(text)


@pytest.mark.parametrize("text", ["最晚哪天交", "审核多久", "网站会不会停", "能一起报吗", "要盖章吗"])
def test_in_particular(text):
    assert not asks_in_general(text)


@pytest.mark.parametrize(
    "text",
    ["先办哪家", "三家里最急的是哪家", "哪个先到期", "谁先", "我该先办哪家", "哪家更着急", "哪家要先弄"],
)
def test_which_first(text):
    assert asks_which_first(text)


@pytest.mark.parametrize("text", ["先交哪些材料", "哪家审得快", "先提交哪一步", "哪里先登录", "要先备案吗"])
def test_other_firsts(text):
    assert not asks_which_first(text)


def test_what_is_only_named_is_not_asked_for():
    assert not asks_something("甲改电话")
    assert asks_something("甲换法人要啥")
