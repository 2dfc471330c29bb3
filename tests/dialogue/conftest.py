"""What the tests of the dialogue share: the knowledge and the day. Messages are understood by the trained
assistant (see `hear` and `answer` in tests/conftest.py)."""

from datetime import date

import pytest

from beian.kb import load_knowledge
from tests.conftest import TODAY


@pytest.fixture(scope="session")
def kb():
    return load_knowledge()


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY
