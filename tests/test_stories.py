"""`rasa test core` on tests/test_stories.yml: the policies carry every conversation to the right action."""

import json
import os
import subprocess
import sys
from pathlib import Path

from beian.engine.training import MODELS, NAME
from beian.project import ROOT

STORIES = Path(__file__).with_name("test_stories.yml")


def test_every_story_is_predicted(tmp_path):
    command = [sys.executable, "-m", "rasa", "test", "core", "--fail-on-prediction-errors", "--no-plot"]
    command += ["--stories", str(STORIES), "--model", str(MODELS / f"{NAME}.tar.gz"), "--out", str(tmp_path)]
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **quiet}, capture_output=True, text=True, check=False
    )
    failed = tmp_path / "failed_test_stories.yml"
    assert done.returncode == 0, (
        failed.read_text(encoding="utf-8") if failed.exists() else done.stderr[-3000:]
    )
    report = json.loads((tmp_path / "story_report.json").read_text(encoding="utf-8"))
    assert report["accuracy"] == 1.0
    assert report["conversation_accuracy"]["total"] == STORIES.read_text(encoding="utf-8").count("- story:")
