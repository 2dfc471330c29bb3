"""A meaning in the customer's case."""

import pytest

from beian.meaning.data import MANNERS
from beian.meaning.said import Said
from beian.meaning.state import Discourse, Matter
from beian.reading.fitting import Fitting
from beian.reading.meaning import Meaning


@pytest.mark.parametrize(
    ("chances", "target"),
    [
        # 初审几天: what the document does not say, with the review's time beside it
        ({"timeline.review": 0.5, "uncovered/first_check_time": 0.43}, "uncovered/first_check_time"),
        (
            {"timeline.review": 0.4, "uncovered/expedite": 0.2, "uncovered/progress_check": 0.1},
            "uncovered/expedite",
        ),
        ({"timeline.review": 0.6, "uncovered/first_check_time": 0.2}, "timeline.review"),
        ({"timeline.review": 0.8, "uncovered/first_check_time": 0.6}, "timeline.review"),
        # a theme that does not say the fact along with it
        ({"timeline.review": 0.5, "uncovered/fees": 0.45}, "timeline.review"),
    ],
)
def test_a_fact_that_hardly_leads_gives_way_to_the_theme_that_says_it_as_well(
    kb, candidates, said, chances, target
):
    meaning = Meaning("answer", ("timeline.review",), MANNERS[0], ranking=tuple(chances.items()))
    assert Fitting(candidates, kb).left_open(meaning, said("审核要多久")).targets == (target,)


ACCESS = {"access.overview": 0.5, "access.subject_or_responsible_change": 0.2, "access.server_change": 0.1}


@pytest.mark.parametrize(
    ("matter", "named", "target"),
    [
        (Matter("subject_info", "legal_representative"), (), "access.subject_or_responsible_change"),
        (Matter("website_info", "responsible_person"), (), "access.subject_or_responsible_change"),
        # as unlikely as for a server, or for what has no answer of its own, the general answer is left
        (Matter("website_info", "server"), (), "access.overview"),
        (Matter("website_info", "site_name"), (), "access.overview"),
        (Matter(), (), "access.overview"),
        (Matter("subject_info", "legal_representative"), (("item", "site_name"),), "access.overview"),
    ],
)
def test_a_general_answer_gives_way_to_that_for_the_change_in_hand(kb, candidates, matter, named, target):
    meaning = Meaning("answer", ("access.overview",), MANNERS[0], 0.5, ranking=tuple(ACCESS.items()))
    found = Fitting(candidates, kb).for_the_case(meaning, Said("", named=named), Discourse(focus=matter))
    assert found.targets == (target,)
