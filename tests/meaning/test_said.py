"""What a message brings by itself: names, denials, ordinals. Entities are those of the trained pipeline."""

import pytest

from beian.meaning.said import LAST, Said, said_of, settled


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("公司地址改了", {("item", "registered_address"), ("change_type", "subject_info")}),
        ("个人备案", {("subject_kind", "individual")}),
        ("要办主体过户", {("change_type", "subject_transfer")}),
        ("审核要多久", set()),
    ],
)
def test_what_it_names(said, text, named):
    assert set(said(text).named) == named


def test_an_item_brings_its_type_but_no_kind_of_subject(said):
    brought = said("法人换了")
    assert brought.values("change_type") == ("subject_info",)
    assert brought.values("subject_kind") == ()


def test_several_of_a_slot_keep_their_order(said):
    brought = said("我们公司换老板和公司地址")
    assert brought.values("item") == ("legal_representative", "registered_address")
    assert brought.case() == {"change_type": "subject_info", "subject_kind": "enterprise"}


@pytest.mark.parametrize(
    ("text", "denied", "not_denied"),
    [
        ("不是换服务器，是换负责人", "server", "responsible_person"),
        ("没换法人，网站名称也没改", "legal_representative", None),
        ("服务器没变，改的是网站名称", "server", "site_name"),
        ("IP不用换", "server", None),
        ("服务器的先不换了", "server", None),
        ("我不是法人", "legal_representative", None),
    ],
)
def test_what_it_denies(said, text, denied, not_denied):
    brought = said(text)
    assert ("item", denied) in brought.denied
    assert ("item", denied) not in brought.named
    if not_denied:
        assert ("item", not_denied) in brought.named
        assert ("item", not_denied) not in brought.denied


@pytest.mark.parametrize(
    "text",
    [
        "网站名称不能带中国吗",
        "是不是要换法人",
        "有没有必要换服务器",
        "不知道怎么弄，服务器换了",
        "法人没来，服务器换了",
        "没这张纸就换不了法人吗",
        "是不是改不了网站名称了",
    ],
)
def test_what_it_does_not_deny(said, text):
    brought = said(text)
    assert brought.named
    assert brought.denied == ()


def test_a_kind_of_subject_is_denied_for_the_other(said):
    brought = said("不是企业，是个人")
    assert brought.denied == (("subject_kind", "enterprise"),)
    assert brought.case() == {"subject_kind": "individual"}


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("第二个", 2),
        ("第三种是什么", 3),
        ("第1条怎么改", 1),
        ("第八条呢", 8),
        ("第二呢", 2),
        ("2", 2),
        ("三", 3),
        ("②", 2),
        ("前者", 1),
        ("后者呢", LAST),
        ("最后一步是什么", LAST),
    ],
)
def test_ordinals(said, text, ordinal):
    assert said(text).ordinal == ordinal


@pytest.mark.parametrize(
    "text",
    ["第30天交可以吗", "第20个工作日", "第三方可以吗", "第一次被驳回", "第二天就换了", "12", "审核要多久"],
)
def test_what_is_no_entry_of_a_list(said, text):
    assert said(text).ordinal is None


def test_documents_dates_names_and_ages(said):
    assert said("营业执照要复印件吗").documents == ("business_licence",)
    assert said("10月8号换的").dated
    assert said("“绿叶书屋”可以吗").has_name
    assert said("负责人17岁").has_age
    plain = said("审核要多久")
    assert not (plain.dated or plain.has_name or plain.has_age or plain.documents)


def test_whether_it_asks(said):
    assert said("审核要多久").asks
    assert not said("公司地址改了").asks


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("我的身份证号是〔身份证号〕，主体过户要哪些材料", ()),
        ("我手机号〔手机号〕，换负责人要什么材料", ("responsible_person",)),
        ("手机号换成〔手机号〕了", ("contact",)),
        ("手机号是〔手机号〕，手机号要换", ("contact",)),
    ],
)
def test_a_number_that_is_given_does_not_change(said, text, items):
    assert said(text).values("item") == items


def test_what_was_typed_is_kept(said):
    brought = said("“ＩＰ” 换了")
    assert brought.written == "“ＩＰ” 换了"
    assert brought.text != brought.written


def test_a_word_that_is_no_slot_of_a_case_is_left_out(kb):
    entities = [{"entity": "weather", "value": "rain", "text": "下雨"}]
    assert said_of("下雨", entities, kb) == Said("下雨", "下雨")


@pytest.mark.parametrize(
    ("text", "focus", "items"),
    [
        ("改名要什么材料", {}, ("company_name",)),
        ("改名要什么材料", {"item": "site_name"}, ()),
        ("改名要什么材料", {"subject_kind": "individual"}, ()),
        ("公司改名要什么材料", {"item": "site_name"}, ("company_name",)),
        ("改地址要交什么", {"item": "server"}, ()),
        ("改地址要交什么", {"item": "registered_address"}, ("registered_address",)),
    ],
)
def test_a_loose_alias_gives_way_to_what_is_in_hand(said, kb, text, focus, items):
    assert settled(said(text), focus, kb).values("item") == items


@pytest.mark.parametrize("text", ["公司名和法人都没变", "公司名、法人没换", "公司名跟注册地址都没动"])
def test_what_is_denied_together_is_denied(said, text):
    assert not said(text).values("item")


@pytest.mark.parametrize("text", ["身份证拍好了", "身份证和执照都有了", "身份证已经准备好"])
def test_a_paper_in_hand_is_no_change(said, text):
    assert not said(text).values("item")


def test_a_paper_that_changed_is(said):
    assert said("身份证换了新的").values("item") == ("id_card",)
