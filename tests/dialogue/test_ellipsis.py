import pytest

from beian.dialogue.ellipsis import is_elliptical, pick_choice, seeks_confirmation
from beian.dialogue.mentions import Mentions

MATERIALS = (
    "materials.subject_info.enterprise",
    "materials.subject_info.individual",
    "materials.website_info.server",
    "materials.subject_transfer",
)


@pytest.mark.parametrize(
    "text", ["那个人的呢", "如果是企业呢", "换成服务器", "过户", "不对，是个人备案", "服务器的", "那公司呢？"]
)
def test_only_connection_and_a_name(turn, text):
    understood = turn(text)
    assert is_elliptical(understood.text, understood.entity_texts)


@pytest.mark.parametrize(
    "text", ["个人备案要多久", "那要多久", "你好", "", "公司备案材料在哪交", "企业" * 20]
)
def test_more_than_that(turn, text):
    understood = turn(text)
    assert not is_elliptical(understood.text, understood.entity_texts)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1", MATERIALS[0]),
        ("第二个", MATERIALS[1]),
        ("三", MATERIALS[2]),
        ("第四种吧", MATERIALS[3]),
        ("第5个", None),
        ("0", None),
        ("个人的", MATERIALS[1]),
        ("换服务器", MATERIALS[2]),
        ("主体过户", MATERIALS[3]),
        ("主体过户的材料", MATERIALS[3]),
        ("企业改主体信息要哪些材料", MATERIALS[0]),
        ("企业主体信息变更的材料", MATERIALS[0]),
        ("好", None),
        ("随便", None),
        ("", None),
    ],
)
def test_a_typed_choice(turn, kb, text, choice):
    understood = turn(text)
    mentions = Mentions.of(understood.entities, understood.text)
    assert pick_choice(understood.text, MATERIALS, mentions, kb) == choice


def test_a_choice_among_topics(turn, kb):
    choices = ("type.replace_domain", "type.add_website")
    title = kb.title_of("type.replace_domain")
    assert pick_choice(turn(title).text, choices, Mentions(), kb) == "type.replace_domain"
    assert pick_choice("1", choices, Mentions(), kb) == "type.replace_domain"


@pytest.mark.parametrize("text", ["所以网站不会停吗", "真的吗", "确定是30天吗", "那就是不用换吧"])
def test_doubts(text):
    assert seeks_confirmation(text)


@pytest.mark.parametrize("text", ["要多久", "网站会停吗", "谢谢"])
def test_no_doubts(text):
    assert not seeks_confirmation(text)
