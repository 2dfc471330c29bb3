import errno
import subprocess
import sys

import pytest

from beian.cli.faults import out_of_memory, telling_faults
from beian.engine.model_file import ModelMissingError
from beian.store.schema.found import SchemaError


def caused(error, cause):
    error.__cause__ = cause
    return error


WANTS_OF_MEMORY = [
    MemoryError(),
    OSError(errno.ENOMEM, "Cannot allocate memory"),
    ImportError("libx.so: failed to map segment from shared object"),
    RuntimeError("can't start new thread"),
    caused(ModelMissingError("the model cannot be loaded"), MemoryError()),
]


@pytest.mark.parametrize("error", WANTS_OF_MEMORY, ids=repr)
def test_a_want_of_memory_is_told_in_a_sentence(error, capsys):
    with pytest.raises(SystemExit) as stopped, telling_faults():
        raise error
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("内存不够")
    assert said.count("\n") == 1


@pytest.mark.parametrize("error", [ValueError("x"), OSError(2, "no such file"), KeyError("memory")], ids=repr)
def test_what_is_nobodys_fault_is_not_called_that(error):
    assert not out_of_memory(error)
    with pytest.raises(type(error)), telling_faults():
        raise error


def test_what_is_refused_is_told(capsys):
    with pytest.raises(SystemExit), telling_faults():
        raise SchemaError("不能用")
    assert capsys.readouterr().err == "不能用\n"


def test_no_command_waits_for_what_only_others_need():
    """Each command is a process: one that asks a running server for something must not load an assistant."""
    heavy = ("sqlalchemy", "numpy", "spacy", "rasa", "sanic", "beian.dialogue.answer")
    code = f"import sys, beian.__main__; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
