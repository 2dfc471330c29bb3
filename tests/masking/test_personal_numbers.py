"""Every shape of a number that docs/security.md promises, and what only looks like one."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beian import masking
from beian.kb import load_knowledge
from beian.masking import mask
from beian.masking.digit_numbers import SUPPORT_LINE
from tests.fuzz import examples
from tests.masking.numbers import INVISIBLE, PLANTED, SEPARATORS, STYLES, in_fours, styled

CARD, ID, CODE = "6228480000000007", "11010519491231002X", "91110000600037341L"
NUMBERS = [(label, number) for label, numbers in PLANTED.items() if label != "EMAIL" for number in numbers]
SENTENCES = ["{}", "我的{}，要改", "号码：{}。谢谢", "第2个 {}", "{} 2份", "1、{}；2、身份证"]


def left(text: str, sentence: str) -> str:
    """The digits that masking leaves besides those of the sentence."""
    masked, own = mask(sentence.format(text)), sentence.format("")
    assert "〔" in masked, masked
    found = "".join(char for char in masked if char.isdigit())
    own_digits = "".join(char for char in own if char.isdigit())
    return "" if found == own_digits or found in own_digits else masked


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("sign", [*INVISIBLE, *SEPARATORS], ids=ascii)
@pytest.mark.parametrize("number", ["13812345678", "01082345678", CARD, ID, "110105491231002", CODE])
def test_signs_between_the_digits(number, sign, sentence):
    for parts in (number, in_fours(number), [number[:3], number[3:7], number[7:]], [number[:6], number[6:]]):
        assert not left(sign.join(parts), sentence), parts


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("label", "number"), NUMBERS)
def test_styles_of_digits(label, number, style, sentence):
    masked = mask(sentence.format(styled(number, style)))
    assert masked == sentence.format(getattr(masking, label)), masked


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f"3. {CARD}", "3. {}"),
        ("5 6228 4800 0000 0007", "5 {}"),
        (f"4-{CARD}", "4-{}"),
        (f"{CARD} 3月办的", "{} 3月办的"),
        (f"卡号{CARD}，13号", "卡号{}，13号"),
        (f"{CARD}-1", "{}-1"),
        (f"{CARD}①", "{}①"),
        ("13812345678②", "{}②"),
        (f"card{CARD}", "card{}"),
        (f"{CARD}abc", "{}abc"),
        ("ID110101209901010017", "ID{}"),
        (f"{ID}abc", "{}abc"),
        (f"NO{CODE}", "NO{}"),
        ("代码 91110108 1234567890", "代码 {}"),
        ("1、91310115591693856A；2、身份证", "1、{}；2、身份证"),
        ("代码 9111、0108、1234、5678、90", "代码 {}"),
        (f"{CODE}abc", "{}abc"),
        ("tel13812345678x", "tel{}x"),
        ("013812345678", "{}"),
        ("0-138-1234-5678", "{}"),
        ("+86 13812345678", "{}"),
        ("(+86)13812345678", "{}"),
        ("0086 138 1234 5678", "{}"),
        ("0086-10-82345678", "{}"),
        ("+86 10 8234 5678", "{}"),
        ("+86-571-85022088", "{}"),
        ("+86 (0)10 8234 5678", "{}"),
        ("0571-85022088转8001", "{}"),
        ("0571-8502208-8001", "{}"),
        ("138 4013 8000, 139 0013 9000", "{}, {}"),
        ("1 3 8 4 0 1 3 8 0 0 0 1 3 9 0 0 1 3 9 0 0 0", "{} {}"),
    ],
)
def test_what_stands_beside_a_number(text, rest):
    assert re.sub("〔.{2,4}〕", "{}", mask(text)) == rest


@pytest.mark.parametrize(
    "text",
    [
        "1、2、3、4、5、6、7、8、9、10、11、12、13、14、15",
        "1、3、5、7、9、11、13、15条",
        "1. 3. 4. 5. 6. 7. 8. 9. 10. 11. 12",
        "第1、3、4、5、6、7、8、9、10步",
        "13、14、15、16、17、18、19、20",
        "31,32,33,34,35,36,37,38",
        "91、10、20、30、40、50、60、70、80",
        "9311、9811、10311、10811",
        " ".join(map(str, range(1, 101))),
        "\n".join(map(str, range(1, 101))),
        "、".join(map(str, range(1900, 2031))),
        ", ".join(map(str, range(0, 2000, 7))),
        "\n".join(f"{number}. {number * 100}.00" for number in range(1, 60)),
        "1. 3800138000",
        "1/3 5/7 9/11 13/15",
        "100元、380元、1380元，¥1,380.00 ¥1,380.00",
        "100% 380% 1380% 0000%",
        "2024-01-01 12:30:45,123 1",
        "2024-11-13,2024-11-15 8点",
        "2024/1/5 13:30-2024/1/15 18:00",
        "2024.01.01~2024.12.31",
        "2026-11-27T15:04:38.123456+08:00",
        "13:05:10.123 10",
        "周一至周五9:00-12:00，13:30-18:00",
        ",".join(f"2024-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 29)),
        " ".join(f"2024/{month}/{day}" for month in range(1, 13) for day in range(1, 29)),
        " ".join(f"{hour}:{minute:02d}" for hour in range(24) for minute in (0, 15, 30, 45)),
        "20240513 20241115 20240101，20240513-20241115",
        "从 13.215.177.139 换到 15.215.177.201",
        ", ".join(f"13.215.{a}.{b}" for a in range(5) for b in range(100, 250, 7)),
        "2408:4002:1234:5678:9012:3456:7890:1234",
        "fe80::1380:0138:0000",
        "京公网安备 11010502030143 1号，京ICP备2024012345号-1",
        "550e8400-e29b-41d4-a716-446655440000",
        "客服951-880-2299，或 0951-880-2299、+86 951 880 2299",
        "①②③④⑤⑥⑦⑧⑨⑩⑪",
        "H₂O，m²，10²",
    ],
)
def test_lists_dates_prices_and_addresses_stay(text):
    assert mask(text) == text


def test_the_support_line_is_the_procedures():
    assert re.sub(r"\D", "", load_knowledge().phone) == SUPPORT_LINE


DIGITS = "0123456789" + "".join("".join(STYLES[style]) for style in ("full width", "circled", "raised"))
AREAS = st.sampled_from(["330113", "330114", "330199", "110105", "999999", "441900"])
DATES = st.dates().map(lambda date: date.strftime("%Y%m%d").rjust(8, "0"))
RUNS = st.one_of(
    st.text(DIGITS, min_size=1, max_size=40),
    st.from_regex(r"\A[1-8][0-9]{5}(18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9X]\Z"),
    st.builds("{}{}{:03d}{}".format, AREAS, DATES, st.integers(0, 999), st.sampled_from("0123456789X")),
    st.text(st.sampled_from("0123456789ABCDEFXYZ -.:、\n\x00\u200b()+"), max_size=60),
)


@settings(max_examples=examples(100))
@given(st.lists(RUNS, min_size=50, max_size=50), st.sampled_from(["", " ", "号", "-", "\n"]))
def test_no_run_of_digits_stops_masking(runs, between):
    """5,000 runs; `make fuzz EXAMPLES=20000` draws a million."""
    for run in runs:
        once = mask(run)
        assert mask(once) == once
    together = mask(between.join(runs))
    assert mask(together) == together


def test_what_a_code_leaves_of_longer_digits_is_looked_at_again():
    assert mask("①3000²00000924160817132117090") == "〔手机号〕〔信用代码〕"


@given(st.text(max_size=300))
def test_any_text_is_masked_and_masked_again_to_the_same(text):
    once = mask(text)
    assert mask(once) == once


HOSTILE = [
    "1",
    "13",
    "4",
    "6 ",
    "1-",
    "1①",
    "5\n",
    "1:",
    "1.1.1.",
    "a@",
    "@",
    "a@b点",
    "点",
    "艾特a",
    "(at)",
    "86 ",
]
HOSTILE += [
    "9 1 1 1 0 ",
    "Y1",
    "91110000",
    "110105194912310021 ",
    "1\x00",
    "::",
    "1::",
    "2024-01-01 ",
    "0 1 0 ",
]


def _calls(text):
    """How many functions are called, of Python and of its libraries: a measure that no other load changes."""
    count = 0

    def step(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        masking.replace._masked.__wrapped__(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_work_grows_with_the_length_of_the_text_alone(piece):
    short, long = (_calls((piece * 4000)[:size]) for size in (1000, 4000))
    assert long <= 4.4 * short + 100
    assert long < 150 * 4000
