"""Once or several times."""

import pytest

THEME = "filing_together"


@pytest.mark.parametrize(
    "text",
    [
        "3个域名只换一台机器,算一次变更还是三次",
        "5个网站一起换服务器，要提交5次吗还是1次",
        "两个站同一天换负责人，报两次还是一次",
        "一次还是三次!写没写",
    ],
)
def test_how_many_changes_it_is_stands_nowhere(answer, text):
    reply, _ = answer("换服务器要什么材料", text)
    assert reply.status == "uncovered"
    assert reply.extra.get("theme") == THEME


@pytest.mark.parametrize("text", ["法人一次换了两个，还是要身份证吗", "审核要几次"])
def test_other_counts(answer, text):
    reply, _ = answer(text)
    assert reply.extra.get("theme") != THEME
