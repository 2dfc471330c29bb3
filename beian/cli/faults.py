"""What stops a command, as lines for people instead of a traceback."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from beian.engine.assistant import ModelMissingError
from beian.kb import KnowledgeError
from beian.settings import SettingsError
from beian.store.database import StoreError

_NO_MEMORY = "内存不够，没有做完：服务要约 600 MB，请关掉别的程序或放宽内存限制（容器、ulimit）后再试"
# What a library says that could not be loaded into the memory there is, or a thread that had no room.
_NO_ROOM = ("failed to map segment", "cannot allocate memory", "can't start new thread", "out of memory")


def out_of_memory(error: BaseException | None) -> bool:
    """Whether an error, or what it came from, is a want of memory."""
    while error is not None:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        if isinstance(error, (ImportError, OSError, RuntimeError)) and any(
            words in str(error).lower() for words in _NO_ROOM
        ):
            return True
        error = error.__cause__ or error.__context__
    return False


@contextmanager
def told() -> Iterator[None]:
    """Print what is wrong with set-up, model, stores, knowledge base or memory and exit with status 1."""
    try:
        yield
    except KnowledgeError as error:
        print("知识库有问题，请先改正：", *error.problems, sep="\n  ", file=sys.stderr)
        sys.exit(1)
    except (SettingsError, ModelMissingError, StoreError) as error:
        print(_NO_MEMORY if out_of_memory(error) else error, file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        if not out_of_memory(error):
            raise
        print(_NO_MEMORY, file=sys.stderr)
        sys.exit(1)
