"""A loose alias in a list of changes."""

import pytest


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("我们改名+换法人+换服务器，材料都要什么", {"company_name", "legal_representative", "server"}),
        ("法人换了、改名、服务器换了，各要什么", {"company_name", "legal_representative", "server"}),
        ("网站改名+换法人+换服务器，材料都要什么", {"site_name", "legal_representative", "server"}),
        (
            "换法人又换网站负责人，网站名称也跟着改名，要什么",
            {"legal_representative", "responsible_person", "site_name"},
        ),
    ],
)
def test_is_a_change_where_it_stands_alone(hear, text, items):
    assert set(hear(text).said.values("item")) == items
