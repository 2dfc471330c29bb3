import os
import subprocess
import sys

import pytest

from beian.store.schema.found import SchemaError
from beian.store.schema.places import Database
from beian.store.schema.revisions import CONVERSATIONS, EVENTS
from beian.store.schema.sole import lock_file, sole_use
from tests.patience import PATIENCE
from tests.store.schema.conftest import places

_HOLD = (
    "import sys; from pathlib import Path; from beian.store.schema.sole import sole_use;"
    "from beian.store.schema.places import Database; from beian.store.schema.revisions import EVENTS;"
    "held = sole_use([Database(EVENTS, Path(sys.argv[1]))]); held.__enter__(); print('held', flush=True);"
    "sys.stdin.read()"
)


def test_a_second_is_refused_and_told_who_has_it(tmp_path):
    with sole_use(places(tmp_path)):
        with pytest.raises(SchemaError, match=rf"进程 {os.getpid()}"), sole_use(places(tmp_path)):
            raise AssertionError
        # The same file in another folder's pair is the same.
        pair = [Database(CONVERSATIONS, tmp_path / "other.db"), Database(EVENTS, tmp_path / "tracker.db")]
        with pytest.raises(SchemaError), sole_use(pair):
            raise AssertionError
    with sole_use(places(tmp_path)):
        pass


def test_it_ends_with_the_process_however_that_ends(tmp_path):
    file = tmp_path / "tracker.db"
    command = [sys.executable, "-c", _HOLD, str(file)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(SchemaError, match=str(holder.pid)), sole_use([Database(EVENTS, file)]):
        raise AssertionError
    holder.kill()
    holder.wait(PATIENCE)
    assert lock_file(file).exists()
    with sole_use([Database(EVENTS, file)]):
        pass


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SchemaError, match="不能写"), sole_use(places(tmp_path / "file" / "var")):
        raise AssertionError
