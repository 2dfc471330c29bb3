"""RE2 behind the methods of `re`: what it finds is what `re` finds."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beian.text import patterns

AS_IN_RE = (
    r"\d{1,2}月",
    r"[\d一二]+",
    r"\w+",
    r"[\w.]+",
    r"(?:\W|_)+",
    r"\s*([和与、])\s*",
    r"[^\d\s]+",
    r"(?P<a>甲)|(?P<b>乙)?丙",
    r"[\u4e00-\u4eff]{2,}?",
    r"[]x[]+",
    r"[^]x]+",
    r"的*",
    r"",
    r"a|(?:b|ab)(?:c|bcd)(?:d*)",
    r"^甲|乙",
)
TEXTS = st.text(alphabet="甲乙丙丁和与、的 \t\u3000_.x[]1２三十月abcd一二", max_size=30)


@pytest.mark.parametrize("name", "dws")
def test_classes_of_characters_are_those_of_all_unicode(name):
    here, there = patterns.compile(f"\\{name}"), re.compile(f"\\{name}")
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        # Newer characters than the older of the two tables knows are nobody's.
        if unicodedata.category(char) in ("Cn", "Cs", "Co"):
            continue
        assert bool(here.fullmatch(char)) == bool(there.fullmatch(char)), hex(code)


@pytest.mark.parametrize("expression", AS_IN_RE)
@given(text=TEXTS)
@settings(deadline=None, derandomize=True, max_examples=60)
def test_it_finds_what_re_finds(expression, text):
    here, there = patterns.compile(expression), re.compile(expression)
    told = [(match.span(), match.groups(), match.groupdict()) for match in here.finditer(text)]
    assert told == [(match.span(), match.groups(), match.groupdict()) for match in there.finditer(text)]
    assert here.findall(text) == there.findall(text)
    assert here.split(text) == there.split(text)
    assert here.sub("-", text) == there.sub("-", text)
    assert here.sub("“某”", text) == there.sub("“某”", text)
    assert here.sub(lambda match: f"<{match[0]}>", text, 1) == there.sub(lambda m: f"<{m[0]}>", text, 1)
    for use in ("search", "match", "fullmatch"):
        ours, theirs = getattr(here, use)(text), getattr(there, use)(text)
        assert (ours and ours.span()) == (theirs and theirs.span())


@pytest.mark.parametrize("template", [r"<\1>", r"“\1”或\2", r"\2\1\1"])
def test_a_replacement_holds_the_groups_it_refers_to(template):
    expression, text = r"(甲|a)(乙?)", "甲乙、a、b"
    assert patterns.compile(expression).sub(template, text) == re.sub(expression, template, text)


def test_flags():
    assert patterns.compile("甲.b", patterns.S | patterns.I).search("甲\nB")
    assert not patterns.compile("甲.b").search("甲\nb")
    assert patterns.compile("^b$", patterns.M).findall("a\nb\nc") == ["b"]


def test_the_end_is_the_end():
    assert not patterns.compile("a$").search("a\n")


def test_halves_of_surrogate_pairs_are_no_characters():
    pattern = patterns.compile("[甲\ufffd]")
    text = "甲\ud800乙\udfff"
    assert [match.span() for match in pattern.finditer(text)] == [(0, 1), (1, 2), (3, 4)]
    assert pattern.sub("-", text) == "--乙-"
    assert pattern.match(text, 3).span() == (3, 4)
    assert pattern.search(text, 2).span() == (3, 4)
    assert not pattern.fullmatch(text)
