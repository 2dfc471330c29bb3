"""Who writes in English is told once a reply that the answers are in Chinese."""

import pytest

from beian.text.languages import is_english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("How long does the review take?", True),
        ("deadline", False),
        ("ICP备案 what documents do I need", False),
        ("cn beian 2026 2027", False),
        ("审核要多久", False),
    ],
)
def test_what_counts_as_english(text, english):
    assert is_english(text) is english


def test_the_reply_has_one_line_in_english(answer, kb):
    line = kb.phrase("languages", "english")
    reply, state = answer("How long does the review of the ICP filing change take?")
    assert reply.text.endswith(line)
    assert reply.text.count(line) == 1
    assert line not in answer("审核要多久", after=state)[0].text


def test_a_list_asked_for_in_english_is_the_list(answer):
    reply, _ = answer("What documents do I need to change the legal representative?")
    assert reply.facts[0] == "materials.subject_info.enterprise"
    assert not reply.text.startswith("要，")
