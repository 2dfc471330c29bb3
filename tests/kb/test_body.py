"""The body of a fact as lines of text."""

from beian.kb.body import body_lines


def test_each_kind_of_block_has_its_form():
    body = [("text", ["先看"]), ("list", ["甲", "乙"]), ("steps", ["一步", "两步"])]
    assert body_lines(body) == ["先看", "· 甲", "· 乙", "1. 一步", "2. 两步"]
