"""Every number from turns made by hand, what stands behind it, and the export."""

import csv
import io
import json
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from beian.calendar.today import CHINA
from beian.desk import numbers
from beian.desk.numbers_csv import as_csv
from beian.desk.spreadsheet import plain_cell
from beian.kb import load_knowledge
from beian.store import desk_tables as tables
from beian.store import period
from beian.store import tables as conversation_tables
from beian.store.conversations import ConversationStore
from beian.store.records import Draft

KB = load_knowledge()
DAY = date(2026, 11, 20)
_FIRST = sa.select(sa.func.min(conversation_tables.satisfaction.c.at))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = ConversationStore(tmp_path_factory.mktemp("numbers") / "c.db")
    tables.create(store.engine)
    told = [
        # conversation, day, status, facts, intent, text
        ("a", 0, "answered", ["timeline.review"], "timeline/review", "审核多久"),
        ("a", 0, "smalltalk", [], "chitchat/thanks", "谢谢"),
        ("a", 0, "answered", ["timeline.review"], "timeline/review", "到底多久"),
        ("b", 0, "clarify", [], "materials/overview", "材料"),
        ("b", 0, "clarify", [], "materials/overview", "企业"),
        ("b", 0, "answered", ["materials.subject_info.enterprise"], "x", "公司改名"),
        ("c", 1, "clarify", [], "type/subject_info", "改"),
        ("c", 1, "uncovered", ["contact.support"], "uncovered/fees", "=1+1 多少钱"),
        ("d", 1, "uncovered", ["contact.support"], "uncovered/fees", "收费吗"),
        ("d", 1, "handoff", ["contact.support"], "handoff/request", "转人工"),
        ("e", 1, "error", [], "", "坏了"),
        ("f", 3, "out_of_scope", [], "out_of_scope/poetry", "写诗"),
    ]
    with store.transaction() as connection:
        for name in "abcdef":
            store._open(connection, name, "web", _at(0))
        for conversation, day, status, facts, intent, text in told:
            connection.execute(_turn(conversation, day, status, facts, intent, text, "web"))
        connection.execute(_turn("api-x", 0, "answered", ["timeline.review"], "x", "别的系统", "rest"))
    said = store.append("a", Draft("bot", "3-20个工作日", custom={"facts": ["timeline.review"]}))
    also = store.append("b", Draft("bot", "准备", custom={"facts": ["materials.overview"]}))
    store.set_feedback("a", said.id, "down", "不完整")
    store.set_feedback("b", also.id, "up", None)
    store.add_satisfaction("d", 0)
    # Who changes his mind counts once, as he ended.
    store.add_satisfaction("b", 0)
    store.add_satisfaction("b", 1)
    for name, outcome in (("a", "kept"), ("b", "edited"), ("b", "replaced"), ("c", None)):
        custom = {"suggestion": {"fact": "timeline.review", "outcome": outcome}} if outcome else {}
        store.append(name, Draft("agent", "回复", agent="李敏", custom=custom))
    with store.transaction() as connection:
        connection.execute(conversation_tables.feedback.update().values(at=_at(1)))
        moved = _at(2) + (conversation_tables.satisfaction.c.at - connection.execute(_FIRST).scalar())
        connection.execute(conversation_tables.satisfaction.update().values(at=moved))
        connection.execute(conversation_tables.messages.update().values(at=_at(2)))
        for conversation, waited in (("d", 30.0), ("c", 90.0), ("e", None)):
            values = {"conversation": conversation, "at": _at(1), "asked": 1}
            values["claimed"] = None if waited is None else _at(1) + waited
            # Who never got anybody gave up after ten minutes.
            values["ended"] = _at(1) + 600.0
            connection.execute(tables.handoffs.insert().values(**values))
        proactive = {"conversation": "a", "at": _at(1), "asked": 0, "claimed": _at(1)}
        connection.execute(tables.handoffs.insert().values(**proactive))
    yield store
    store.close()


def _at(day: int) -> float:
    return datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=CHINA).timestamp() + day * 86_400


def _turn(conversation, day, status, facts, intent, text, channel):
    return conversation_tables.turns.insert().values(
        at=_at(day), channel=channel, conversation=conversation, message=1, text=text, status=status,
        facts=json.dumps(facts), intent=intent, confidence=0.9, ms=1.0, kb_version="x", model="m",
    )  # fmt: skip


