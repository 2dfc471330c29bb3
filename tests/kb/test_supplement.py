"""The second layer is loaded, checked, and says nothing that its entries do not hold."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from beian.answers.render import fact_text
from beian.kb import KnowledgeError, default_path, load_knowledge, read_knowledge
from beian.kb.supplement import LINKED_KINDS, REVIEW_DAYS, SupplementSource
from beian.supplement.words import block, conflict_line, entry_of, marker, sources_text

KB = load_knowledge()
LAYER = KB.supplement
FACTS, CONFLICTS = list(LAYER.facts.values()), LAYER.conflicts
NUMBER = re.compile(r"\d+(?:[.:-]\d+)*")
DOCUMENT = re.compile(r"《[^》]+》")


def held(entry) -> str:
    """Everything that an entry and its sources hold."""
    sources = " ".join(f"{source.publisher} {source.title} {source.date}" for source in entry.sources)
    own = (
        f"{entry.title} {entry.words} {entry.hedge or ''}"
        if hasattr(entry, "words")
        else f"{entry.title} {entry.others_say} {LAYER.closing}"
    )
    return f"{own} {sources}"


def test_all_themes_of_the_layer_have_facts():
    assert len(FACTS) > 350 and len(CONFLICTS) > 20
    assert set(LAYER.by_theme) <= set(KB.themes)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_no_number_date_or_document_is_said_that_the_entry_does_not_hold(fact):
    text = block((fact,), KB)
    # numbers of steps are the layout's
    plain = re.sub(r"^\d+\. ", "", text, flags=re.MULTILINE)
    assert set(NUMBER.findall(plain)) <= set(NUMBER.findall(held(fact)))
    assert set(DOCUMENT.findall(text)) <= set(DOCUMENT.findall(held(fact)))
    assert all(line in text for _, lines in fact.body for line in lines)
    assert (fact.hedge or "") in text


@pytest.mark.parametrize("point", CONFLICTS, ids=lambda point: point.id)
def test_every_difference_has_its_one_marked_line(point):
    line = conflict_line(point, KB)
    assert line.startswith(marker(KB)) and "\n" not in line
    assert point.others_say in line and LAYER.closing in line
    assert set(NUMBER.findall(line)) <= set(NUMBER.findall(held(point)))
    assert point.always or point.asked


@pytest.mark.parametrize("point", CONFLICTS, ids=lambda point: point.id)
def test_a_difference_quotes_only_numbers_of_the_document(point):
    texts = " ".join(fact_text(KB.facts[fact]) for fact in point.facts)
    counted = {number.lstrip("0") for number in NUMBER.findall(point.document_says)}
    listed = {str(len(KB.facts[fact].items)) for fact in point.facts}
    assert counted <= set(NUMBER.findall(texts)) | listed


def test_links_lead_only_to_official_and_provider_pages():
    linked = [
        (source, shown)
        for entry in (*FACTS, *CONFLICTS)
        for source, shown in zip(entry.sources, entry_of(entry, KB)["sources"], strict=True)
        if "url" in shown
    ]
    assert linked
    assert {source.kind for source, _ in linked} == set(LINKED_KINDS)
    assert all(re.fullmatch(r"https://[\x21-\x7e]+", shown["url"]) for _, shown in linked)
    assert SupplementSource("x", "某站", "题", "reprint", "unknown", "https://example.com").link is None


def test_a_repository_file_becomes_a_page():
    source = SupplementSource("x", "某云", "题", "provider", "unknown", "github:owner/name:目录/文件.md")
    assert source.link == "https://github.com/owner/name/blob/HEAD/%E7%9B%AE%E5%BD%95/%E6%96%87%E4%BB%B6.md"


def test_a_source_without_a_date_says_so():
    undated = SupplementSource("x", "某云", "题", "provider", "unknown")
    older, newer = (
        SupplementSource(day, "某局", "题", "official", day) for day in ("2020-01-01", "2025-01-01")
    )
    assert sources_text((undated, older, newer), KB) == "（来源：某云，日期不详；某局，2025-01-01）"


def test_a_fact_is_due_for_review_after_half_a_year():
    reviewed = min(fact.reviewed_on for fact in FACTS)
    assert LAYER.overdue(reviewed + timedelta(days=REVIEW_DAYS)) == []
    assert LAYER.overdue(reviewed + timedelta(days=REVIEW_DAYS + 1))


def test_weak_facts_are_not_shown():
    assert {fact.shown for fact in FACTS if fact.confidence == "low"} == {False}
    assert all(fact.shown for fact in FACTS if fact.confidence != "low")


FAULTS = {
    "unknown source": (
        "supplement/validity.yml",
        "sources: [",
        "sources: [nobody, ",
        "引用了不存在的来源 nobody",
    ),
    "unknown theme": ("supplement/validity.yml", "theme: validity", "theme: valid", "与文件名不同"),
    "unknown other theme": ("supplement/validity.yml", "also: [", "also: [nothing, ", "不存在的主题 nothing"),
    "repeated id": (
        "supplement/validity.yml",
        "id: supplement.validity.annual",
        "id: supplement.validity.validity",
        "重复",
    ),
    "question of the document": (
        "supplement/validity.yml",
        "question: 备案会过期吗",
        "question: 什么是备案变更",
        "overview.definition 重复",
    ),
    "unknown key": ("supplement/validity.yml", "    hedge:", "    hegde:", "不认识的键 hegde"),
    "no such day": ("supplement/validity.yml", '"2026-11-27"', '"2026-11-31"', "没有 2026-11-31 这一天"),
    "link to a reprint": ("sources.yml", "kind: provider, ", "kind: reprint, ", "不能带网址"),
    "difference from no fact": (
        "conflicts.yml",
        "fact: type.subject_transfer",
        "fact: type.nothing",
        "不存在的事实 type.nothing",
    ),
    "difference nobody asks for": ("conflicts.yml", "    show: always", "    show: when_asked", "缺少 asked"),
    "broken file": ("supplement/validity.yml", "facts:", "facts: [", "YAML 写法有误"),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    return shutil.copytree(default_path(), tmp_path_factory.mktemp("kb") / "kb")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_place_and_remedy(copied, fault):
    file, old, new, said = FAULTS[fault]
    path = copied / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        # Not the one that is remembered: others hold on to the knowledge base of this checkout.
        with pytest.raises(KnowledgeError) as caught:
            read_knowledge(copied)
    finally:
        path.write_text(text, encoding="utf-8")
    lines = [line for line in caught.value.problems if said in line]
    assert lines and lines[0].startswith(f"[{file}"), caught.value.problems
    assert "请" in lines[0]


def test_the_versions_know_the_layer_but_training_does_not(copied):
    from beian.kb.load import version_of
    from beian.kb.trained import training_version

    path = copied / "supplement" / "fees.yml"
    text = path.read_text(encoding="utf-8")
    before = version_of(copied), training_version(copied)
    path.write_text(f"{text}# looked at again\n", encoding="utf-8")
    assert version_of(copied) != before[0]
    assert training_version(copied) == before[1]
    path.write_text(text, encoding="utf-8")


def test_days_are_days():
    assert all(isinstance(entry.reviewed_on, date) for entry in (*FACTS, *CONFLICTS))
