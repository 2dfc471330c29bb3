"""Every fact can be said in fewer words, with its own numbers only."""

import re
from datetime import date

import pytest

from beian.answers.brief import brief, brief_of, brief_text
from beian.answers.render import fact_text
from beian.calendar.deadline_text import span_text
from beian.calendar.span import Span
from beian.kb import Fact, load_knowledge

KB = load_knowledge()
_FIGURE = re.compile(r"\d[\d-]*")


@pytest.mark.parametrize("fact_id", KB.facts)
def test_shorter_with_the_same_numbers(fact_id):
    fact = KB.facts[fact_id]
    whole, short = fact_text(fact), brief(fact, KB)
    assert len(short) < 0.8 * len(whole) or len(short) < 20
    assert set(_FIGURE.findall(short)) <= set(_FIGURE.findall(whole))


@pytest.mark.parametrize(
    ("fact_id", "parts"),
    [
        ("timeline.review", ["3-20个工作日"]),
        ("timeline.submit_deadline", ["30日", "罚款", "注销"]),
        ("timeline.resubmit_deadline", ["30日", "重新备案"]),
        ("notice.responsible_person", ["18周岁"]),
        ("notice.naming", ["中国", "中华", "国家", "政府", "特殊审批除外"]),
        ("notice.overview", ["5 点", "30日内", "18周岁"]),
        ("procedure.overview", ["5 步", "3-20个工作日", " → "]),
        ("overview.types", ["5 种", "主体过户"]),
        ("rejection.overview", ["4 种", "主体与域名不一致"]),
        ("materials.subject_info.enterprise", ["加盖公章", "如有", "身份证正反面照片", "联系方式"]),
        ("contact.support", ["951-880-2299"]),
    ],
)
def test_what_matters_is_kept(fact_id, parts):
    assert all(part in brief(KB.facts[fact_id], KB) for part in parts)


def test_every_entry_names_a_fact():
    assert set(KB.phrases["brief"]) <= set(KB.facts)


def test_several_are_told_apart_by_their_titles():
    facts = [KB.facts["timeline.review"], KB.facts["timeline.submit_deadline"]]
    first, second = brief_text(facts, KB, {"timeline.submit_deadline": "最晚提交：明天。"}).splitlines()
    assert first.startswith("审核要多久：管局审核")
    assert second == "变更要在多久内提交：最晚提交：明天。"


def test_a_fact_without_a_wording_of_its_own_is_shortened_by_names(monkeypatch):
    monkeypatch.setitem(KB.phrases, "brief", {})
    assert brief(KB.facts["timeline.review"], KB) == fact_text(KB.facts["timeline.review"])
    assert brief(KB.facts["notice.server_locality"], KB) == "个人备案、企业备案。"


def test_what_was_worked_out_in_short():
    today = date(2026, 11, 10)
    part = span_text("timeline.submit_deadline", Span(date(2026, 10, 18), date(2026, 10, 18)), today, KB)
    short = brief_of(part)
    assert short == part.card["title"] + "。"
    assert "2026年11月17日" in short
    assert "2026年10月18日" not in short


@pytest.mark.parametrize(("lead", "end"), [("要交：", "。"), ("要交的有身份证、照片等：", "等。")])
def test_a_list_that_the_document_leaves_open_stays_so(lead, end):
    fact = Fact("x.y", "材料", "要什么", ("材料",), (("text", (lead,)), ("list", ("身份证", "照片"))))
    assert brief(fact, KB) == f"身份证、照片{end}"
