import json
import re
from collections import OrderedDict, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian import masking
from beian.masking import mask, mask_value
from tests.masking.numbers import PLANTED, full_width


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
        "someone﹫example.com",
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
    }
    masked = mask_value(value)
    assert masked == {
        "a": ["手机〔手机号〕", {"b": "〔邮箱〕"}],
        "〔手机号〕": 1,
        "n": "〔手机号〕",
        "ok": [1, 2.5, None, True],
    }
    assert "13800138000" in json.dumps(value)
    assert mask_value({13800138000: "x", None: 1}) == {"〔手机号〕": "x", None: 1}


@pytest.mark.parametrize(
    "number",
    [
        13800138000,
        13800138000.0,
        -13800138000,
        8613800138000,
        # The first digit of a landline's number is lost where a system keeps it as a number.
        1062345678,
        57185022088,
        1062345678.0,
        7552345678,
        110105194912310021,
        6222021234567890128,
        4.111111111111111e15,
        440524188001010014.0,
    ],
)
def test_numbers_that_are_numbers(number):
    assert "〔" in mask_value({"a": [number]})["a"][0]


def test_data_of_types_derived_from_the_usual_ones():
    class Text(str):
        pass

    value = OrderedDict({Text("13800138000"): [Text("13800138000"), defaultdict(list, a=("13800138000",))]})
    assert mask_value(value) == {"〔手机号〕": ["〔手机号〕", {"a": ["〔手机号〕"]}]}


@pytest.mark.parametrize(
    "number",
    [0, 7, 20240101, -3.5, 0.7136, 1795527858.8733845, 1760000000, 1e300, float("inf"), True],
)
def test_other_numbers_stay(number):
    assert mask_value({"a": number}) == {"a": number}
    assert mask_value(number) is number


def test_times_stay():
    # In the thirties they look like landlines of Guangzhou.
    assert mask_value({"timestamp": 2030000000.0}) == {"timestamp": 2030000000.0}
    assert mask_value({"timestamp": 13812345678.0}) == {"timestamp": mask("13812345678")}


# Each holds what looks like a mobile number.
NAMES = {
    "message_id": ["a13800138000bcdef0123456789abcde", "w-13800138000-abcdefghijkl-7"],
    "sender_id": ["w-13800138000-abcdefghijkl", "api-13800138000-abcdefghijkl"],
    "model_id": ["a13800138000bcdef0123456789abcde"],
    "kb_version": ["a13800138000"],
}


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in NAMES.items() for name in names])
def test_names_the_software_gives_stay(key, name):
    event = {"event": "user", "timestamp": 1.5, key: name, "parse_data": {key: name}, "metadata": {key: name}}
    assert mask_value(event) == event
    assert "13800138000" not in json.dumps(mask_value({"note": name}))


@pytest.mark.parametrize(
    "key", ["message_id", "sender_id", "model_id", "assistant_id", "kb_version", "event", "timestamp"]
)
@pytest.mark.parametrize(
    "value",
    [
        "13800138000",
        "我的13800138000",
        13800138000,
        {"phone": "13800138000"},
        ["13800138000"],
        "010-62345678",
        "057185022088",
        "11010519491231002X",
        "w-13800138000",
        "api-13800138000",
    ],
    ids=str,
)
def test_no_key_hides_a_number(key, value):
    assert "〔" in json.dumps(mask_value({"metadata": {key: value}, key: value}), ensure_ascii=False)
    assert not re.search(r"\d{8}", json.dumps(mask_value({"metadata": {key: value}, key: value})))


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
