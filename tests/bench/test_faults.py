"""Every fault that is put into the program has its place: a run of all takes too long to stop there."""

from bench.checkout import ROOT
from bench.faults import FAULTS
from bench.suite_mutations import MUTATIONS


def test_each_place_is_there_once():
    places = [(one.file, one.old) for one in (*FAULTS, *MUTATIONS)]
    assert len(places) > 250
    counts = {place: (ROOT / place[0]).read_text(encoding="utf-8").count(place[1]) for place in places}
    assert {place: n for place, n in counts.items() if n != 1} == {}


def test_the_nearest_tests_are_there():
    tests = {test.partition("::")[0] for fault in FAULTS for test in fault.tests}
    assert [test for test in sorted(tests) if not (ROOT / test).exists()] == []
