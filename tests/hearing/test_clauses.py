"""The clauses that stand in a message."""

import pytest

from beian.hearing.clauses import clause_around, clauses_in


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("昨天换的法人", ["昨天换的法人"]),
        ("昨天换的,要交什么？急", ["昨天换的", "要交什么", "急"]),
        ("", [""]),
    ],
)
def test_they_end_with_a_sign(text, clauses):
    assert clauses_in(text) == clauses


@pytest.mark.parametrize(
    ("text", "word", "clause"),
    [
        ("公司搬了，电话没换，要交吗", "电话", "电话没换"),
        ("电话没换", "电话", "电话没换"),
        ("要交吗？电话", "电话", "电话"),
    ],
)
def test_the_one_around_a_word(text, word, clause):
    place = text.index(word)
    assert clause_around(text, place, place + len(word)) == clause
