import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian.text.acceptable import RejectedError, acceptable, readable


@given(st.text())
def test_readable_text_can_be_stored_and_sent(text):
    readable(text).encode("utf-8")
    assert "\x00" not in readable(text)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\x00\x00", "\ud800", "\u202e", "\u3000\n"])
def test_what_shows_nothing_is_empty(text):
    with pytest.raises(RejectedError) as rejected:
        acceptable(text, 10)
    assert rejected.value.phrase == "empty"


def test_length_is_counted_in_characters_that_show():
    assert acceptable(" " * 100 + "变" * 10, 1000) == "变" * 10
    assert acceptable("😀" * 10, 10) == "😀" * 10
    with pytest.raises(RejectedError) as rejected:
        acceptable("变" * 11, 10)
    assert rejected.value.phrase == "too_long"


@pytest.mark.parametrize("text", ["/a", "\x00/a", " /a", "\ud800/a"])
def test_a_leading_slash_becomes_a_plain_character(text):
    assert acceptable(text, 10) == "／a"