@pytest.fixture(scope="module")
def rows(store):
    return period.read(store, DAY, DAY + timedelta(days=3))


@pytest.fixture(scope="module")
def counted(rows):
    return numbers.count(rows, KB)


@pytest.mark.parametrize(
    ("name", "value", "of", "by_day", "behind"),
    [
        ("conversations", 6, None, [2, 3, 0, 1], "fedcba"),
        ("questions", 7, None, [3, 3, 0, 1], "fedcba"),
        ("answered", round(3 / 7, 4), 7, [1.0, 0.0, None, 0.0], "fedc"),
        ("clarify", 3, None, [2, 1, 0, 0], "cb"),
        ("clarified", 0.5, 2, [1.0, 0.0, None, None], "c"),
        ("uncovered", 2, None, [0, 2, 0, 0], "dc"),
        ("out_of_scope", 1, None, [0, 0, 0, 1], "f"),
        ("errors", 1, None, [0, 1, 0, 0], "e"),
        ("asked_again", round(1 / 7, 4), 7, [round(1 / 3, 4), 0.0, None, 0.0], "a"),
        ("thumbs_up", 0.5, 2, [None, 0.5, None, None], "a"),
        ("handoffs", 3, None, [0, 3, 0, 0], "ecd"),
        ("wait", 60.0, 2, [None, 60.0, None, None], "ecd"),
        ("wait_long", 90.0, 2, [None, 90.0, None, None], "ecd"),
        ("unserved", round(1 / 3, 4), 3, [None, round(1 / 3, 4), None, None], "e"),
        ("unserved_wait", 600.0, 1, [None, 600.0, None, None], "e"),
        ("content", 0.5, 2, [None, None, 0.5, None], "d"),
        ("kept", round(1 / 3, 4), 3, [None, None, round(1 / 3, 4), None], "a"),
        ("edited", round(1 / 3, 4), 3, [None, None, round(1 / 3, 4), None], "b"),
        ("replaced", round(1 / 3, 4), 3, [None, None, round(1 / 3, 4), None], "b"),
    ],
)
def test_numbers(counted, name, value, of, by_day, behind):
    number = counted["numbers"][name]
    assert (number.value, number.of, number.by_day) == (value, of, by_day)
    assert "".join(number.behind) == behind


def test_every_number_is_tested():
    empty = period.PeriodRows(DAY, DAY, [], [], [], [])
    shown = numbers.shown(numbers.count(empty, KB))
    assert len(shown["numbers"]) == 19
    nothing = {"value": None, "of": 0, "by_day": [None], "behind": 0, "before": None}
    assert shown["numbers"]["answered"] == nothing
    # Each says how it is counted.
    assert [figure["id"] for figure in shown["figures"]] == list(shown["numbers"])
    assert all(figure["name"] and figure["about"] for figure in shown["figures"])
    assert len(shown["never"]) == len(KB.facts)


def test_a_conversation_of_two_days_is_one():
    turns = [
        period.CountedTurn("a", 1, DAY + timedelta(days=day), "收" * 200, "uncovered", (), "uncovered/fees")
        for day in (0, 0, 1)
    ]
    counted = numbers.count(period.PeriodRows(DAY, DAY + timedelta(days=1), turns, [], [], []), KB)
    number = counted["numbers"]["conversations"]
    assert (number.value, number.by_day, number.behind) == (1, [1, 1], ["a"])
    assert counted["themes"][0]["texts"] == ["收" * 60 + "…"]


def test_themes_thumbs_and_facts_never_hit(counted):
    fees, other = counted["themes"]
    assert (fees["title"], fees["count"]) == (KB.themes["fees"].title, 2)
    assert set(fees["texts"]) == {"=1+1 多少钱", "收费吗"}
    # The question back that was answered in the end is not among them.
    assert (other["id"], set(other["texts"])) == ("not_understood", {"坏了"})
    assert [(thumb["id"], thumb["up"], thumb["down"]) for thumb in counted["thumbs"]] == [
        ("timeline.review", 0, 1),
        ("materials.overview", 1, 0),
    ]
    never = {fact["id"] for fact in counted["never"]}
    assert never == set(KB.facts) - {
        "timeline.review",
        "materials.subject_info.enterprise",
        "contact.support",
    }


