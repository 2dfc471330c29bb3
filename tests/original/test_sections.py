from beian.original.lines import lines_of
from beian.original.sections import sections_of


def found(text, *paths):
    lines = lines_of(text)
    spans = sections_of(lines, paths)
    return {
        path: [line.text for line in lines[span.start : span.end] if line.text]
        for path, span in spans.items()
    }


def test_headings_in_any_width_and_with_marks():
    text = "准备\n一、材料\n（一）证件：\n身份证\n(二)照片\n两张\n二、费用\n免费"
    sections = found(text, ("一、材料", "(一)证件"), ("一、材料", "(二)照片"), ("二、费用",))
    assert sections["一、材料",] == ["一、材料", "（一）证件：", "身份证", "(二)照片", "两张"]
    assert sections["一、材料", "(一)证件"] == ["（一）证件：", "身份证"]
    assert sections["二、费用",] == ["二、费用", "免费"]


def test_a_heading_is_looked_for_under_its_own_parent():
    text = "甲\n  • 照片\n    一张\n乙\n  • 照片\n    两张"
    sections = found(text, ("甲", "照片"), ("乙", "照片"))
    assert sections["甲", "照片"][-1] == "一张"
    assert sections["乙", "照片"][-1] == "两张"


def test_an_entry_ends_with_it():
    text = "要求\n  1. 年龄:满18岁,\n     以证件为准。\n  2. 住址:本地。\n\n其余不限。"
    sections = found(text, ("要求", "1. 年龄"), ("要求", "2. 住址"))
    assert sections["要求", "1. 年龄"] == ["1. 年龄:满18岁,", "以证件为准。"]
    assert sections["要求", "2. 住址"] == ["2. 住址:本地。"]


def test_words_of_a_sentence_are_no_heading():
    text = "照片和证件以及别的材料都要在办理之前准备好\n照片\n两张"
    assert found(text, ("照片",)) == {("照片",): ["照片", "两张"]}
    assert found("照片墙\n证件照片要求", ("照片",)) == {}


def test_a_document_that_has_none_of_them():
    assert found("别的文字", ("材料", "照片")) == {}
    assert found("", ("材料",)) == {}


def test_a_table_of_contents_is_not_the_section():
    text = "材料\n费用\n\n材料\n身份证\n费用\n免费"
    assert found(text, ("材料",), ("费用",)) == {("材料",): ["材料", "身份证"], ("费用",): ["费用", "免费"]}


def test_an_entry_ends_at_the_next_also_where_nobody_asks_for_that():
    text = "要求\n  1. 年龄:满18岁,\n     以证件为准。\n  2. 住址:本地。\n其余不限。"
    assert found(text, ("要求", "1. 年龄"))["要求", "1. 年龄"] == ["1. 年龄:满18岁,", "以证件为准。"]
