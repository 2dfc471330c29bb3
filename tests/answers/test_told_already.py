"""What the conversation has told already."""

from beian.answers.told_already import all_told
from beian.meaning.state import Discourse


def test_what_was_told_last_or_earlier_counts_and_only_all_of_it():
    state = Discourse(stated=("timeline.review",), trail=(("type.subject_info", "procedure.login"),))
    assert all_told(["timeline.review"], state)
    assert all_told(["timeline.review", "procedure.login"], state)
    assert not all_told(["timeline.review", "access.overview"], state)
    assert not all_told(["timeline.review"], Discourse())
