"""Check digits as python-stdnum knows them, and what happens where it fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from beian.masking import ID_NUMBER, check_digits, mask
from beian.masking.check_digits import is_credit_code, is_luhn, is_resident_id, passes

# A known province, an area that is not listed, a right date and check digit: stdnum raises KeyError.
UNKNOWN_AREA = "330199202611270018"


@given(st.text("0123456789", min_size=1, max_size=19))
def test_luhn(number):
    assert is_luhn(number) == luhn.is_valid(number)


@given(st.from_regex(r"\A[159][1239][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}\Z"))
def test_credit_codes(body):
    right = body + uscc.calc_check_digit(body + "0")
    assert is_credit_code(right)
    assert uscc.is_valid(right)
    for last in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        assert is_credit_code(body + last) == (body + last == right)


@pytest.mark.parametrize("code", ["", "9", "91110000600037341I", "91110000600037341LL", "变" * 18])
def test_other_words_are_no_credit_codes(code):
    assert not is_credit_code(code)


def test_a_sign_that_no_code_has_is_none_though_the_sum_is_right():
    """An unknown sign must not count as the last of the alphabet, which is one less than 31."""
    body = "9111000060003734Y"
    right = body + uscc.calc_check_digit(body + "0")
    assert is_credit_code(right)
    assert not is_credit_code(right.replace("Y", "I"))


@given(st.text("0123456789", min_size=17, max_size=17))
def test_resident_ids(body):
    right = ric.calc_check_digit(body + "0")
    assert [last for last in "0123456789X" if is_resident_id(body + last)] == [right]


def test_an_area_that_is_not_listed_stops_nothing():
    assert is_resident_id(UNKNOWN_AREA)
    assert mask(f"我的受理单号是{UNKNOWN_AREA}，要多久") == f"我的受理单号是{ID_NUMBER}，要多久"
    assert not passes(ric.is_valid, UNKNOWN_AREA)


@pytest.mark.parametrize("error", [KeyError("county"), ValueError(), RecursionError(), ZeroDivisionError()])
def test_where_a_library_fails_what_it_looks_like_decides(monkeypatch, error):
    def fail(_number):
        raise error

    monkeypatch.setattr(check_digits.ric, "calc_check_digit", fail)
    assert mask("我是110105194912310029号") == f"我是{ID_NUMBER}号"
