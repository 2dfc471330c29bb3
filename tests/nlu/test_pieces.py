"""Which stretches of a message are looked at by themselves."""

import pytest

from beian.nlu.pieces import closings_of, cut_up, encoded_pieces
from beian.text.clauses import split_clauses


def test_a_list_of_keywords_asks_for_each_of_them():
    assert cut_up("驳回后步骤 / 人工热线")[1] == ["驳回后步骤", "人工热线"]


@pytest.mark.parametrize("text", ["换了法人,材料没备齐", "没通过 / 材料不齐", "tcp/ip"])
def test_what_is_told_or_denied_is_no_list_of_keywords(text):
    assert cut_up(text)[1] == []


def test_a_long_telling_is_looked_at_from_its_last_question():
    clauses = split_clauses("我开花店的,昨天刚搬家,店里乱成一团,执照换了,备案要改吗,急用")
    assert closings_of(clauses)[:2] == ["备案要改吗,急用", "执照换了,备案要改吗,急用"]
    assert len(closings_of(clauses)) == 4


def test_a_short_message_is_looked_at_as_a_whole():
    assert closings_of(split_clauses("执照换了,备案要改吗")) == []


def test_the_ends_of_a_telling_are_encoded():
    text = "我开花店的,昨天刚搬家,执照换了,备案要改吗"
    assert set(closings_of(split_clauses(text))) <= set(encoded_pieces([text]))
