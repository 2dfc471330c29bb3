"""Signs in other styles, and those that are not seen."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from beian.masking.signs import WORTH_A_LOOK, see


def test_every_sign_with_the_value_of_a_digit_is_one():
    for code in range(0x110000):
        char = chr(code)
        if unicodedata.digit(char, None) is not None:
            assert WORTH_A_LOOK.search(char), hex(code)
            assert see(char).flat == str(unicodedata.digit(char)), hex(code)


def test_what_is_not_seen_is_left_out_and_found_again():
    seen = see("a\u200b1\ufe0f\u20e3\x00号")
    assert seen.flat == "a1号"
    assert seen.original(1, 2) == (2, 6)


def test_letters_that_look_like_nothing_are_not_seen():
    assert see("1\u115f3\u11608\u28000\u31640\uffa01").flat == "138001"


def test_spaces_and_lines():
    assert see("1\t2\u30003\u20284\r\n5").flat.replace("\u2028", "\n") == "1 2 3\n4\n\n5"


@given(st.text())
def test_each_seen_sign_has_its_place(text):
    seen = see(text)
    assert len(seen.places) == len(seen.flat)
    assert list(seen.places) == sorted(set(seen.places))
