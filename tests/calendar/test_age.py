"""Ages as people say them, read on 5 January 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian.calendar.age import find_age
from beian.calendar.age_days import Age, comes_of_age

TODAY = date(2026, 1, 5)
OF_AGE = [
    "刚满18",
    "18岁可以吗",
    "他18周岁了",
    "二十岁",
    "2008年1月5日出生",
    "2008-01-05出生",
    "生于2000年",
    "已经成年了",
    "已满18",
    "去年满18",
    "昨天满18",
    "昨天刚满18岁",
    "90后",
    "负责人是2007年的",
    "虚岁20",
    "45岁",
    "负责人满18了",
    "刚过18岁生日",
    "2007年12月31日生",
    "十八岁零一个月",
    "他今年19，可以吗",
]
MINOR = [
    "我下半年才满十八",  # decided in July at the earliest
    "负责人18岁生日在下个月",
    "18岁生日是1月20号",
    "2009年底出生",
    "儿子还有一个多月满18",
    "差两个月十八",
    "再有半年就成年了",
    "负责人是2008年12月的，可以吗",
    "他是零九年的",
    "16周岁算成年吗",
    "负责人17岁可以吗",
    "十七岁能当吗",
    "他2010年出生的",
    "身份证上2009年3月生",
    "还差一个月满18",
    "下个月满18",
    "快18了",
    "2008年1月6日出生",
    "生日是2008年12月1号",
    "出生日期：2009-05-01",
    "未满18岁能当吗",
    "还没满18",
    "不满十八周岁的可以吗",
    "他还没成年",
    "未成年可以做网站负责人吗",
    "马上18岁了",
    "下周满18岁",
    "明年才满18",
    "还有三天满18",
    "再过两个月就18岁了",
    "差一岁成年",
    "差三天满18周岁",
    "10后",
    "我儿子09年的",
    "2009年生人",
    "17岁半",
    "虚岁18",
    "我16",
    "他今年16岁",
    "还差半年满18",
    "过几天满18",
    "二〇〇九年三月出生",
    "新负责人才17",
    "不到18",
    "下周三满十八岁",
    "到1月20号才满18岁",
    "后天过18岁生日",
    "我才十七能当负责人吗",
    "儿子刚满十七岁",  # and not seventeen or more
    "他还没真正满18岁",
]
DEPENDS = [
    "08年的，能当负责人吗",
    "今年满18",
    "05后能当吗",
    "零八年出生",
    "虚岁19",
    "2008年1月出生",
    "他是2008年出生的，身份证是新的",
]
NO_AGE = [
    "网站负责人年满18周岁是硬性要求吗",
    "满18周岁就行吗",
    "年满18周岁才可以吗",
    "网站做了17年",
    "周岁还是虚岁",
    "负责人要满18吗",
    "必须年满18周岁吗",
    "负责人需要18岁以上吗",
    "18岁以上才能当吗",
    "公司是2008年成立的",
    "2008年的备案",
    "网站08年的时候备案的",
    "域名用了18年了",
    "5到20个工作日",
    "要什么年龄",
    "负责人几岁可以",
    "下个月18号",
    "换到18号楼",
    "快到18号了",
    "IP生效要多久",
    "超过30了怎么办",
    "已经过30天了",
    "今年12月换的",
    "还差3天到期",
    "满20个工作日了",
]


@pytest.mark.parametrize("text", OF_AGE)
def test_of_age(text):
    assert find_age(text, TODAY).is_adult(TODAY, 18) is True


@pytest.mark.parametrize("text", MINOR)
def test_minor(text):
    assert find_age(text, TODAY).is_adult(TODAY, 18) is False


@pytest.mark.parametrize("text", DEPENDS)
def test_depends_on_the_birthday(text):
    assert find_age(text, TODAY).is_adult(TODAY, 18) is None


@pytest.mark.parametrize("text", NO_AGE)
def test_no_age(text):
    assert find_age(text, TODAY) is None


def test_the_day_of_coming_of_age():
    age = find_age("2008年3月9日出生", TODAY)
    assert age.of_age_on(18) == date(2026, 3, 9)
    assert find_age("17岁", TODAY).of_age_on(18) is None


def test_leap_day():
    assert comes_of_age(date(2008, 2, 29), 18) == date(2026, 3, 1)
    born = Age("", date(2008, 2, 29), date(2008, 2, 29))
    assert born.is_adult(date(2026, 2, 28), 18) is False
    assert born.is_adult(date(2026, 3, 1), 18) is True


DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@given(st.integers(1, 99), DAYS)
def test_complete_years_decide(years, today):
    age = find_age(f"负责人{years}岁", today)
    assert age.born_first <= age.born_last <= today
    assert age.is_adult(today, 18) is (years >= 18)


@given(st.integers(1, 60), DAYS)
def test_days_short_is_never_of_age(days, today):
    for text in (f"还差{days}天满18", f"再过{days}天就18岁了"):
        assert find_age(text, today).is_adult(today, 18) is False
    assert find_age("明天满18岁", today).is_adult(today, 18) is False


@given(st.dates(date(1950, 1, 1), date(2014, 12, 31)), DAYS)
def test_a_full_birthday_decides(born, today):
    age = find_age(f"{born.year}年{born.month}月{born.day}日出生", today)
    assert (age.born_first, age.born_last) == (born, born)
    assert age.is_adult(today, 18) is (age.of_age_on(18) <= today)
    assert age.is_adult(age.of_age_on(18) - timedelta(days=1), 18) is False


@given(st.text(alphabet="0123456789一二十岁年月日满差还快未不到周生出后了的虚才负责人 ", max_size=25), DAYS)
def test_any_text_gives_an_age_in_order_or_none(text, today):
    age = find_age(text, today)
    if age is not None:
        assert age.born_first <= age.born_last <= today or age.is_adult(today, 18) is False


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("17岁，1月18号过生日", date(2008, 1, 18), date(2008, 1, 18)),
        ("17岁，生日是3月9号", date(2008, 3, 9), date(2008, 3, 9)),
        ("我17，国庆过生日", date(2008, 10, 1), date(2008, 10, 1)),
        ("1月20号是他18岁生日", date(2008, 1, 20), date(2008, 1, 20)),
        ("他17，3月份生日", date(2008, 3, 1), date(2008, 3, 31)),
    ],
)
def test_a_birthday_to_come_tells_when_the_next_year_is_reached(text, first, last):
    age = find_age(text, TODAY)
    assert (age.born_first, age.born_last) == (first, last)
