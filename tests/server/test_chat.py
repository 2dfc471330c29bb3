"""The terminal, as a person uses it."""

import os
import subprocess
import sys

from beian.kb import load_knowledge
from beian.settings import ROOT
from tests.patience import PATIENCE
from tests.server.conftest import PROJECT


def test_a_conversation_in_the_terminal(tiny_model):
    env = {**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "beian", "chat", "--model", str(tiny_model), "--actions", "tiny_actions"]
    typed = "你好\n1\n\n/raise\n"
    done = subprocess.run(command, env=env, input=typed, capture_output=True, text=True, timeout=5 * PATIENCE)
    assert done.returncode == 0, done.stderr[-2000:]
    kb = load_knowledge()
    assert done.stdout.startswith(kb.phrase("smalltalk", "greet"))
    assert "第一段：你好" in done.stdout
    assert "[1] 审核要多久" in done.stdout
    # A number chooses the button; an empty line is answered kindly; a slash is text.
    assert "第一段：审核要多久" in done.stdout
    assert kb.phrase("errors", "empty") in done.stdout
    assert "第一段：／raise" in done.stdout
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr
