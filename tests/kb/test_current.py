"""One knowledge base is in use of a folder until another takes its place as a whole."""

from dataclasses import replace

import pytest

from beian.kb import current, default_path, load_knowledge, use_knowledge


@pytest.fixture(autouse=True)
def apart(monkeypatch):
    monkeypatch.setattr(current, "_in_use", dict(current._in_use))


def test_it_is_read_once_and_is_that_of_the_project_by_default(monkeypatch):
    first = load_knowledge()
    monkeypatch.setattr(current, "read_knowledge", None)
    assert load_knowledge() is load_knowledge(default_path()) is first


def test_another_is_in_use_of_its_own_folder_alone(tmp_path):
    first = load_knowledge()
    other = replace(first, phone="10000")
    use_knowledge(other, tmp_path)
    assert load_knowledge(tmp_path) is other
    assert load_knowledge() is first
    use_knowledge(other)
    assert load_knowledge() is other
    assert first.phone != other.phone, "who has the former one keeps it"
