"""What stops a command, as lines for people instead of a traceback."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

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
def telling_faults() -> Iterator[None]:
    """Print what is wrong with set-up, model, stores, knowledge base or memory and exit with status 1."""
    try:
        yield
    except Exception as error:
        said = _sentence(error)
        if said is None:
            raise
        print(said, file=sys.stderr)
        sys.exit(1)


def _sentence(error: Exception) -> str | None:
    """What is said of an error; None for one that is a fault of the program."""
    # Imported here: a command that goes well needs none of it, and it takes a second.
    from beian.engine.model_file import ModelMissingError
    from beian.kb import KnowledgeError
    from beian.settings import SettingsError
    from beian.store.database import StoreError

    if isinstance(error, KnowledgeError):
        return "\n  ".join(["知识库有问题，请先改正：", *error.problems])
    if out_of_memory(error):
        return _NO_MEMORY
    return str(error) if isinstance(error, (SettingsError, ModelMissingError, StoreError)) else None
