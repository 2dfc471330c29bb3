"""The second step chooses by phrasings, by the theme, and knows when nothing fits."""

import numpy as np
import pytest

from beian.nlu import encoders
from beian.supplement.choose import Chooser, Entry, Read
from beian.supplement.grams import Likeness, TextShares, grams_of
from beian.supplement.layer import LEADS
from beian.supplement.weights import FACTS
from bench.supplement_fit import fit

ENTRIES = (
    Entry(
        "time",
        ("接入备案要多久", "转入备案几天能好"),
        "初审约两个工作日，管局一般二十个工作日。",
        ("access",),
    ),
    Entry("papers", ("接入备案要什么材料", "转入备案要交什么"), "主体证件、域名、服务器。", ("access",)),
    Entry("fee", ("备案要钱吗", "变更收费吗"), "备案本身不收费。", ("fees",)),
)


@pytest.fixture(params=["with the encoder", "without it"])
def chooser(request, monkeypatch, tmp_path):
    if request.param == "without it":
        monkeypatch.setattr(encoders, "load_encoder", lambda _name: None)
    return Chooser(ENTRIES, FACTS, tmp_path)


@pytest.mark.parametrize(
    ("text", "theme", "wanted"),
    [
        ("接入大概几天", "access", "time"),
        ("转入要哪些材料", "access", "papers"),
        ("这个收钱吗", "fees", "fee"),
    ],
)
def test_the_nearest_phrasing_wins(chooser, text, theme, wanted):
    assert chooser.chances(text, Read.of_theme(theme, 0.9))[0][0] == wanted


def test_what_fits_nothing_is_left_to_none(chooser):
    assert sum(chance for _, chance in chooser.chances("今天天气怎么样", Read({}, 0.0))) < LEADS


def test_the_theme_counts(chooser):
    likely = dict(chooser.chances("要多久", Read.of_theme("access", 0.9)))
    unlikely = dict(chooser.chances("要多久", Read({}, 0.9)))
    assert likely["time"] > unlikely["time"]


def test_a_theme_that_is_answered_besides_counts_less(tmp_path, monkeypatch):
    monkeypatch.setattr(encoders, "load_encoder", lambda _name: None)
    both = Entry("both", ("办接入要钱吗",), "不收费。", ("access", "fees"))
    chances = [
        dict(Chooser([both], FACTS, tmp_path).chances("要钱吗", Read.of_theme(theme)))["both"]
        for theme in ("access", "fees", "other")
    ]
    assert chances[0] > chances[1] > chances[2]


def test_only_what_is_allowed_is_chosen(chooser):
    ranked = chooser.chances("接入备案要多久", None, lambda entry: entry.id != "time")
    assert dict(ranked)["time"] == 0.0


def test_what_was_worked_out_is_used_again(tmp_path, monkeypatch):
    if encoders.load_encoder(encoders.ENCODER) is None:
        pytest.skip("the encoder is not installed")
    first = Chooser(ENTRIES, FACTS, tmp_path).chances("接入几天", Read.of_theme("access", 0.9))
    monkeypatch.setattr(encoders, "encode_many", None)
    assert Chooser(ENTRIES, FACTS, tmp_path).chances("接入几天", Read.of_theme("access", 0.9)) == first


def test_a_broken_or_forbidden_cache_changes_nothing(tmp_path):
    expected = Chooser(ENTRIES, FACTS, tmp_path).chances("接入几天")
    for file in tmp_path.iterdir():
        file.write_bytes(b"broken")
    again = Chooser(ENTRIES, FACTS, tmp_path).chances("接入几天")
    (tmp_path / "file").write_text("")
    nowhere = Chooser(ENTRIES, FACTS, tmp_path / "file").chances("接入几天")
    for found in (again, nowhere):
        assert [name for name, _ in found] == [name for name, _ in expected]
        assert np.allclose([c for _, c in found], [c for _, c in expected], atol=1e-4)


def test_pieces_and_likeness():
    assert grams_of("备案号", 2) == ["备", "案", "号", "备案", "案号"]
    likeness = Likeness(["备案要多久", "服务器"])
    assert likeness.to("备案要多久")[0] == pytest.approx(1.0)
    assert likeness.to("域名")[1] == 0.0
    assert TextShares(["备案号", "域名"]).of("备案")[0] == pytest.approx(1.0)
    assert TextShares(["备案号"]).of("？").tolist() == [0.0]


def test_weights_are_found_that_tell_entries_apart_and_none_of_them():
    """Of two features one tells which entry is asked for, the other nothing; a reading tells none."""
    lots = np.random.default_rng(1)
    wanted = np.zeros((60, 5), dtype=bool)
    wanted[np.arange(40), lots.integers(0, 5, 40)] = True
    features = np.stack([wanted + lots.normal(0, 0.2, wanted.shape), lots.normal(0, 1, wanted.shape)], axis=2)
    readings = np.stack([~wanted.any(axis=1) + lots.normal(0, 0.2, 60), lots.normal(0, 1, 60)], axis=1)
    weights, of_none, none = fit(features, readings, wanted, penalty=0.01)
    assert weights[0] > 10 * abs(weights[1])
    assert of_none[0] > 5 * abs(of_none[1])
    scores = features @ weights
    assert (scores[:40].argmax(axis=1) == wanted[:40].argmax(axis=1)).mean() > 0.9
    assert (scores[40:].max(axis=1) < none + readings[40:] @ of_none).mean() > 0.9


def test_none_is_likelier_the_surer_something_else_was_read(chooser):
    left = [
        1
        - sum(
            chance for _, chance in chooser.chances("转入要哪些材料", Read({"access": 0.2}, 0.2, alone=alone))
        )
        for alone in (0.0, 0.5, 1.0)
    ]
    assert left[0] < left[1] < left[2]
