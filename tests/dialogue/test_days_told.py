"""Days in a conversation: the verdict agrees with the day, and only what happened becomes one."""

import re
from datetime import date, timedelta

import pytest

TODAY = date(2026, 11, 29)
CHANGED, REVIEWED = "{day}换的法人，最晚哪天提交", "{day}提交的，什么时候出结果"
REJECTED = "{day}收到的驳回，最晚哪天重新提交"
_LATE = ("已经超过", "已经过期", "来不及")
_IN_TIME = ("没有过期", "来得及")


def _day(back: int) -> str:
    day = TODAY - timedelta(days=back)
    return f"{day.month}月{day.day}号"


@pytest.mark.parametrize("back", [0, 1, 29, 30, 31, 45, 60, 89])
@pytest.mark.parametrize(
    "text",
    [
        "是不是要在30天以内弄完，{day}上任的法人",
        "{day}收到驳回，是不是要30日内重交",
        "{day}换的地址，现在交还行吗",
        "我们{day}拿到新执照，还来得及不",
        "不是说30天嘛，{day}改的名字，过期没",
    ],
)
def test_the_verdict_agrees_with_the_day(answer, text, back):
    said = answer(text.format(day=_day(back)), today=TODAY)[0].text
    late, in_time = (any(word in said for word in words) for words in (_LATE, _IN_TIME))
    assert not (late and in_time), said
    assert not (in_time if back > 30 else late), said


@pytest.mark.parametrize("handed_in", [10, 29, 30, 31, 50])
def test_what_was_handed_in_is_judged_by_its_own_day(answer, handed_in):
    text = f"{_day(85)}换的法人，{_day(85 - handed_in)}交的，晚了没"
    said = answer(text, today=TODAY)[0].text
    assert said.startswith("没有过期" if handed_in <= 30 else "已经过期")
    assert "已经超过" not in said


@pytest.mark.parametrize(
    ("first", "text", "role", "day"),
    [
        (CHANGED, "超了14天了，现在还能交吗", "changed", "2026-10-16"),
        (CHANGED, "过了两个礼拜了，还来得及吗", "changed", "2026-10-16"),
        (CHANGED, "元旦放假影响不影响", "changed", "2026-10-16"),
        (CHANGED, "那我今天就去交", "changed", "2026-10-16"),
        (CHANGED, "12月20号能好吗", "changed", "2026-10-16"),
        (REJECTED, "春节放假会不会耽误", "rejected", "2026-10-16"),
        (REJECTED, "那我今天改完就重新交", "rejected", "2026-10-16"),
        (REJECTED, "超期5天了怎么办", "rejected", "2026-10-16"),
        (REVIEWED, "元旦放假影响不影响", "submitted", "2026-10-16"),
        (REVIEWED, "中间夹着国庆要不要紧", "submitted", "2026-10-16"),
        (REVIEWED, "12月10号能好不", "submitted", "2026-10-16"),
    ],
)
def test_what_did_not_happen_takes_the_place_of_no_day(answer, first, text, role, day):
    _, state = answer(first.format(day="10月16号"), text, today=TODAY)
    assert getattr(state.focus, role) == day


@pytest.mark.parametrize(
    "texts",
    [
        ("材料不全被驳回了", "好，那我今天改完就重新交"),
        ("企业名称填错被驳回了", "好 谢谢 那我今天就改了交"),
        ("驳回的话重新提交有无期限", "今日尚未提交，明日提交是否逾期"),
        ("驳回的话重新提交有无期限", "今天是11月29号？我们今天还没交，明天提交算逾期吗"),
    ],
)
def test_handing_in_is_no_day_of_a_rejection_or_of_a_change(answer, texts):
    reply, state = answer(*texts, today=TODAY)
    assert (state.focus.changed, state.focus.rejected) == (None, None)
    assert "timeline.review" not in reply.facts


def test_a_change_is_meant_where_a_rejection_is_denied(answer):
    texts = ("驳回的话重新提交有无期限", "我没有被驳回。10月30日变更的，11月30日提交算逾期否")
    reply, _ = answer(*texts, today=TODAY)
    assert reply.text.startswith("来不及，晚 1 天")


@pytest.mark.parametrize(
    ("first", "text", "lead"),
    [
        (CHANGED, "元旦放假会不会耽误", "碰不上"),
        ("{day}被驳回的，哪天前重新交", "圣诞会不会影响", "碰不上"),
        (REVIEWED, "元旦放假影响不影响", "碰不上"),
    ],
)
def test_a_festival_is_held_against_the_day_in_hand(answer, first, text, lead):
    reply, _ = answer(first.format(day="11月20号"), text, today=TODAY)
    assert reply.text.startswith(lead)


@pytest.mark.parametrize(
    ("texts", "lead"),
    [
        (("11月20号提交的，什么时候出结果", "12月10号能好不"), "不一定"),
        (("11月16号换的法人，最晚哪天提交", "12月20号前能弄好吗"), "按今天提交算，不一定"),
        (("我今天交，赶在12月15号前行不行",), "不一定"),
        (("12月18号前必须弄好，来得及吗",), "通常 3-20个工作日"),
    ],
)
def test_a_day_by_which_it_is_wanted_is_held_against_the_review(answer, texts, lead):
    reply, state = answer(*texts, today=TODAY)
    assert reply.text.startswith(lead)
    assert "timeline.review" in reply.facts
    asks = not (state.focus.submitted or state.focus.changed)
    assert ("打算哪天提交" in reply.text) == asks


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("10月31号换的法人，11月3号改的名，最晚哪天交", 2),
        ("名字11月5号改的，法人12号换的，地址20号改的，分别几号到期", 3),
        ("地址11月7号变的，电话18号换的，负责人22号换的，各是哪天到期", 3),
    ],
)
def test_of_several_changes_each_is_counted_and_the_earliest_is_first(answer, text, count):
    reply, _ = answer(text, today=TODAY)
    assert reply.text.startswith(f"{count}项的期限分别算")
    assert reply.text.count("起算）") == count


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("名字11月5号改的，法人12号换的，地址20号改的，分别几号到期", "名字"),
        ("11月2号换的法人，11月9号搬的家，各自最晚哪天", "法定代表人"),
        ("11月2号改的名，11月9号搬的家，各自最晚哪天", "改名"),
    ],
)
def test_none_of_several_changes_is_forgotten(answer, text, first):
    reply, _ = answer(text, "那最晚哪天交，分别说", today=TODAY)
    assert f"{first}先到期" in reply.text
    assert reply.text.count("起算）") == len(re.findall(r"\d号", text))


def test_a_part_of_the_month_is_of_the_month_that_is_known(answer):
    _, state = answer("10月份搬的家，最晚哪天提交", "好像是月中", today=TODAY)
    assert state.focus.changed == "2026-10-11/2026-10-20"


def test_the_day_of_something_else_is_no_day_of_the_case(answer):
    reply, state = answer(
        "我们公司是办学的，办学许可证今年3月过期了还在换。这种要前置审批的，备案变更得不得主管部门先同意",
        today=TODAY,
    )
    assert state.focus.changed is None
    assert "timeline.submit_deadline" not in reply.facts
