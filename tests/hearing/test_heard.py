"""A message as the dialogue hears it: what the pipeline made of it, with its days as of today."""

import json
from datetime import date

from beian.hearing.heard import Heard, heard_in
from beian.reading.meaning import Meaning

TODAY = date(2026, 11, 10)


def test_meaning_names_and_days_in_one(hear):
    heard = hear("10月8号换的法人，要在多久内提交变更")
    assert heard.meaning.targets == ("timeline.submit_deadline",)
    assert heard.said.case()["item"] == "legal_representative"
    assert [found.day for found in heard.days] == [date(2026, 10, 8)]
    assert heard.today == TODAY


def test_days_are_read_against_today(hear):
    early = hear("昨天换的法人", today=date(2026, 1, 1))
    late = hear("昨天换的法人", today=date(2026, 6, 1))
    assert [found.day for found in early.days] == [date(2025, 12, 31)]
    assert [found.day for found in late.days] == [date(2026, 5, 31)]


def test_days_are_found_in_what_was_typed(hear):
    """Places of days point into the written text, before it was normalised and repaired."""
    written = "法 人　１０月８号换的"
    heard = hear(written)
    assert heard.said.written == written
    for found in heard.days:
        assert written[found.start : found.end] == found.text


def test_it_survives_the_tracker(talk, hear, kb):
    """In the tracker the parse data is JSON."""
    parsed = talk.parse("换服务器和网站负责人分别要什么材料")
    stored = json.loads(json.dumps(parsed, ensure_ascii=False))
    assert heard_in(stored, TODAY, kb) == heard_in(parsed, TODAY, kb) == hear(parsed["text"])


def test_a_message_that_no_pipeline_understood_is_not_understood(kb):
    """As when another channel hands over a message without our understanding."""
    heard = heard_in({"text": "昨天换的"}, TODAY, kb)
    assert heard.meaning == Meaning("not_understood")
    assert heard.said.text == heard.said.written == "昨天换的"
    assert len(heard.days) == 1
    assert heard_in({}, TODAY, kb) == Heard(
        Meaning("not_understood"), heard_in({}, TODAY, kb).said, (), TODAY
    )
