import pytest

from beian.dialogue.case import Case
from beian.dialogue.mentions import Mentions
from beian.dialogue.resolve import MOST_FACTS, in_context, materials_of, resolve
from beian.nlu.labels import kind_of, label_of

ENTERPRISE, INDIVIDUAL = "materials.subject_info.enterprise", "materials.subject_info.individual"
LOGIN = "procedure.login"


@pytest.mark.parametrize(
    ("label", "case", "text", "facts"),
    [
        ("timeline/review", Case(), "要多久", ["timeline.review"]),
        ("type/replace_domain", Case(), "换域名", ["type.add_website", "type.cancel_website"]),
        ("materials/subject_info.enterprise", Case(), "公司改名要什么材料", [ENTERPRISE]),
        ("materials/subject_info.enterprise", Case(), "公司改名怎么办理", [ENTERPRISE, LOGIN]),
        ("materials/subject_info.enterprise", Case(), "改名怎么弄，要什么材料", [ENTERPRISE]),
        ("materials/subject_info.enterprise", Case(subject_kind="individual"), "改名要啥材料", [INDIVIDUAL]),
        (
            "materials/subject_info.enterprise",
            Case("subject_info", "contact"),
            "什么材料",
            [ENTERPRISE, INDIVIDUAL],
        ),
        ("materials/overview", Case("subject_transfer"), "材料", ["materials.subject_transfer"]),
        ("materials/overview", Case("subject_info", subject_kind="individual"), "材料", [INDIVIDUAL]),
        ("materials/overview", Case("website_info", "server"), "材料", ["materials.website_info.server"]),
        ("access/overview", Case(), "网站会停吗", ["access.overview"]),
        (
            "access/overview",
            Case("website_info", "server"),
            "网站会停吗",
            ["access.server_change", "access.overview"],
        ),
        (
            "access/overview",
            Case("subject_info"),
            "网站会停吗",
            ["access.subject_or_responsible_change", "access.overview"],
        ),
        (
            "access/overview",
            Case("website_info", "responsible_person"),
            "会停吗",
            ["access.subject_or_responsible_change", "access.overview"],
        ),
        (
            "procedure/after_approval",
            Case("website_info", "server"),
            "批完干啥",
            ["access.after_approval", "procedure.after_approval"],
        ),
    ],
)
def test_the_facts_for_a_case(kb, label, case, text, facts):
    assert list(resolve(label, case, Mentions(), text, kb).facts) == facts


def test_every_label_of_a_fact_or_theme_resolves(kb):
    for fact in (*kb.facts, *kb.topics):
        resolution = resolve(label_of(fact), Case(), Mentions(), "什么", kb)
        assert resolution.facts
        assert set(resolution.facts) <= set(kb.facts)
        assert len(resolution.facts) <= MOST_FACTS
    for theme in kb.themes:
        assert resolve(f"uncovered/{theme}", Case(), Mentions(), "", kb).theme == theme


def test_materials_without_a_change_are_asked_for(kb):
    resolution = resolve("materials/overview", Case(), Mentions(), "要什么材料", kb)
    assert resolution.facts == ("materials.overview",)
    assert resolution.choices == kb.facts["materials.overview"].next


def test_which_of_the_websites_items_is_asked_for(kb):
    resolution = materials_of(Case("website_info"), kb)
    assert set(resolution.choices) == {
        "materials.website_info.name",
        "materials.website_info.server",
        "materials.website_info.responsible_person",
    }


@pytest.mark.parametrize(
    ("case", "theme"),
    [
        (Case("add_website"), "add_website_materials"),
        (Case("cancel_website"), "cancel_website_materials"),
        (Case("website_info", "content_type"), "content_type_materials"),
    ],
)
def test_materials_the_document_does_not_give(kb, case, theme):
    resolution = materials_of(case, kb)
    assert resolution.theme == theme
    assert not resolution.facts
    assert kb.themes[theme].not_said


def test_every_change_and_item_has_materials_or_says_not(kb):
    for term in kb.terms:
        if term.group == "item":
            case = Case(term.change_type, term.id, term.subject_kind)
        elif term.group == "change_type":
            case = Case(term.id)
        else:
            continue
        resolution = materials_of(case, kb)
        assert resolution.facts or resolution.theme, term.id


def test_materials_of_several_items(kb):
    mentions = Mentions(items=("server", "responsible_person"))
    resolution = resolve("materials/website_info.server", Case(), mentions, "要什么材料", kb)
    assert resolution.facts == ("materials.website_info.server", "materials.website_info.responsible_person")


def test_several_reasons_of_a_rejection(kb):
    mentions = Mentions(rejection_reasons=("naming", "info_mismatch"))
    resolution = resolve("rejection/overview", Case(), mentions, "", kb)
    assert resolution.facts == ("rejection.naming", "rejection.info_mismatch")


def test_a_deadline_in_a_talk_of_rejection_is_the_resubmissions():
    labels = in_context(["rejection/naming", "timeline/submit_deadline"])
    assert labels == ["rejection/naming", "timeline/resubmit_deadline"]
    assert in_context(["timeline/submit_deadline"]) == ["timeline/submit_deadline"]


def test_a_general_question_beside_the_particular_adds_nothing():
    assert in_context(["materials/overview", "materials/website_info.server"]) == [
        "materials/website_info.server"
    ]
    assert in_context(["timeline/review", "timeline/review"]) == ["timeline/review"]


def test_kinds_of_labels_used_here():
    assert kind_of("uncovered/fees") == "uncovered"
