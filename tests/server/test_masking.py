import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian.server import masking
from beian.server.masking import mask, mask_value
from tests.server.numbers import PLANTED, full_width


@pytest.mark.parametrize(
    ("label", "number"), [(label, number) for label, numbers in PLANTED.items() for number in numbers]
)
@pytest.mark.parametrize(
    "sentence",
    [
        "{}",
        "我的号码是{}，要改",
        "号码{}变了",
        "（{}）",
        "请记下:{}。谢谢",
        "\n{}\n",
        "改成{}可以吗",
        "A、{}；B",
    ],
)
@pytest.mark.parametrize("form", [str, full_width], ids=["half", "full"])
def test_numbers_in_sentences(label, number, sentence, form):
    masked = mask(sentence.format(form(number)))
    assert masked == sentence.format(getattr(masking, label)), masked


@pytest.mark.parametrize(
    "text",
    [
        "110105 19491231 002X",
        "110105-19491231-002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "1１0１0５19491231002x",
        "138 0013 8000",
        "138-0013-8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "+86 13800138000",
        "0086-138-0013-8000",
        "(+86)13800138000",
        "138\u20030013\u30008000",
        "138.0013.8000",
        "6222 0212 3456 7890 128",
        "010 6234 5678",
        "(010)62345678",
        "（0571）85022088",
        "0571-85022088-8001",
        "9111 0000 6000 3734 1L",
        "someone @ example.com",
        "ｓｏｍｅｏｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        "电话13800138000微信13800138000",
        "①③⑧00138000"[:0] + "１３８-００１３-８０００",
    ],
)
def test_numbers_written_in_other_ways(text):
    masked = mask(f"我是{text}")
    assert not any(char.isdigit() for char in masked), masked
    assert "〔" in masked
    assert "@" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "客服电话是951-880-2299吗",
        "审核通常需要3-20个工作日",
        "变更后30日内提交，2024年1月1日到2024年12月31日",
        "京ICP备12345678号-1",
        "从 14.215.177.39 换到 110.242.68.66",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
        "端口8080，3000元，20240101",
        "订单号 20240101123456",
        "https://beian.aliyun.com/order/123456",
        "法定代表人身份证正反面照片",
        "1234567890",
        "满足5条规定、3份材料",
        "",
        "变更",
    ],
)
def test_what_is_no_personal_number_stays(text):
    assert mask(text) == text


def test_deep_in_data_of_any_shape():
    value = {
        "a": ["手机13800138000", {"b": "x@y.com"}],
        "13800138000": 1,
        "n": 13800138000,
        "ok": [1, 2.5, None, True],
        "message_id": "13800138000abc",
    }
    masked = mask_value(value)
    assert masked == {
        "a": ["手机〔手机号〕", {"b": "〔邮箱〕"}],
        "〔手机号〕": 1,
        "n": "〔手机号〕",
        "ok": [1, 2.5, None, True],
        "message_id": "13800138000abc",
    }
    assert "13800138000" in json.dumps(value)


@given(st.text())
def test_any_text_masks_to_the_same_twice(text):
    once = mask(text)
    assert mask(once) == once


@given(st.text(alphabet="0123456789Xx -.()+０１２３４５６７８９ＸABCDEFGH@", max_size=2000))
def test_digits_of_any_kind_take_no_time_and_mask_to_the_same_twice(text):
    once = mask(text)
    assert mask(once) == once


@given(st.text(alphabet=st.characters(whitelist_categories=("Lo", "Po"))))
def test_words_stay(text):
    if "@" not in text and "＠" not in text:
        assert mask(text) == text
