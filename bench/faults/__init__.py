"""Faults to put into the program, one at a time, each with the tests that are nearest to the place.

Kinds, mixed: a bound off by one, a condition turned round or left out, a wrong unit, a case forgotten,
a secret shortened, something kept that should go or gone that should stay.
"""

from bench.faults import beside, desk, dialogue, knowledge, serving, suite, understanding, words

FAULTS = (
    *words.FAULTS,
    *knowledge.FAULTS,
    *understanding.FAULTS,
    *dialogue.FAULTS,
    *beside.FAULTS,
    *serving.FAULTS,
    *desk.FAULTS,
    *suite.FAULTS,
)
