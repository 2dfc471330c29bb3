"""The second layer in replies, with meanings made by hand: no model is needed."""

import json
from dataclasses import replace
from datetime import date

import jsonschema
import pytest

from beian.dialogue.answer import reply_to
from beian.hearing.heard import Heard
from beian.kb import load_knowledge
from beian.kb.supplement import Supplement
from beian.meaning.said import said_of
from beian.meaning.state import Discourse, Matter
from beian.reading.meaning import Meaning
from beian.settings import ROOT
from beian.supplement.words import marker

KB = load_knowledge()
TODAY = date(2026, 11, 27)
MARK = marker(KB)
SCHEMA = json.loads((ROOT / "docs" / "reply.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def on(monkeypatch):
    monkeypatch.delenv("BEIAN_SUPPLEMENT", raising=False)
    monkeypatch.delenv("BEIAN_SUPPLEMENT_WITHOUT", raising=False)


def heard(text: str, target: str, *, manner: str = "ask", chance: float = 0.95, alone: float = 0.95) -> Heard:
    meaning = Meaning("answer", (target,), manner, chance, ranking=((target, chance), ("", 0.0)), alone=alone)
    return Heard(meaning, said_of(text, [], KB), (), TODAY)


def say(text: str, target: str, state: Discourse | None = None, kb=KB, **how):
    """The reply and the state, checked against the contract."""
    reply, after = reply_to(heard(text, target, **how), state or Discourse(), TODAY, kb)
    message = {"recipient_id": "x", **reply.as_message({}, kb)}
    if not message["buttons"]:
        del message["buttons"]
    jsonschema.validate(message, SCHEMA)
    apart(reply)
    assert Discourse.from_slot(json.loads(json.dumps(after.as_slot()))) == after
    return reply, after


def apart(reply) -> None:
    """No paragraph holds both layers, and nothing of the second is among the facts."""
    assert not any(fact.startswith(("supplement", "conflict")) for fact in reply.facts)
    for paragraph in reply.text.split("\n\n"):
        assert MARK not in paragraph[1:], paragraph
    for entry in reply.extra.get("supplement", []):
        blocks = [part for part in reply.text.split("\n\n") if part.startswith(MARK)]
        assert any(entry["text"] in part for part in blocks)


def ids(reply) -> list[str]:
    return [entry["id"] for entry in reply.extra.get("supplement", [])]


def test_an_open_theme_is_uncovered_first_and_then_has_its_block():
    reply, after = say("ICP备案每年都要年审吗", "uncovered/validity")
    first, second, _, *_ = reply.text.split("\n\n")
    assert reply.status == "uncovered" and reply.facts == ("contact.support",)
    assert first == "关于“备案的有效期与年审”，现有的流程文档没有说明。"
    assert second.startswith(f"{MARK}\n") and "湖北2020年" in second
    assert second.endswith("（来源：原信息产业部（现工信部），2005-03-20 起施行；腾讯云文档，2020）")
    assert ids(reply) == ["supplement.validity.annual"] and after.supplement == tuple(ids(reply))
    assert KB.phone in reply.text.split("\n\n")[2]


def without_layer(kb):
    return replace(kb, supplement=Supplement())


TALK = [
    ("ICP备案每年都要年审吗", "uncovered/validity"),
    ("真的吗", "uncovered/validity"),
    ("1", "out_of_scope"),
    ("过户要什么材料", "materials.subject_transfer"),
    ("最晚什么时候提交", "timeline.submit_deadline"),
    ("上传照片有大小要求吗", "uncovered/material_format"),
    ("营业执照拍正本还是副本", "out_of_scope"),
]


def test_off_is_exactly_as_without_the_layer(monkeypatch):
    monkeypatch.setenv("BEIAN_SUPPLEMENT", "off")
    empty = without_layer(KB)
    state = bare = Discourse()
    for text, target in TALK:
        reply, state = say(text, target, state)
        plain, bare = say(text, target, bare, empty)
        assert (reply, state) == (plain, bare)
        assert MARK not in reply.text


def test_a_theme_left_out_is_as_without_the_layer(monkeypatch):
    monkeypatch.setenv("BEIAN_SUPPLEMENT_WITHOUT", "validity")
    plain, _ = say("ICP备案每年都要年审吗", "uncovered/validity", kb=without_layer(KB))
    assert say("ICP备案每年都要年审吗", "uncovered/validity")[0] == plain
    assert ids(say("备案要收费吗", "uncovered/fees")[0])


def test_a_weak_fact_is_not_shown_and_nothing_else_instead():
    reply, _ = say("备案黑名单多久自动解除", "uncovered/blacklist_removal")
    assert not ids(reply) and MARK not in reply.text


def test_titles_are_offered_where_it_is_not_clear_and_a_number_picks():
    reply, after = say("接入备案", "uncovered/access_provider")
    assert reply.status == "uncovered" and after.asked.kind == "supplement"
    assert [button["title"] for button in reply.buttons] == reply.card["items"]
    assert 2 <= len(reply.buttons) <= 3
    told, later = say("2", "out_of_scope", after)
    assert ids(told) == [after.asked.options[1]]
    other, _ = say(reply.buttons[0]["payload"], "materials.overview", later)
    assert ids(other) == [after.asked.options[0]]


def test_what_was_told_is_told_again_and_its_entries_by_number():
    reply, after = say("接入备案的步骤是什么", "uncovered/access_provider")
    assert ids(reply) == ["supplement.access_provider.how"]
    again, after = say("再说一遍", "dialogue/repeat", after)
    assert ids(again) == ids(reply)
    second, after = say("第二步", "uncovered/access_provider", after, manner="entry")
    assert "第 2 项：选一台阿里云内地服务器" in second.text and "初审" not in second.text
    beyond, _ = say("第九步", "uncovered/access_provider", after, manner="entry")
    assert ids(beyond)


def test_a_question_that_needs_what_was_said_stays_in_the_theme():
    _, after = say("换到阿里云备案要重新来一遍吗", "uncovered/access_provider")
    reply, _ = say("那接入要多久", "timeline.review", after, alone=0.4)
    assert ids(reply) == ["supplement.access_provider.time"]
    document, _ = say("管局审核要多久", "timeline.review", after)
    assert document.facts == ("timeline.review",)


def test_keywords_are_answered_by_the_name_of_the_theme():
    reply, _ = say("备案 年审", "uncovered/validity")
    assert reply.text.startswith("关于“备案的有效期与年审”，现有的流程文档没有说明。")


def test_an_open_part_of_a_message_has_its_block_under_its_own_heading():
    text = "公司换法人要什么材料，备案每年要年审吗"
    message = heard(text, "materials.subject_info.enterprise")
    targets = ("materials.subject_info.enterprise", "uncovered/validity")
    message = replace(message, meaning=replace(message.meaning, targets=targets))
    reply, _ = reply_to(message, Discourse(), TODAY, KB)
    apart(reply)
    assert reply.status == "answered" and ids(reply) == ["supplement.validity.annual"]
    *_, heading, told = reply.text.split("\n\n")
    assert heading.startswith(f"【{KB.themes['validity'].title}】") and told.startswith(MARK)
    plain, _ = reply_to(message, Discourse(), TODAY, without_layer(KB))
    assert reply.text.removesuffix(f"\n\n{told}") == plain.text


def test_the_known_kind_of_subject_chooses_between_facts():
    for kind, fact in (("enterprise", "company_materials"), ("individual", "personal_materials")):
        state = Discourse(focus=Matter(subject_kind=kind))
        reply, _ = say("首次备案要准备什么证件", "uncovered/first_filing", state)
        assert ids(reply) == [f"supplement.first_filing.{fact}"]
    # what is named goes before what is known
    reply, _ = say(
        "公司首次备案要准备什么证件",
        "uncovered/first_filing",
        Discourse(focus=Matter(subject_kind="individual")),
    )
    assert ids(reply) == ["supplement.first_filing.company_materials"]


def test_a_day_of_something_else_is_no_day_of_the_case():
    from beian.calendar.dates import find_dates

    text = "昨天刚换好域名实名，今天能提交备案吗"
    message = replace(heard(text, "uncovered/domain_requirements"), days=tuple(find_dates(text, TODAY)))
    reply, after = reply_to(message, Discourse(), TODAY, KB)
    assert reply.status == "uncovered" and after.focus == Matter()


def test_the_layer_never_takes_over_what_the_document_answers():
    text = "营业执照上传正本还是副本"
    for chance in (0.5, 0.9):
        reply, _ = say(text, "materials.subject_info.enterprise", chance=chance)
        assert reply.facts[0] == "materials.subject_info.enterprise"
        assert reply.status == "answered"


@pytest.mark.parametrize(
    "point", [point for point in KB.supplement.conflicts if point.always], ids=lambda p: p.id
)
def test_a_difference_always_told_follows_the_documents_own_answer(point):
    matter = Matter(item=point.item) if point.item else Matter()
    for fact in point.facts:
        state = Discourse(focus=matter)
        question = KB.question_of(fact)
        reply, _ = say(question, fact, state)
        plain, _ = say(question, fact, state, without_layer(KB))
        lines = [part for part in reply.text.split("\n\n") if part.startswith(MARK)]
        assert len(lines) == 1 and point.others_say in lines[0] and "\n" not in lines[0]
        assert [part for part in reply.text.split("\n\n") if part not in lines] == plain.text.split("\n\n")
        assert (reply.status, reply.facts, reply.card) == (plain.status, plain.facts, plain.card)


@pytest.mark.parametrize(
    "point", [point for point in KB.supplement.conflicts if not point.always], ids=lambda p: p.id
)
def test_a_difference_is_told_when_that_very_point_is_asked(point):
    state = Discourse(focus=Matter(item=point.item) if point.item else Matter())
    told = [ids(say(asked, point.facts[0], state)[0]) for asked in point.asked]
    assert all(found == [point.id] for found in told)
    plain, _ = say(KB.question_of(point.facts[0]), point.facts[0], state)
    assert point.id not in ids(plain)


def test_the_deadline_stays_the_documents():
    from beian.calendar.dates import find_dates

    text = "11月3号改的名"
    message = replace(
        heard(text, "timeline.submit_deadline", manner="tell"), days=tuple(find_dates(text, TODAY))
    )
    reply, _ = reply_to(message, Discourse(), TODAY, KB)
    assert "2026年12月3日" in reply.text and ids(reply) == ["conflict.submit_deadline"]
    assert reply.card["type"] == "deadline" and "三十日" not in str(reply.card)


def test_a_difference_is_not_repeated_while_the_same_answer_is_spoken_of():
    _, after = say("过户要什么材料", "materials.subject_transfer")
    reply, _ = say("真的吗", "materials.subject_transfer", after, manner="doubt")
    assert not ids(reply)


def test_the_desks_look_up_shows_the_mark():
    from beian.lookup.lookup import LookUp

    message = heard("ICP备案每年都要年审吗", "uncovered/validity")
    parsed = {"text": message.said.text, "entities": [], "meaning": message.meaning.as_dict()}
    found = LookUp(KB, []).find(message.said.text, parsed)
    assert found.status == "uncovered" and f"\n\n{MARK}\n" in str(found.answer)
    assert all(hit.layer == "procedure" for hit in found.hits)


def test_the_page_lists_what_there_is():
    from bench.supplement import INVENTORY, PAGE, between, inventory

    page = PAGE.read_text(encoding="utf-8")
    assert between(page, INVENTORY, inventory(KB)) == page, "run: python -m bench.supplement"


def test_a_difference_that_is_always_told_is_told_once_in_a_conversation():
    _, after = say("过户要什么材料", "materials.subject_transfer")
    for fact in ("type.subject_transfer", "timeline.review", "materials.subject_transfer"):
        reply, after = say(KB.question_of(fact), fact, after)
        assert "conflict.subject_transfer" not in ids(reply)
    assert "conflict.subject_transfer" in after.supplement


def test_a_new_conversation_is_told_it_again():
    _, after = say("过户要什么材料", "materials.subject_transfer")
    _, begun = say("重新开始", "dialogue/restart", after)
    assert begun == Discourse()
