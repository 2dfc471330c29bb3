"""The switch means what it says, or says that it means nothing."""

import pytest

from beian.kb import load_knowledge
from beian.settings import SettingsError, from_environment
from beian.supplement.layer import layer_of
from beian.supplement.switch import SwitchError, switch_from


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
    with pytest.raises(SwitchError, match="应是 on 或 off"):
        switch_from({"BEIAN_SUPPLEMENT": "maybe"})
    with pytest.raises(SettingsError, match="BEIAN_SUPPLEMENT 应是 on 或 off"):
        from_environment({"BEIAN_SUPPLEMENT": "maybe"})


def test_there_is_no_layer_while_it_is_off(monkeypatch):
    monkeypatch.setenv("BEIAN_SUPPLEMENT", "off")
    assert layer_of(load_knowledge()) is None
