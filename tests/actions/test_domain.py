"""Actions, domain and rules name each other rightly."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from rasa_sdk import Action
from ruamel.yaml import YAML

import actions
from beian.nlu.data_check import read_messages
from tests.actions.conftest import ROOT


def action_classes() -> list[type[Action]]:
    modules = [import_module(f"actions.{module.name}") for module in pkgutil.iter_modules(actions.__path__)]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, Action)
        and value.__module__ == module.__name__
        and not inspect.isabstract(value)
    ]


CLASSES = action_classes()


def test_every_action_of_the_domain_exists_and_the_other_way_round(domain):
    assert {action().name() for action in CLASSES} == set(domain["actions"])


@pytest.mark.parametrize("action", CLASSES, ids=lambda action: action.__name__)
def test_every_action_says_what_it_does(action):
    assert action.__doc__


def test_every_label_has_an_intent_with_a_rule(domain):
    bases = {label.partition("/")[0] for _, label in read_messages()}
    assert bases == set(domain["intents"])
    rules = YAML(typ="safe", pure=True).load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))[
        "rules"
    ]
    anywhere = {
        step["intent"]
        for rule in rules
        if "condition" not in rule
        for step in rule["steps"]
        if "intent" in step
    }
    assert anywhere == bases


def test_the_domain_says_nothing(domain):
    assert "responses" not in domain
