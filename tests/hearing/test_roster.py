"""The clients of a message, each with the change that is told of it."""

import pytest

from beian.hearing.roster import asked_besides, roster
from beian.kb import load_knowledge

KB = load_knowledge()
SERVER, PEOPLE, CANCEL = "server", "legal_representative", "cancel_website"


def told(said):
    return [(one.matter.client, one.matter.item or one.matter.change_type) for one in roster(said, KB)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "甲家换了服务器，乙家换了法人，丙家要关站，我先忙哪个",
            [("甲", SERVER), ("乙", PEOPLE), ("丙", CANCEL)],
        ),
        ("张总家换了服务器，王总家不做网站了，咋整", [("张总", SERVER), ("王总", CANCEL)]),
        ("A客户：换法人。B客户：网站新增一个。分别要交什么", [("a", PEOPLE), ("b", "add_website")]),
        ("A家换服务器了，B家也换服务器了，分别说说", [("a", SERVER), ("b", SERVER)]),
        ("老张让我换法人，老李让我把站关了", [("老张", PEOPLE), ("老李", CANCEL)]),
        ("甲改电话，乙注销网站，各要啥", [("甲", "contact"), ("乙", CANCEL)]),
    ],
)
def test_none_of_them_is_lost(hear, text, expected):
    assert told(hear(text).said) == expected


def test_one_that_is_not_understood_is_not_dropped(hear):
    said = hear("客户甲换法人、客户乙换服务器、客户丙那头有点事，要哪些材料").said
    assert told(said) == [("甲", PEOPLE), ("乙", SERVER), ("丙", None)]


@pytest.mark.parametrize(
    "text",
    [
        "名字11月5号改的，法人12号换的，地址20号改的，分别几号到期",
        "甲方让我们换服务器，乙方要换法人，材料谁出",
        "淘宝店的主体要换成我爱人，平台说有个过户入口",
        "上周换了服务器，顺便换了法人，怎么报",
        "甲家换服务器",
        "第一步换法人，第二步换服务器，对吗",
    ],
)
def test_what_is_no_row_of_clients(hear, text):
    assert roster(hear(text).said, KB) == ()


def test_the_kind_of_subject_is_told_of_its_client(hear):
    one, two = roster(hear("甲家是个人备案，换手机号，乙家换法人").said, KB)
    assert (one.matter.subject_kind, two.matter.subject_kind) == ("individual", "enterprise")


def test_what_is_denied_is_no_change_of_theirs(hear):
    found = told(hear("甲家不换法人，乙家换服务器，丙家换IP").said)
    assert ("甲", PEOPLE) not in found
    assert [who for who, _ in found if who != "甲"] == ["乙", "丙"]


def test_what_is_asked_besides(hear):
    said = hear("手上两家：A家换法人，B家换服务器。分别怎么办,给我两行").said
    assert asked_besides(said, KB) == "分别怎么办"
