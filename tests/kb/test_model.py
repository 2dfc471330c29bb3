"""What the rest of the code asks the knowledge base."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from beian.kb import default_path, load_knowledge
from beian.kb.facts import Aspect, Fact, Theme, Topic

KB = load_knowledge()


def test_it_is_loaded_once():
    # Twice anew: a few others may have been loaded since this file was.
    assert load_knowledge() is load_knowledge()


def test_it_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        KB.phone = "110"


def test_it_is_found_from_any_folder(tmp_path):
    code = "from beian.kb import load_knowledge; print(load_knowledge().version)"
    root = str(Path(__file__).resolve().parents[2])
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == KB.version


def test_it_knows_nothing_of_rasa():
    code = "import sys, beian.kb as kb; kb.load_knowledge(); print([m for m in sys.modules if 'rasa' in m])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_terms_by_id_and_name():
    assert KB.term("item", "server").name == "服务器"
    assert KB.name_of("change_type", "subject_info") == "主体信息变更"
    assert KB.term("item", "subject_info") is None
    assert KB.name_of("item", None) is None


def test_words_are_without_repeats_and_hold_every_alias():
    assert len(KB.words) == len(set(KB.words))
    assert {"主体信息变更", "换老板", "ECS", "备案", "管局"} <= set(KB.words)


def test_questions_stand_for_every_fact_and_topic_once():
    assert sorted(KB.questions.values()) == sorted([*KB.facts, *KB.topics])
    assert KB.questions[KB.question_of("timeline.review")] == "timeline.review"
    assert KB.question_of("type.replace_domain") == KB.topics["type.replace_domain"].question
    assert KB.title_of("type.replace_domain") == KB.topics["type.replace_domain"].title


def test_facts_of_a_label():
    assert KB.facts_of_label("timeline.review") == ("timeline.review",)
    assert KB.facts_of_label("type.replace_domain") == ("type.add_website", "type.cancel_website")
    assert KB.facts_of_label("timeline.gone") == ()


def test_a_facts_section_and_entries():
    fact = KB.facts["materials.subject_info.individual"]
    assert fact.section_path == "备案变更操作流程 › (二)准备变更材料 › 主体信息变更 › 个人变更"
    assert fact.items == ("新的身份证正反面照片", "新的联系方式")
    assert KB.facts["timeline.review"].items == ()


def test_every_fact_belongs_to_the_document():
    assert {fact.layer for fact in KB.facts.values()} == {"procedure"}


def test_what_awaits_which_day_or_word():
    awaited = {aspect.awaits: aspect.id for aspect in KB.aspects.values() if aspect.awaits}
    assert awaited == {
        "changed": "submit_deadline",
        "rejected": "resubmit_deadline",
        "submitted": "review_time",
        "site_name": "naming",
        "birth": "person",
    }


def test_every_fact_has_an_aspect_and_every_aspect_but_fees_a_fact():
    used = {fact.aspect for fact in KB.facts.values()}
    assert used | {"fee"} == set(KB.aspects)


def test_what_widens_a_case_and_what_entries_stand_for():
    fact = KB.facts["access.subject_or_responsible_change"]
    assert fact.concerns == {
        "change_type": ("subject_info", "subject_transfer"),
        "item": ("responsible_person",),
    }
    assert KB.facts["notice.overview"].lists[0] == "timeline.submit_deadline"
    assert KB.facts["timeline.review"].lists == ()
    assert KB.themes["content_type_materials"].concerns == {"item": ("content_type",)}


def test_the_schema_has_the_fields_that_the_code_knows():
    schema = json.loads((default_path() / "schema" / "procedure.json").read_text(encoding="utf-8"))
    for part, model in (("facts", Fact), ("aspects", Aspect), ("topics", Topic)):
        fields = {field.name for field in dataclasses.fields(model)}
        assert set(schema["properties"][part]["items"]["properties"]) == fields
    schema = json.loads((default_path() / "schema" / "themes.json").read_text(encoding="utf-8"))
    fields = {field.name for field in dataclasses.fields(Theme)}
    assert set(schema["properties"]["themes"]["items"]["properties"]) == fields


def test_the_schemas_name_every_field_for_people():
    """An editor shows these titles beside the fields."""

    def fields(node):
        if isinstance(node, dict):
            for name, field in (node.get("properties") or {}).items():
                yield name, field
                yield from fields(field)
            for key in ("items", "oneOf"):
                yield from fields(node.get(key))
        elif isinstance(node, list):
            for entry in node:
                yield from fields(entry)

    for file in (default_path() / "schema").glob("*.json"):
        schema = json.loads(file.read_text(encoding="utf-8"))
        assert schema["additionalProperties"] is False or "properties" in schema
        for name, field in fields(schema):
            assert field.get("title"), f"{file.name}: {name}"


def test_what_is_worked_out_from_a_day_or_a_name_is_found_by_that():
    kb = load_knowledge()
    assert kb.awaiting("changed") == ("timeline.submit_deadline",)
    assert kb.awaiting("submitted", "rejected") == ("timeline.review", "timeline.resubmit_deadline")
    assert kb.awaiting("site_name") == ("notice.naming",)
    assert kb.awaiting("nothing") == ()
