"""Days as they are meant: of a plan the next one, a corrected one in the month of that which it replaces."""

import pytest

SUBMITTED = "审核要多久，我10月23号提交的"


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (("周一提交，几号出结果",), "2026-11-16"),
        (("周一提交的，几号出结果",), "2026-11-09"),
        (("周一提交，几号出结果", "不对，周三提交"), "2026-11-11"),
        ((SUBMITTED, "30号交，不是23号"), "2026-10-30"),
        ((SUBMITTED, "说错了，是26号交的"), "2026-10-26"),
        (("我打算明天交上去，最快哪天能下来", "明天没空，改后天提交"), "2026-11-12"),
    ],
)
def test_the_day_of_handing_in(answer, texts, day):
    _, state = answer(*texts)
    assert state.focus.submitted == day
    assert state.focus.changed is None


def test_a_day_of_handing_in_is_none_of_the_change(answer):
    _, state = answer("那2月20号交来得及不")
    assert state.focus.changed is None


def test_of_what_is_still_to_be_handed_in_nothing_is_late(answer):
    reply, _ = answer("下月3号提交，元旦前能批下来吗")
    assert "还没超过" not in reply.text
    assert reply.text.startswith("来得及")
