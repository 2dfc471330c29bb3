"""Whether somebody may be the person in charge, in the first words; where somebody is from is not in it."""

from datetime import date

import pytest

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("我表弟22岁能当网站负责人吗", "可以"),
        ("网站负责人找个16岁的行吗", "不行"),
        ("我侄子17岁下个月5号过生日，能当网站负责人吗", "现在不行"),
        ("12月20号他满18，等到那天再让他当网站负责人可以吗", "可以等：满 18 周岁"),
        ("同学已经19了，让他当网站负责人行不", "可以"),
    ],
)
def test_the_verdict_is_first(answer, text, begins):
    reply, _ = answer(text, today=TODAY)
    assert reply.text.startswith(begins)
    assert reply.card["type"] == "verdict"


def test_who_only_tells_an_age_is_told_what_it_means(answer):
    reply, _ = answer("网站负责人新人23岁", today=TODAY)
    assert reply.text.startswith("“23岁”")


@pytest.mark.parametrize("text", ["他是外省户口有影响吗", "她身份证是外地的有影响吗"])
def test_where_a_person_is_from_is_no_place_of_a_server(answer, text):
    reply, _ = answer("网站负责人要满多少岁", text, today=TODAY)
    assert reply.status == "uncovered"
    assert "服务器" not in reply.text.splitlines()[0]
    assert "notice.server_locality" not in reply.facts


@pytest.mark.parametrize(
    "text", ["我妈74了可以当网站负责人不", "我今年81了可以当网站负责人不", "负责人七十多岁行吗"]
)
def test_of_an_old_age_no_upper_limit_is_written(answer, text):
    reply, _ = answer(text)
    assert reply.text.startswith("可以，文档没有写年龄上限")
