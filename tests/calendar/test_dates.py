"""Dates as people say them, read on Monday, 5 January 2026 unless a test says otherwise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian.calendar.dates import find_dates
from beian.calendar.plans import seen_from_a_plan
from beian.calendar.reading import AHEAD

TODAY = date(2026, 1, 5)

EXACT = {
    "10月8号": "2025-10-08",
    "10月8号那天": "2025-10-08",
    "十月八日": "2025-10-08",
    "十月八": "2025-10-08",
    "10月8號": "2025-10-08",
    "１０月８号": "2025-10-08",
    "12月31号": "2025-12-31",
    "十二月二十五": "2025-12-25",
    "1月5号": "2026-01-05",
    "3月1号": "2025-03-01",
    "2月29号": "2024-02-29",
    "2025年9月1日": "2025-09-01",
    "25年9月1号": "2025-09-01",
    "二〇二五年九月一号": "2025-09-01",
    "去年9月1号": "2025-09-01",
    "前年3月5日": "2024-03-05",
    "今年1月2号": "2026-01-02",
    "9.15": "2025-09-15",
    "9.15号": "2025-09-15",
    "9/15": "2025-09-15",
    "1/3": "2026-01-03",
    "2025-09-15": "2025-09-15",
    "2025/9/15": "2025-09-15",
    "2025.9.1": "2025-09-01",
    "20250915": "2025-09-15",
    "3号": "2026-01-03",
    "28号": "2025-12-28",
    "三十一号": "2025-12-31",
    "上个月20号": "2025-12-20",
    "上月15日": "2025-12-15",
    "这个月3号": "2026-01-03",
    "今天": "2026-01-05",
    "今早": "2026-01-05",
    "刚才": "2026-01-05",
    "昨天": "2026-01-04",
    "昨儿": "2026-01-04",
    "前天": "2026-01-03",
    "大前天": "2026-01-02",
    "周一": "2026-01-05",
    "周五": "2026-01-02",
    "星期三": "2025-12-31",
    "礼拜天": "2026-01-04",
    "上周五": "2026-01-02",
    "上个星期三": "2025-12-31",
    "上礼拜四": "2026-01-01",
    "上周日": "2026-01-04",
    "上上周二": "2025-12-23",
    "20天前": "2025-12-16",
    "二十天以前": "2025-12-16",
    "一周前": "2025-12-29",
    "三个星期前": "2025-12-15",
    "20天了": "2025-12-16",
    "已经二十八天": "2025-12-08",
    "元旦": "2026-01-01",
    "去年元旦": "2025-01-01",
    "国庆节当天": "2025-10-01",
    "国庆前一天": "2025-09-30",
    "国庆节前三天": "2025-09-28",
    "国庆前夕": "2025-09-30",
    "去年国庆": "2025-10-01",
    "五一": "2025-05-01",
    "双十一": "2025-11-11",
    "双11": "2025-11-11",
    "圣诞节": "2025-12-25",
    "国庆假期之后的第一天": "2025-10-09",
    "国庆节第二天": "2025-10-02",
    "12-08": "2025-12-08",
    "去年春节": "2025-01-29",
    "除夕": "2025-01-28",
    "清明节": "2025-04-04",
    "端午节": "2025-05-31",
    "中秋节": "2025-10-06",
    "正月初五": "2025-02-02",
    "大年初三": "2025-01-31",
    "腊月二十三": "2025-01-22",
    "农历八月十五": "2025-10-06",
}
APPROXIMATE = {
    "月初": ("2026-01-01", "2026-01-01", "2026-01-05"),
    "月底": ("2025-12-25", "2025-12-25", "2025-12-31"),
    "上个月底": ("2025-12-25", "2025-12-25", "2025-12-31"),
    "上月中旬": ("2025-12-11", "2025-12-11", "2025-12-20"),
    "9月中旬": ("2025-09-11", "2025-09-11", "2025-09-20"),
    "十月底": ("2025-10-25", "2025-10-25", "2025-10-31"),
    "9月": ("2025-09-01", "2025-09-01", "2025-09-30"),
    "2025-09": ("2025-09-01", "2025-09-01", "2025-09-30"),
    "去年12月": ("2025-12-01", "2025-12-01", "2025-12-31"),
    "去年底": ("2025-12-01", "2025-12-01", "2025-12-31"),
    "去年年底": ("2025-12-01", "2025-12-01", "2025-12-31"),
    "年底": ("2025-12-01", "2025-12-01", "2025-12-31"),
    "年初": ("2026-01-01", "2026-01-01", "2026-01-05"),
    "去年": ("2025-01-01", "2025-01-01", "2025-12-31"),
    "上个礼拜": ("2025-12-29", "2025-12-29", "2026-01-04"),
    "上周末": ("2026-01-03", "2026-01-03", "2026-01-04"),
    "半个月前": ("2025-12-21", "2025-12-14", "2025-12-28"),
    "两个月前": ("2025-11-05", "2025-10-29", "2025-11-12"),
    "一个半月前": ("2025-11-20", "2025-11-13", "2025-11-27"),
    "一个多月前": ("2025-11-06", "2025-11-06", "2025-12-05"),
    "前几天": ("2025-12-27", "2025-12-27", "2026-01-03"),
    "春节前": ("2025-01-22", "2025-01-22", "2025-01-28"),
    "国庆后": ("2025-10-02", "2025-10-02", "2025-10-15"),
    "国庆放假前": ("2025-09-24", "2025-09-24", "2025-09-30"),
    "十一长假": ("2025-10-01", "2025-10-01", "2025-10-08"),
    "五一假期": ("2025-05-01", "2025-05-01", "2025-05-05"),
    "两三天前": ("2026-01-02", "2026-01-02", "2026-01-03"),
    "三四个月前": ("2025-09-05", "2025-09-05", "2025-10-05"),
    "十来天前": ("2025-12-17", "2025-12-17", "2025-12-26"),
    "十一期间": ("2025-10-01", "2025-10-01", "2025-10-08"),
    "十一过后": ("2025-10-02", "2025-10-02", "2025-10-15"),
    "9月15到20号": ("2025-09-15", "2025-09-15", "2025-09-20"),
    "10月8号-10号": ("2025-10-08", "2025-10-08", "2025-10-10"),
    "五一后第二天": ("2025-05-03", "2025-05-03", "2025-05-07"),
    "9月15号左右": ("2025-09-15", "2025-09-12", "2025-09-18"),
}
FUTURE = {
    "明天": "2026-01-06",
    "后天": "2026-01-07",
    "这周三": "2026-01-07",
    "下周五": "2026-01-16",
    "1月20号": "2026-01-20",
    "下个月3号": "2026-02-03",
    "2026-09-15": "2026-09-15",
    "明年3月1号": "2027-03-01",
    "今年春节": "2026-02-17",
    "2026年除夕": "2026-02-16",
    "下个月底": "2026-02-25",
}
IMPOSSIBLE = [
    "2月30号",
    "13月1号",
    "9月31日",
    "2025年2月29日",
    "2026-13-01",
    "2.30",
    "4/31",
    "35号",
    "腊月三十五",
]
NO_DATE = [
    "说了半天了",
    "赶在三十天前提交行吗",
    "第33天",
    "37号文登记",
    "IP是192.168.1.15",
    "新IP 10.20.1.5换好了",
    "审核要3-20个工作日吗",
    "15个工作日了还没结果",
    "负责人要年满18周岁吗",
    "十八岁可以吗",
    "要在30日内提交吗",
    "三十日之内提交",
    "30天内提交",
    "还有3天",
    "再过三天",
    "3天后",
    "版本3.6.21",
    "PHP 7.4",
    "nginx1.18",
    "v2.1",
    "4.5版",
    "价格9.9元",
    "9.15万元",
    "12.5%",
    "电话951-880-2299",
    "13800138000",
    "京ICP备2021001234号-1",
    "营业执照91330100MA27XXXX1X",
    "7*24小时",
    "24/7在线吗",
    "1.5个月",
    "第3.2条",
    "三种情况",
    "两个域名",
    "中山路8号",
    "五一路",
    "一号楼",
    "1号店",
    "2核4G",
    "身份证上2009年3月生",
    "2010年出生",
    "08年的",
    "每周一",
    "每个月",
    "每年12月",
    "周末审核吗",
    "10-15天",
    "10-15个工作日",
    "续费3.5元",
    "工单号20261108001",
    "一般几天",
    "审核要三天吗",
    "以前年度",
    "国内节点",
    "中国好茶网",
    "手机号换了",
    "备案号",
    "换服务器要什么材料",
    "",
]


def only(phrase: str, today: date = TODAY):
    """The one date in a sentence around a phrase."""
    (found,) = find_dates(f"公司{phrase}换的法人", today)
    return found


@pytest.mark.parametrize(("phrase", "day"), EXACT.items())
def test_exact(phrase, day):
    found = only(phrase)
    assert (str(found.day), found.kind) == (day, "exact")
    assert found.first == found.last == found.day


@pytest.mark.parametrize(("phrase", "days"), APPROXIMATE.items())
def test_approximate(phrase, days):
    found = only(phrase)
    assert (str(found.day), str(found.first), str(found.last)) == days
    assert found.kind == "approximate"


@pytest.mark.parametrize(("phrase", "day"), FUTURE.items())
def test_future(phrase, day):
    found = only(phrase)
    assert (str(found.day), found.kind) == (day, "future")


@pytest.mark.parametrize("phrase", IMPOSSIBLE)
def test_impossible(phrase):
    found = only(phrase)
    assert (found.day, found.first, found.last, found.kind) == (None, None, None, "impossible")
    assert found.text == phrase


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(text):
    assert find_dates(text, TODAY) == []


def test_places_in_the_message_as_written():
    text = "我們１０月８號改了名，上周五交的"
    found = find_dates(text, TODAY)
    assert [date_.text for date_ in found] == ["１０月８號", "上周五"]
    assert all(text[date_.start : date_.end] == date_.text for date_ in found)


def test_the_phrase_ends_before_its_particle():
    (found,) = find_dates("怕双十一的时候打不开", TODAY)
    assert found.text == "双十一"


def test_two_dates_in_order():
    found = find_dates("10月8号变更的，12月25日被驳回", TODAY)
    assert [str(date_.day) for date_ in found] == ["2025-10-08", "2025-12-25"]


@pytest.mark.parametrize(
    ("phrase", "today", "day", "kind"),
    [
        # Within the next 45 days the coming day is meant, further away the past one; of festivals within 30.
        ("12月1号", date(2026, 11, 24), "2026-12-01", "future"),
        ("1月8号", date(2026, 11, 24), "2027-01-08", "future"),
        ("1月9号", date(2026, 11, 24), "2026-01-09", "exact"),
        ("4月10日", date(2026, 3, 2), "2026-04-10", "future"),
        ("除夕", date(2026, 1, 10), "2025-01-28", "exact"),
        ("元旦", date(2026, 12, 20), "2027-01-01", "future"),
        ("月底", date(2026, 11, 20), "2026-11-25", "future"),
        ("月底", date(2026, 11, 28), "2026-11-25", "approximate"),
        ("31号", date(2026, 3, 1), "2026-01-31", "exact"),
        ("中秋", date(2026, 11, 24), "2026-09-25", "exact"),
        ("三个月前", date(2024, 5, 31), "2024-02-29", "approximate"),
    ],
)
def test_year_and_month_left_out(phrase, today, day, kind):
    found = only(phrase, today)
    assert (str(found.day), found.kind) == (day, kind)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("打算7月20日换法人", "2026-07-20"),
        ("准备在9月1号搬机房", "2026-09-01"),
        ("7月20日要换法人", "2026-07-20"),
        ("8.15我们计划换服务器", "2026-08-15"),
        ("九月底打算过户", "2026-09-25"),
        # said of what has happened, or of what must be done about it
        ("7月20日换的法人", "2025-07-20"),
        ("7月20日换了法人要变更备案吗", "2025-07-20"),
        ("去年7月20日打算换法人", "2025-07-20"),
        ("需要7月20日的材料吗", "2025-07-20"),
    ],
)
def test_a_plan_speaks_of_the_day_to_come(text, day):
    (found,) = find_dates(text, date(2026, 3, 2))
    assert str(found.day) == day
    assert (found.kind == "future") == (day > "2026-03-02")


DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))


@given(DAYS, DAYS)
def test_a_full_date_is_read_back(day, today):
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
    ):
        (found,) = find_dates(f"我在{text}改了名", today)
        assert found.day == day
        assert found.kind == ("future" if day > today else "exact")


@given(DAYS, DAYS)
def test_a_date_without_year_is_the_latest(day, today):
    (found,) = find_dates(f"{day.month}月{day.day}号", today)
    assert (found.day.month, found.day.day) == (day.month, day.day)
    assert today - timedelta(days=8 * 366) < found.day <= today + AHEAD
    assert (found.kind == "future") == (found.day > today)


@given(st.integers(1, 400), DAYS)
def test_days_ago(count, today):
    (found,) = find_dates(f"{count}天前", today)
    assert found.day == today - timedelta(days=count)


@given(
    st.text(alphabet="0123456789.-/年月日号天周前上个半国庆春节一二三十去今明后初底生岁内 ", max_size=30),
    DAYS,
)
def test_any_text_gives_dates_in_order_that_stand_in_it(text, today):
    end = 0
    for found in find_dates(text, today):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert (found.day is None) == (found.kind == "impossible")
        if found.day is not None:
            assert found.first <= found.day <= found.last
            assert (found.kind == "future") == (found.day > today)
        end = found.end


@pytest.mark.parametrize("text", ["ip是上个月25换的", "上月25交上去的", "上个月25，改的名"])
def test_a_number_after_a_month_by_name_is_its_day(text):
    (found,) = find_dates(text, date(2026, 11, 28))
    assert (found.day, found.kind) == (date(2026, 10, 25), "exact")


@pytest.mark.parametrize("text", ["上个月25个人来问过", "上个月30多个驳回"])
def test_a_count_after_a_month_by_name_is_no_day(text):
    (found,) = find_dates(text, date(2026, 11, 28))
    assert found.first == date(2026, 10, 1)


NOVEMBER = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("计划元旦后办", "2027-01-02"),
        ("准备在中秋那天搬", "2027-09-15"),
        ("如果3月5号去交", "2027-03-05"),
        ("要是卡在五一呢", "2027-05-01"),
        ("推到6月1号", "2027-06-01"),
        ("春节前能下来吗", "2027-01-30"),
        # what is supposed to have happened did so before today
        ("假设3月5号换的", "2026-03-05"),
        ("元旦换的", "2026-01-01"),
        ("打算去年中秋搬", "2025-10-06"),
    ],
)
def test_what_is_planned_or_supposed_lies_ahead(text, first):
    (found,) = find_dates(text, NOVEMBER)
    assert str(found.first) == first


@pytest.mark.parametrize(
    ("text", "first", "kind"),
    [
        ("2月20号交的话", "2027-02-20", "future"),
        ("元旦算吗", "2027-01-01", "future"),
        ("11月3号换的", "2026-11-03", "exact"),
        ("明天交", "2026-11-25", "future"),
        ("上周五交的", "2026-11-20", "exact"),
        ("大上周五交的", "2026-11-13", "exact"),
    ],
)
def test_once_a_plan_is_in_hand_a_day_without_year_is_near_it(text, first, kind):
    (found,) = seen_from_a_plan(text, NOVEMBER, date(2027, 1, 10))
    assert (str(found.first), found.kind) == (first, kind)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("两周前准备的材料", "2026-11-10"),
        ("三天前就要换了", "2026-11-21"),
        ("半个月前就能登录了", "2026-11-02"),
        ("月初准备好的", "2026-11-01"),
        ("周一要交的", "2026-11-23"),
        ("国庆前能换的都换了", "2026-09-24"),
    ],
)
def test_what_is_told_from_today_or_has_happened_is_no_plan(text, first):
    (found,) = find_dates(text, NOVEMBER)
    assert str(found.first) == first


@pytest.mark.parametrize(("text", "first"), [("15号交", "2026-12-15"), ("28号交", "2026-11-28")])
def test_a_day_of_a_plan_without_its_month_is_to_come(text, first):
    (found,) = seen_from_a_plan(text, NOVEMBER, date(2026, 12, 5))
    assert str(found.first) == first


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("法人换了三天，还有几天", "2026-01-02"),
        ("地址改了10天", "2025-12-26"),
        ("服务器换了一个礼拜", "2025-12-29"),
    ],
)
def test_how_long_something_has_been_changed_tells_its_day(text, day):
    assert [found.first for found in find_dates(text, TODAY)] == [date.fromisoformat(day)]


@pytest.mark.parametrize("text", ["换了30天内要交", "等了三天", "换了几天", "换了三天才通知我"])
def test_how_long_something_took_tells_none(text):
    assert not [found for found in find_dates(text, TODAY) if found.kind == "exact"]
