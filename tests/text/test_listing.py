"""Lists as people type and paste them: circled numbers, and what is written after the last entry."""

import pytest

from beian.text.clauses import notice_lines
from beian.text.listing import laid_out
from beian.text.normalize import normalize


def lines(text):
    return notice_lines(normalize(laid_out(text)))[0]


@pytest.mark.parametrize(
    "text",
    [
        "驳回原因：①名称带国家②身份证号填错",
        "驳回原因：① 名称带国家 ② 身份证号填错",
        "驳回原因：⑴名称带国家⑵身份证号填错。请修改后重新提交",
        "驳回原因：\n①名称带国家\n②身份证号填错\n请尽快修改",
        "驳回原因：1. 名称带国家 2. 身份证号填错 请您核实后重新提交",
        "驳回原因：1）名称带国家，2）身份证号填错，以上问题请更正后再报",
        "驳回原因：\n1、名称带国家\n2、身份证号填错\n谢谢配合",
        "管局意见1、名称带国家；2、身份证号填错",
        "退回1.名称带国家2.身份证号填错",
        "管局意见1、名称带国家；2、身份证号填错",
        "退回1.名称带国家2.身份证号填错",
    ],
)
def test_every_entry_stands_alone(text):
    assert lines(text) == ["名称带国家", "身份证号填错"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("②怎么改", "第2条怎么改"),
        ("①和②怎么改", "第1条和第2条怎么改"),
        ("那③呢，先过户再交吗", "那第3条呢，先过户再交吗"),
        ("公司改名要什么材料，请核实", "公司改名要什么材料，请核实"),
        ("第1、2条怎么改", "第1、2条怎么改"),
        ("11月1.2号都行", "11月1.2号都行"),
    ],
)
def test_a_single_number_points_at_an_entry_and_the_rest_stays(text, read):
    assert laid_out(text) == read


def test_it_stays_as_it_was_typed(talk):
    parsed = talk.parse("驳回原因：①名称带国家②身份证号填错")
    assert parsed["text"] == "驳回原因：①名称带国家②身份证号填错"
    assert len(parsed["meaning"]["notice"]) == 2