def test_what_stands_behind_one_day(counted, rows):
    def behind(number, day=None):
        return numbers.behind(counted, number, day, rows, KB)

    assert behind("answered", DAY) == []
    assert behind("answered", DAY + timedelta(days=1)) == ["e", "d", "c"]
    assert behind("questions", DAY + timedelta(days=3)) == ["f"]
    assert behind("theme:fees") == ["d", "c"]
    assert behind("thumb:timeline.review") == ["a"]
    assert behind("nonsense") is None
    assert behind("theme:nonsense") is None


def test_the_export_is_safe_in_spreadsheets(counted):
    text = as_csv(counted)
    assert text.startswith("\ufeff日期,")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[1][0] == DAY.isoformat()
    assert lines[1][lines[0].index("回答率")] == "1.0"
    assert "等人工（中位数）（秒）" in lines[0]
    whole = next(line for line in lines if line[0] == "其中的个数（分母）")
    assert whole[lines[0].index("回答率")] == "7"
    assert ["12:00", "7", "3"] in lines
    # No column, no theme and no fact by an id that only programs know.
    assert not [cell for line in lines for cell in line if cell.isascii() and cell[:1].isalpha()]
    assert not [cell for line in lines for cell in line if cell[:1] in ("=", "+", "@")]
    assert "'=1+1 多少钱" in [cell for line in lines for cell in line]


def _said(*turns):
    return [
        period.CountedTurn("a", n, DAY, text, status, tuple(facts), intent)
        for n, (status, facts, intent, text) in enumerate(turns)
    ]


def _shown_for(turns):
    return numbers.count(period.PeriodRows(DAY, DAY, turns, [], [], []), KB)


def test_different_questions_that_only_share_the_hotline_are_not_asked_again():
    support = ["contact.support"]
    turns = _said(
        ("uncovered", support, "uncovered/fees", "变更要多少钱"),
        ("uncovered", support, "uncovered/account", "备案密码忘了怎么办"),
        ("handoff", support, "handoff/request", "转人工"),
        ("handoff", support, "handoff/request", "人工客服"),
        ("answered", ["timeline.review", *support], "timeline/review", "审核多久"),
        ("answered", ["procedure.overview", *support], "procedure/overview", "怎么办"),
    )
    counted = _shown_for(turns)["numbers"]
    assert (counted["asked_again"].value, counted["questions"].value) == (0.0, 4)


def test_no_title_is_an_id():
    counted = _shown_for(_said(("uncovered", [], "uncovered/cancel_nothing_known", "注销网站")))
    assert [theme["title"] for theme in counted["themes"]] == ["其他未说明的问题"]


def test_the_period_before_and_the_hours(store):
    now, before = period.read_both(store, DAY + timedelta(days=1), DAY + timedelta(days=1))
    counted = numbers.count(now, KB, before)
    assert (counted["numbers"]["questions"].value, counted["numbers"]["questions"].before) == (3, 3)
    assert (counted["numbers"]["answered"].value, counted["numbers"]["answered"].before) == (0.0, 1.0)
    assert counted["hours"]["questions"] == [0] * 12 + [3] + [0] * 11
    assert sum(counted["hours"]["handoffs"]) == 3


def test_over_http(li, customer):
    customer.ask("变更")
    shown = li.get("/numbers").json()
    assert len(shown["days"]) == 14
    assert shown["numbers"]["answered"]["value"] is not None
    rows = li.get("/numbers/conversations", number="questions").json()["rows"]
    assert customer.id in [row["id"] for row in rows]
    assert li.get("/numbers/conversations", number="nonsense").status_code == 400
    for asked in ({"from": "2026-02-01", "to": "2026-01-01"}, {"from": "x"}, {"from": "2020-01-01"}):
        assert li.get("/numbers", **asked).status_code == 400
    response = li.get("/numbers.csv")
    assert response.headers["content-type"].startswith("text/csv")
    assert "attachment" in response.headers["content-disposition"]


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", " =", "\u3000＝", "\t", "\r", "\n"]
)
def test_no_cell_is_a_formula(start):
    assert plain_cell(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("text", ["", "备案", "1=1", "（=）"])
def test_other_cells_stay_as_they_are(text):
    assert plain_cell(text) == text
