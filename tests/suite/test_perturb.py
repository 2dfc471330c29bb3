"""Mistyped messages are the same at every run."""

import pytest

from beian_suite.perturb import KINDS, _homophones, perturb

hypothesis = pytest.importorskip("hypothesis")
pytest.importorskip("opencc")
pytest.importorskip("pypinyin")
st = hypothesis.strategies

TEXT = "网站负责人变更要交什么材料"


def test_fixed() -> None:
    assert perturb("traditional", TEXT) == "網站負責人變更要交什麼材料"
    for kind in KINDS:
        assert perturb(kind, TEXT) == perturb(kind, TEXT) != TEXT


def test_a_homophone_sounds_the_same() -> None:
    changed = perturb("homophone", TEXT)
    ((old, new),) = [
        (a, b)
        for a, b in zip(TEXT, changed)  # noqa: B905 - Python 3.9 has no strict
        if a != b
    ]
    assert new in _homophones()[old]


@hypothesis.given(st.text(alphabet="备案变更审核要多久abc 1？", max_size=30), st.sampled_from(KINDS))
def test_at_most_one_character_more_or_less(text: str, kind: str) -> None:
    assert abs(len(perturb(kind, text)) - len(text)) <= 1


@pytest.mark.parametrize("text", ["", "ok", "？"])
def test_nothing_to_change(text: str) -> None:
    assert [perturb(kind, text) for kind in KINDS] == [text] * 3
