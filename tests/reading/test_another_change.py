"""A change that is surely meant and is none of those in hand."""

import pytest


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("丙家不要网站了，要不要把备案销掉", "type.cancel_website"),
        ("还有个网站不用了，备案要注销吗", "type.cancel_website"),
        ("想再开个新网站，要不要另外备案", "type.add_website"),
        ("公司卖了，备案能过户吗", "type.subject_transfer"),
    ],
)
@pytest.mark.parametrize("before", ["公司换法人，服务器也换了", "甲家换了服务器，乙家换了法人"])
def test_it_stays(answer, before, text, fact):
    reply, _ = answer(before, text)
    assert (reply.status, reply.facts[0]) == ("answered", fact)


@pytest.mark.parametrize("text", ["要什么材料", "分别要啥"])
def test_what_is_asked_of_those_in_hand_is_of_all_of_them(answer, text):
    reply, _ = answer("公司换法人，服务器也换了", text)
    assert set(reply.facts) >= {"materials.subject_info.enterprise", "materials.website_info.server"}


def test_of_one_in_hand_it_is_of_that_one_alone(answer):
    told = ("甲家换服务器，乙家换法人，丙家要关站", "那丙家的站没人管了，不注销光放着成不成")
    reply, state = answer(*told)
    assert reply.facts == ("type.cancel_website",)
    assert [matter.item for matter in state.matters] == ["server", "legal_representative", None]


def test_whether_to_file_is_said_again_in_other_words(answer):
    told = ("甲家换服务器，乙家换法人，丙家要关站", "丙家呢", "丙家不要网站了，要不要去把备案销掉")
    reply, _ = answer(*told)
    assert reply.text.startswith("要申请注销")
