"""What stops a command, as lines for people instead of a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from beian.kb import KnowledgeError
from beian.server.assistant import ModelMissingError
from beian.server.database import StoreError
from beian.server.settings import SettingsError


@contextmanager
def told() -> Iterator[None]:
    """Print what is wrong with set-up, model, stores or knowledge base and exit with status 1."""
    try:
        yield
    except KnowledgeError as error:
        print("知识库有问题，请先改正：", *error.problems, sep="\n  ", file=sys.stderr)
        sys.exit(1)
    except (SettingsError, ModelMissingError, StoreError) as error:
        print(error, file=sys.stderr)
        sys.exit(1)
