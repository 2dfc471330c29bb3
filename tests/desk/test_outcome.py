"""Whether a reply is still the suggestion it began as."""

import pytest

from beian.desk.outcome import outcome

OFFERED = "审核结果一般在提交后的1到20个工作日内给出。\n期间网站不用关闭。"


@pytest.mark.parametrize(
    ("sent", "became"),
    [
        (OFFERED, "kept"),
        (f" {OFFERED}\n", "kept"),
        (f"{OFFERED}（我帮您盯着）", "edited"),
        ("审核结果一般在提交后的20个工作日内给出。", "edited"),
        ("重启前写的", "replaced"),
        ("您好，请稍等，我去问一下同事", "replaced"),
        ("期间", "replaced"),
        ("", "replaced"),
    ],
)
def test_outcome(sent, became):
    assert outcome(OFFERED, sent) == became


def test_nothing_offered_is_replaced():
    assert outcome("", "您好") == "replaced"
