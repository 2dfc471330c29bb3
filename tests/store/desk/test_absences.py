"""Who is away: from when on, until when, and what makes no sense."""

import pytest

from beian.store import desk_tables as tables
from beian.store.conversations import ConversationStore
from beian.store.desk.absences import LONGEST_SECONDS, Absence, AbsenceError, Absences

NOW = 1_795_830_000.0


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def absences(tmp_path, clock):
    store = ConversationStore(tmp_path / "c.db")
    tables.create(store.engine)
    yield Absences(store, clock)
    store.close()


def test_from_now_until_then(absences, clock):
    assert absences.note("李敏", None, NOW + 60) == Absence(NOW, NOW + 60)
    assert absences.now() == {"李敏": Absence(NOW, NOW + 60)}
    clock.now = NOW + 60
    assert absences.now() == absences.known() == {}


def test_one_to_come_is_known_and_begins_by_itself(absences, clock):
    absences.note("李敏", NOW + 100, NOW + 200)
    assert absences.now() == {}
    assert list(absences.known()) == ["李敏"]
    clock.now = NOW + 100
    assert list(absences.now()) == ["李敏"]


def test_a_later_word_takes_the_place_of_the_one_before(absences):
    absences.note("李敏", None, NOW + 60)
    absences.note("李敏", None, NOW + 600)
    assert absences.now()["李敏"].until == NOW + 600
    absences.end("李敏")
    absences.end("李敏")
    assert absences.known() == {}


@pytest.mark.parametrize(
    ("begin", "until"),
    [
        (None, NOW),
        (NOW + 10, NOW + 10),
        (NOW - 100, NOW - 10),
        (None, NOW + LONGEST_SECONDS + 1),
        (None, float("inf")),
        (float("nan"), NOW + 10),
    ],
)
def test_what_cannot_be(absences, begin, until):
    with pytest.raises(AbsenceError):
        absences.note("李敏", begin, until)
    assert absences.known() == {}


def test_in_words():
    assert Absence(NOW, 1_795_914_000.0).until_text == "11月29日（周日）09:00"
