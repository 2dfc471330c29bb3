"""Lots drawn by content: nothing beside a text changes what is drawn for it."""

from hypothesis import given
from hypothesis import strategies as st

from beian.nlu.draw import Once, by_lot, lot, one_of

TEXTS = st.lists(st.text(min_size=1), min_size=2, unique=True)


@given(st.text())
def test_a_lot_is_a_number_from_0_up_to_1_and_stays(text):
    assert 0 <= lot(text, "held") < 1
    assert lot(text, "held") == lot(text, "held")


def test_for_different_purposes_different_lots_are_drawn():
    assert len({lot("审核要多久", purpose) for purpose in "abcdef"}) == 6


@given(TEXTS)
def test_an_order_stays_when_one_is_taken_out(texts):
    whole = by_lot(texts, "order")
    without = by_lot(texts[1:], "order")
    assert without == [text for text in whole if text != texts[0]]


def test_one_is_drawn_for_a_text_whatever_is_drawn_before():
    items = list(range(100))
    assert [one_of(items, text, "x") for text in "abc"] == [one_of(items, text, "x") for text in "abc"]


@given(TEXTS)
def test_none_is_drawn_twice_before_all_were(texts):
    draw = Once(range(len(texts)), "noun")
    assert sorted(draw(text) for text in texts) == list(range(len(texts)))
    # then they begin again
    assert draw(texts[0]) in range(len(texts))


def test_most_draws_stay_when_a_text_is_taken_out():
    texts, items = [f"第{number}句" for number in range(200)], range(2000)
    draw, other = Once(items, "noun"), Once(items, "noun")
    whole = {text: draw(text) for text in texts}
    without = {text: other(text) for text in texts[1:]}
    assert sum(whole[text] == without[text] for text in texts[1:]) >= 190
