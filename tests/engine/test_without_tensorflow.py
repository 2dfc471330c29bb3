"""Each in a process of its own: what is imported cannot be undone."""

import json
import subprocess
import sys
import textwrap

import pytest

from beian.settings import ROOT
from tests.patience import PATIENCE
from tests.server.conftest import PROJECT

HEAVY = ("tensorflow", "keras", "jax", "torch", "matplotlib", "aiogram", "twilio")


def _run(code: str) -> dict:
    program = textwrap.dedent(code)
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=5 * PATIENCE,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return json.loads(result.stdout.splitlines()[-1])


def test_nothing_heavy_is_loaded_after_a_reply(tiny_model):
    loaded = _run(
        f"""
        import asyncio, json, sys, resource
        sys.path.insert(0, {str(PROJECT)!r})
        from pathlib import Path
        from beian.engine.assistant import Assistant

        async def main():
            assistant = await Assistant.load(Path({str(tiny_model)!r}), actions="tiny_actions")
            import spacy.language
            return await assistant.reply("a", "你好")

        said = asyncio.run(main())
        print(json.dumps({{"said": said, "loaded": [name for name in {HEAVY!r} if name in sys.modules]}}))
        """
    )
    assert loaded["loaded"] == []
    assert loaded["said"][0]["custom"]["status"] == "answered"


def test_the_real_model_needs_nothing_heavy():
    from beian.engine.model_file import newest_model

    model = newest_model()
    loaded = _run(
        f"""
        import asyncio, json, sys
        from pathlib import Path
        from beian.engine.assistant import Assistant

        async def main():
            assistant = await Assistant.load(Path({str(model)!r}))
            return await assistant.reply("a", "审核要多久")

        said = asyncio.run(main())
        print(json.dumps({{"said": said, "loaded": [name for name in {HEAVY!r} if name in sys.modules]}}))
        """
    )
    assert loaded["loaded"] == []
    assert loaded["said"][0]["custom"]["facts"] == ["timeline.review"]


def test_what_is_left_out_says_so():
    told = _run(
        """
        import json
        from beian.engine.without_tensorflow import keep_tensorflow_out
        assert keep_tensorflow_out() and keep_tensorflow_out()
        told = {}
        try:
            import tensorflow.keras
        except ImportError as error:
            told["import"] = str(error)
        from rasa.utils.tensorflow.callback import RasaTrainingLogger
        try:
            RasaTrainingLogger(1, True)
        except ImportError as error:
            told["use"] = str(error)
        print(json.dumps(told))
        """
    )
    assert "left out" in told["import"]
    assert "Rasa's own commands" in told["use"]


@pytest.mark.parametrize("module", ["rasa.__main__", "beian.kb", "beian.settings"])
def test_rasas_commands_and_plain_imports_are_not_changed(module):
    state = _run(
        f"""
        import importlib, json, sys
        importlib.import_module({module!r})
        names = [type(finder).__name__ for finder in sys.meta_path]
        print(json.dumps([name for name in names if "Absent" in name]))
        """
    )
    assert state == []


def test_telemetry_is_off_whatever_the_environment_says(tiny_model):
    state = _run(
        f"""
        import asyncio, json, os, sys
        os.environ["RASA_TELEMETRY_ENABLED"] = "true"
        sys.path.insert(0, {str(PROJECT)!r})
        from pathlib import Path
        from beian.engine.assistant import Assistant
        asyncio.run(Assistant.load(Path({str(tiny_model)!r}), actions="tiny_actions"))
        from rasa.telemetry import is_telemetry_enabled
        import socket
        print(json.dumps({{"enabled": is_telemetry_enabled()}}))
        """
    )
    assert state == {"enabled": False}
