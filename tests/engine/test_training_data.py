"""Faults in what the model is trained on are found before training, each in a line."""

import json
import os
import platform
import subprocess
import sys
import warnings

import pytest

from beian.cli import train as train_command
from beian.engine import training, training_data
from beian.engine.training import TrainingDataError
from beian.engine.training_data import (
    ROOT,
    SENTENCE,
    TrainingData,
    questions_learned,
    responses_of,
    unread_lines,
)
from beian.kb import load_knowledge
from beian.nlu.data_check import DATA, DataReport, check_messages, read_messages

HEAD = 'version: "3.1"\nnlu:\n- intent: timeline/review\n  examples: |\n'


def test_every_line_of_the_project_is_understood():
    assert unread_lines(DATA.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("    审核多久", "少了前面的 -"),
        ("    -审核多久", "- 后面少一个空格"),
        ("    －审核多久", "不是半角的 -"),
        ("    • 审核多久", "不是半角的 -"),
        ("\t- 审核多久", "有制表符"),
        ("    -\t审核多久", "有制表符"),
        ("    - ", "后面没有例句"),
        ("  - 审核多久", "正好空四格"),
        ("     - 审核多久", "正好空四格"),
        ("- intent:timeline/review", "标签应写成"),
        (" - intent: timeline/review", "标签应写成"),
        ("审核多久", "看不懂"),
        ("  example: |", "少了前面的 -"),
    ],
)
def test_a_line_that_is_not_understood_is_a_fault(line, words):
    (fault,) = unread_lines(f"{HEAD}    - 要几天\n{line}\n    - 几天好\n")
    assert fault.startswith("[data/nlu.yml › 第 6 行]")
    assert words in fault


def test_what_is_read_is_no_fault():
    assert unread_lines(f"# why\n\n{HEAD}    - 要几天\n    - - 要几天 #1  \n") == []


def test_many_faults_are_counted():
    faults = unread_lines(HEAD + "    要几天\n" * 50)
    assert len(faults) == 21
    assert "还有 30 行" in faults[-1]


def test_a_question_of_the_tests_is_not_learned(tmp_path):
    (tmp_path / "own.jsonl").write_text(
        "".join(json.dumps({"text": text}) + "\n" for text in ("备案变更审核要多久呢", "多久")),
        encoding="utf-8",
    )
    (fault,) = questions_learned(["备案变更，审核要多久呢？", "多久", "别的问题在这里问"], tmp_path)
    assert "tests/questions/own.jsonl" in fault
    assert len("多久") < SENTENCE
    assert list(questions_learned(["备案变更审核要多久呢"], tmp_path / "none")) == []


def test_every_label_has_the_line_that_rasa_wants(tmp_path):
    assert list(responses_of(label for _, label in read_messages())) == []
    file = tmp_path / "responses.yml"
    file.write_text(
        "responses:\n  utter_type/b: [{text: x}]\n  utter_type/c: [{text: x}]\n", encoding="utf-8"
    )
    missing, spare = responses_of(["type/a", "type/b", "stop", "type/a"], file)
    assert missing == "[data/responses.yml › responses] 没有标签 type/a，请加一行“  utter_type/a: *said”"
    assert "utter_type/c 不是" in spare
    file.write_text("responses: [", encoding="utf-8")
    (fault,) = responses_of(["type/a"], file)
    assert "YAML 写法有误" in fault
    (fault,) = responses_of(["type/a"], tmp_path / "none.yml")
    assert "文件不存在" in fault


def test_rasas_own_commands_have_nothing_to_warn_of():
    """What `rasa train`, `rasa test nlu` and `rasa data split` look at before anything else."""
    from rasa.shared.importers.importer import TrainingDataImporter

    files = TrainingDataImporter.load_from_dict(
        domain_path=str(ROOT / "domain.yml"), training_data_paths=[str(DATA.parent)]
    )
    data = files.get_nlu_data()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        data.validate()
    assert [str(one.message)[:200] for one in told if one.category is UserWarning][:5] == []


def test_nothing_is_trained_on_faulty_data(monkeypatch, capsys):
    """The command and the training itself refuse what the check refuses."""
    found = TrainingData(DataReport(0), problems=["[data/nlu.yml › 第 6 行] 看不懂"])
    monkeypatch.setattr(training, "is_fresh", lambda: False)
    monkeypatch.setattr(training, "check_training_data", lambda kb: found)
    monkeypatch.setattr(training, "_run_rasa", lambda force: pytest.fail("trained"))
    with pytest.raises(TrainingDataError):
        training.train()

    class Options:
        force = False

    assert train_command.run(Options()) == 1
    assert capsys.readouterr().err == "训练语料有问题，请先改正：\n[data/nlu.yml › 第 6 行] 看不懂\n"


def test_everything_is_looked_at(monkeypatch, tmp_path):
    """Lines, messages, questions of the tests and conversations: a fault in each is told."""
    file = tmp_path / "nlu.yml"
    file.write_text(f"{HEAD}    要几天\n    - 备案变更审核要多久呢\n", encoding="utf-8")
    monkeypatch.setattr(
        training_data, "questions_learned", lambda messages: [f"learned {len(list(messages))}"]
    )

    def no_lines(targets):
        raise training_data.ContextualDataError(["a conversation"])

    monkeypatch.setattr(training_data, "read_lines", no_lines)
    monkeypatch.setattr(training_data, "targets_of", lambda kb, labels: frozenset())
    kb = load_knowledge()
    problems = training_data.check_training_data(kb, file).problems
    assert "第 5 行" in problems[0]
    assert "learned 1" in problems
    assert "a conversation" in problems
    assert set(check_messages([("备案变更审核要多久呢", "timeline/review")], kb).problems) < set(problems)


def test_a_training_multiplies_the_same_way_on_every_processor():
    """The widest instructions of a processor and its number of cores change the last digits of sums."""
    asked = "import numpy, threadpoolctl; print(threadpoolctl.threadpool_info()[0])"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, **training.training_environment()},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if platform.machine() in ("x86_64", "AMD64"):
        assert "'architecture': 'Haswell'" in told
        assert "'num_threads': 2" in told
