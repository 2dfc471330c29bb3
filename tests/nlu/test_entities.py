import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beian.nlu.entities import build_pipeline, find_entities, load_pipeline, save_pipeline
from beian.text.normalize import normalize


def found(nlp, text):
    return {(entity["entity"], entity["value"]) for entity in find_entities(nlp, normalize(text))}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我们公司换老板了", {("subject_kind", "enterprise"), ("item", "legal_representative")}),
        ("我是个人备案，换手机号", {("subject_kind", "individual"), ("item", "contact")}),
        ("个体户改名", {("subject_kind", "enterprise")}),
        ("搬机房", {("item", "server")}),
        ("换域名IP", {("item", "server")}),
        ("備案主體變更", {("change_type", "subject_info")}),
        ("备案过户要什么", {("change_type", "subject_transfer")}),
        ("网站不做了", {("change_type", "cancel_website")}),
        ("说域名持有者不一致", {("rejection_reason", "domain_mismatch")}),
        ("漏传材料被退", {("rejection_reason", "materials_incomplete")}),
        ("承诺书在哪", {("document", "responsible_commitment")}),
        ("今天天气不错", {("date", "今天")}),
        ("没什么", set()),
        ("", set()),
    ],
)
def test_what_a_message_names(nlp, text, wanted):
    assert wanted == found(nlp, text) if not wanted else wanted <= found(nlp, text)


def test_every_name_and_alias_is_found_as_its_entry(kb, nlp):
    for term in kb.terms:
        for word in (term.name, *term.aliases):
            values = {(e["entity"], e["value"]) for e in find_entities(nlp, f"关于{normalize(word)}")}
            groups = {group for group, _ in values}
            assert groups, word
            if term.group in groups:
                assert (term.group, term.id) in values, (word, values)


def test_the_longest_alias_wins(nlp):
    assert found(nlp, "网站负责人承诺书") == {("document", "responsible_commitment")}
    assert ("item", "company_name") in found(nlp, "企业名称")
    assert ("subject_kind", "enterprise") not in found(nlp, "企业名称")


@pytest.mark.parametrize("text", ["vip客户", "ripe的水果", "zip压缩包", "ecstasy"])
def test_latin_aliases_inside_words_do_not_count(nlp, text):
    assert not found(nlp, text)


@pytest.mark.parametrize("text", ["换ip", "ip换了", "ip 变更", "新ip:1", "ECS"])
def test_latin_aliases_of_their_own_count(nlp, text):
    assert ("item", "server") in found(nlp, text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("10月8号变的", "10月8号"),
        ("十月八日变的", "十月八日"),
        ("2024-10-08提交", "2024-10-08"),
        ("2024年3月5日", "2024年3月5日"),
        ("上周五被驳回", "上周五"),
        ("昨天改的", "昨天"),
        ("上个月15号换的", "上个月15号"),
        ("三天前提交的", "三天前"),
        ("国庆前一天", "国庆前一天"),
        ("元旦那天", "元旦"),
    ],
)
def test_dates_as_written(nlp, text, written):
    assert ("date", written) in found(nlp, text)


@pytest.mark.parametrize("text", ["手机号码变了", "10.0.0.1", "3-20个工作日", "30日内"])
def test_numbers_that_are_no_dates_of_events(nlp, text):
    assert not {value for entity, value in found(nlp, text) if entity == "date" and value in ("10.0", "0.1")}


def test_site_names_and_ages(nlp):
    assert ("site_name", "中国好书") in found(nlp, "网站叫“中国好书”行吗")
    assert ("site_name", "绿叶书屋") in found(nlp, "改成《绿叶书屋》")
    assert ("age", "17岁") in found(nlp, "负责人17岁")
    assert ("age", "十六周岁") in found(nlp, "我十六周岁")


def test_offsets_are_those_of_the_text(nlp):
    text = normalize("我们公司10月8号换了服务器和网站负责人")
    for entity in find_entities(nlp, text):
        assert text[entity["start"] : entity["end"]] == entity["text"]


def test_the_pipeline_survives_the_archive(kb, tmp_path):
    nlp = build_pipeline(kb)
    save_pipeline(nlp, tmp_path / "spacy")
    text = "公司10月8号换ip,叫“好书”,18岁"
    assert find_entities(load_pipeline(tmp_path / "spacy"), text) == find_entities(nlp, text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_searched_without_failing(nlp, text):
    text = normalize(text)
    ends = 0
    for entity in find_entities(nlp, text):
        assert entity["start"] >= ends, "entities do not overlap"
        ends = entity["end"]
