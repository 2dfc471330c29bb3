"""Every number from turns made by hand, what stands behind it, and the export."""

import csv
import io
import json
from datetime import date, datetime, timedelta

import pytest

from beian.calendar.today import CHINA
from beian.desk import numbers, tables
from beian.kb import load_knowledge
from beian.server import store as module
from beian.server.store import ConversationStore, Draft

KB = load_knowledge()
DAY = date(2026, 11, 20)


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
    with store.transaction() as connection:
        connection.execute(module.feedback.update().values(at=_at(1)))
        connection.execute(module.satisfaction.update().values(at=_at(2)))
        for conversation, waited in (("d", 30.0), ("c", 90.0), ("e", None)):
            values = {"conversation": conversation, "at": _at(1), "asked": 1}
            values["claimed"] = None if waited is None else _at(1) + waited
            connection.execute(tables.handoffs.insert().values(**values))
        proactive = {"conversation": "a", "at": _at(1), "asked": 0, "claimed": _at(1)}
        connection.execute(tables.handoffs.insert().values(**proactive))
    yield store
    store.close()


def _at(day: int) -> float:
    return datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=CHINA).timestamp() + day * 86_400


def _turn(conversation, day, status, facts, intent, text, channel):
    return module.turns.insert().values(
        at=_at(day), channel=channel, conversation=conversation, message=1, text=text, status=status,
        facts=json.dumps(facts), intent=intent, confidence=0.9, ms=1.0, kb_version="x", model="m",
    )  # fmt: skip


@pytest.fixture(scope="module")
def rows(store):
    return numbers.read(store, DAY, DAY + timedelta(days=3))


@pytest.fixture(scope="module")
def counted(rows):
    return numbers.count(rows, KB)


@pytest.mark.parametrize(
    ("name", "value", "of", "by_day", "behind"),
    [
        ("conversations", 6, None, [2, 3, 0, 1], "fedcba"),
        ("questions", 11, None, [5, 5, 0, 1], "fedcba"),
        ("answered", round(3 / 11, 4), 11, [0.6, 0.0, None, 0.0], "fedcb"),
        ("clarify", 3, None, [2, 1, 0, 0], "cb"),
        ("clarified", 0.5, 2, [1.0, 0.0, None, None], "c"),
        ("uncovered", 2, None, [0, 2, 0, 0], "dc"),
        ("out_of_scope", 1, None, [0, 0, 0, 1], "f"),
        ("errors", 1, None, [0, 1, 0, 0], "e"),
        ("asked_again", round(2 / 11, 4), 11, [0.2, 0.2, None, 0.0], "da"),
        ("thumbs_up", 0.5, 2, [None, 0.5, None, None], "a"),
        ("handoffs", 3, None, [0, 3, 0, 0], "ecd"),
        ("wait", 60.0, 2, [None, 60.0, None, None], "ecd"),
        ("content", 0.0, 1, [None, None, 0.0, None], "d"),
    ],
)
def test_numbers(counted, name, value, of, by_day, behind):
    number = counted["numbers"][name]
    assert (number.value, number.of, number.by_day) == (value, of, by_day)
    assert "".join(number.behind) == behind


def test_every_number_is_tested():
    empty = numbers.Rows(DAY, DAY, [], [], [], [])
    shown = numbers.shown(numbers.count(empty, KB))
    assert len(shown["numbers"]) == 13
    assert shown["numbers"]["answered"] == {"value": None, "of": 0, "by_day": [None], "behind": 0}
    assert len(shown["never"]) == len(KB.facts)


def test_a_conversation_of_two_days_is_one():
    turns = [
        numbers.Turn("a", 1, DAY + timedelta(days=day), "收" * 200, "uncovered", (), "uncovered/fees")
        for day in (0, 0, 1)
    ]
    counted = numbers.count(numbers.Rows(DAY, DAY + timedelta(days=1), turns, [], [], []), KB)
    number = counted["numbers"]["conversations"]
    assert (number.value, number.by_day, number.behind) == (1, [1, 1], ["a"])
    assert counted["themes"][0]["texts"] == ["收" * 60 + "…"]


def test_themes_thumbs_and_facts_never_hit(counted):
    fees, other = counted["themes"]
    assert (fees["title"], fees["count"]) == (KB.themes["fees"].title, 2)
    assert set(fees["texts"]) == {"=1+1 多少钱", "收费吗"}
    # The question back that was answered in the end is not among them.
    assert (other["id"], set(other["texts"])) == ("not_understood", {"改", "坏了"})
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
        return numbers.behind(counted, number, day, rows)

    assert behind("answered", DAY) == ["b"]
    assert behind("questions", DAY + timedelta(days=3)) == ["f"]
    assert behind("theme:fees") == ["d", "c"]
    assert behind("thumb:timeline.review") == ["a"]
    assert behind("nonsense") is None
    assert behind("theme:nonsense") is None


def test_the_export_is_safe_in_spreadsheets(counted):
    text = numbers.as_csv(counted)
    assert text.startswith("\ufeffday,")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[1][0] == DAY.isoformat()
    assert lines[1][lines[0].index("answered")] == "0.6"
    assert not [cell for line in lines for cell in line if cell[:1] in ("=", "+", "@")]
    assert "'=1+1 多少钱" in [cell for line in lines for cell in line]


def test_over_http(li, customer):
    customer.ask("变更")
    shown = li.get("/numbers").json()
    assert len(shown["days"]) == 14
    assert shown["numbers"]["answered"]["value"] is not None
    rows = li.get("/numbers/conversations", number="questions").json()["rows"]
    assert customer.id in [row["id"] for row in rows]
    assert li.get("/numbers/conversations", number="nonsense").status_code == 400
    for period in ({"from": "2026-02-01", "to": "2026-01-01"}, {"from": "x"}, {"from": "2020-01-01"}):
        assert li.get("/numbers", **period).status_code == 400
    response = li.get("/numbers.csv")
    assert response.headers["content-type"].startswith("text/csv")
    assert "attachment" in response.headers["content-disposition"]


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", " =", "\u3000＝", "\t", "\r", "\n"]
)
def test_no_cell_is_a_formula(start):
    assert numbers._plain(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("text", ["", "备案", "1=1", "（=）"])
def test_other_cells_stay_as_they_are(text):
    assert numbers._plain(text) == text
