"""Entries that a message points at, in every writing."""

import pytest

from beian.hearing.ordinals import entries_pointed_at


@pytest.mark.parametrize(
    ("text", "count", "places"),
    [
        ("一三两条怎么弄", 3, (1, 3)),
        ("第1、3条怎么处理", 3, (1, 3)),
        ("第一条和第三条又咋整", 3, (1, 3)),
        ("第二三条", 3, (2, 3)),
        ("第2、第4项是什么", 4, (2, 4)),
        ("第一种和最后一种分别是啥", 5, (1, 5)),
        ("后两条呢", 3, (2, 3)),
        ("最后那两条", 4, (3, 4)),
        ("前两条咋办", 3, (1, 2)),
        ("头一条呢", 2, (1,)),
        ("第二条那个名字怎么改", 3, (2,)),
        ("最后一条", 3, (3,)),
    ],
)
def test_pointed_at(text, count, places):
    assert entries_pointed_at(text, count) == places


@pytest.mark.parametrize(
    "text",
    [
        "二三条",
        "要交两样",
        "一个人三个月",
        "1和3",
        "第30条",
        "还有两条没弄",
        "名字后两个字改了",
        "前两个月换的",
        "手头一份材料",
    ],
)
def test_other_numbers_point_at_nothing(text):
    assert entries_pointed_at(text, 4) == ()


def test_of_numbered_lines_two_figures_are_two_of_them():
    assert entries_pointed_at("二三条怎么改", 3, numbered=True) == (2, 3)


def test_what_is_not_there_is_not_pointed_at():
    assert entries_pointed_at("第一条和第五条", 3) == ()
