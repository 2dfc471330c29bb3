"""What is set means what it says, or says that it means nothing."""

import pytest

from beian.kb import load_knowledge
from beian.settings import SettingsError, from_environment
from beian.settings.answering import caution_from, switch_from
from beian.supplement.layer import layer_of


@pytest.mark.parametrize(
    ("environ", "on"),
    [({}, True), ({"BEIAN_SUPPLEMENT": "ON "}, True), ({"BEIAN_SUPPLEMENT": "off"}, False)],
)
def test_on_unless_switched_off(environ, on):
    assert switch_from(environ).on is on
    assert switch_from(environ).shows("fees") is on


def test_themes_are_left_out():
    switch = switch_from({"BEIAN_SUPPLEMENT_WITHOUT": "fees, agency,"})
    assert [switch.shows(theme) for theme in ("fees", "agency", "limits")] == [False, False, True]


def test_another_value_is_refused_when_the_server_starts():
    with pytest.raises(SettingsError, match="应是 on 或 off"):
        switch_from({"BEIAN_SUPPLEMENT": "maybe"})
    with pytest.raises(SettingsError, match="BEIAN_SUPPLEMENT 应是 on 或 off"):
        from_environment({"BEIAN_SUPPLEMENT": "maybe"})


def test_there_is_no_layer_while_it_is_off(monkeypatch):
    monkeypatch.setenv("BEIAN_SUPPLEMENT", "off")
    assert layer_of(load_knowledge()) is None


def test_how_careful_answers_are_is_the_operators_choice():
    assert [caution_from({}), caution_from({"BEIAN_CAUTION": ""})] == [None, None]
    assert [caution_from({"BEIAN_CAUTION": given}) for given in ("0", "0.25", "1")] == [0, 0.25, 1]


@pytest.mark.parametrize("given", ["-0.1", "1.1", "nan", "inf", "高", "0,4"])
def test_what_is_no_such_choice_is_refused(given):
    with pytest.raises(SettingsError, match=f"BEIAN_CAUTION.*{given}"):
        caution_from({"BEIAN_CAUTION": given})


def test_what_is_wrong_with_any_setting_shows_before_anything_is_loaded():
    for name, value in (("CAUTION", "2"), ("SUPPLEMENT", "maybe"), ("DESK_GONE_MINUTES", "0")):
        with pytest.raises(SettingsError, match=name):
            from_environment({f"BEIAN_{name}": value})
