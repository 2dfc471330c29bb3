"""What a message names of a person is that person's, and no change of its own."""

import pytest


@pytest.mark.parametrize(
    ("text", "person", "detail"),
    [
        ("法人的邮箱换了", "legal_representative", "contact"),
        ("法人代表手机号变了", "legal_representative", "contact"),
        ("网站负责人的身份证过期了", "responsible_person", "id_card"),
    ],
)
def test_of_a_person(hear, text, person, detail):
    said = hear(text).said
    assert said.values("item") == (person,)
    assert said.detail == detail


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("法人换了，邮箱也换了", {"legal_representative", "contact"}),
        ("网站名称和联系电话都改了", {"site_name", "contact"}),
        ("公司地址电话换了", {"registered_address", "contact"}),
    ],
)
def test_beside_a_person_or_of_a_thing_it_is_one_of_its_own(hear, text, items):
    said = hear(text).said
    assert set(said.values("item")) == items
    assert said.detail is None
