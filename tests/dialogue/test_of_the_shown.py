"""A word that is asked after is that of the statement that is shown."""

import pytest

PERSON, SERVER = "materials.website_info.responsible_person", "materials.website_info.server"


@pytest.mark.parametrize(
    ("first", "text", "fact"),
    [("换网站负责人要交几样东西", "联系方式指啥", PERSON), ("换服务器要交什么", "购买凭证指的是啥", SERVER)],
)
def test_a_word_in_what_is_shown_is_asked_after(answer, first, text, fact):
    reply, _ = answer(first, text)
    assert reply.facts[0] == fact
    assert len(reply.text) < 160


def test_a_day_of_another_change_is_no_answer_where_an_open_point_is_asked(answer):
    reply, _ = answer("法人12月3号才换，要几号前交", "公司名12月中旬才定，等一起弄还是先交法人这个")
    assert reply.extra.get("theme") == "filing_together"


def test_a_foreign_word_in_talk_is_no_reason_to_refuse(answer):
    """Not while its own words are of the filing."""
    reply, _ = answer(
        "合唱团网站改名叫夕阳红，要交什么", "填的时候把“夕阳红”打成了“夕阳虹”，交上去了能撤回来吗"
    )
    assert reply.status != "out_of_scope"
