"""The figures of the evaluation, on hand-made predictions."""

import json
import random

import pytest
from pypinyin import lazy_pinyin

from beian.nlu.labels import kind_of
from bench import evaluate
from bench.evaluation import (
    baselines,
    calibration,
    document,
    messages,
    perturb,
    questions,
    scores,
    similarity,
    stock,
)
from bench.evaluation.predictions import Prediction, of_ours, of_ranking, of_stock
from bench.evaluation.systems import TITLES
from bench.evaluation.worker import Worker

REVIEW, DEADLINE, FEES = "timeline/review", "timeline/submit_deadline", "uncovered/fees"


def question(label: str, text: str = "审核多久", style: str = "short") -> questions.Question:
    wanted = tuple(frozenset(part.split("|")) for part in label.split("+"))
    return questions.Question(text, wanted, style, label)


def said(outcome: str, *labels: str, ranking: tuple[tuple[str, float], ...] = ()) -> Prediction:
    ranking = ranking or tuple((label, 0.5) for label in labels)
    return Prediction(ranking, kind_of(ranking[0][0]) if ranking else "answer", outcome, labels)


def test_own_questions_are_read_and_none_is_a_training_message(kb):
    found = questions.read_questions()
    assert len(found) > 700
    assert questions.several(found) and all(len(q.wanted) > 1 for q in questions.several(found))
    assert {q.style for q in found} == set(questions.STYLES)
    trained = {text for text, _ in messages.training_pairs(kb)}
    assert not trained & {q.text for q in found}


def test_every_label_of_the_questions_is_trained(kb):
    trained = {label for _, label in messages.training_pairs(kb)}
    asked = {label for q in questions.read_questions() for wanted in q.wanted for label in wanted}
    assert asked <= trained


def test_digest_changes_with_messages_and_settings():
    pairs = [("审核多久", REVIEW)]
    assert messages.digest_of(pairs, 1) == messages.digest_of(list(pairs), 1)
    assert messages.digest_of(pairs, 1) != messages.digest_of(pairs, 2)
    assert messages.digest_of(pairs, 1) != messages.digest_of([("审核多久", DEADLINE)], 1)


def test_alternatives_and_parts():
    either = question(f"{REVIEW}|{FEES}")
    assert either.accepts(FEES) and either.accepts(REVIEW) and not either.accepts(DEADLINE)
    assert either.kind == "answer" and either.accepts_kind("uncovered")
    assert not question(f"{REVIEW}+{FEES}").single


@pytest.mark.parametrize(
    ("label", "prediction", "handled"),
    [
        (REVIEW, said("answer", REVIEW), True),
        (REVIEW, said("answer", DEADLINE), False),
        (REVIEW, said("answer", DEADLINE, REVIEW), True),
        (REVIEW, said("ask", REVIEW, DEADLINE), False),
        (REVIEW, said("refuse", REVIEW), False),
        (FEES, said("refuse", FEES), True),
        (FEES, said("refuse", "out_of_scope/general"), True),
        (FEES, said("answer", REVIEW), False),
        (FEES, said("ask", REVIEW), False),
        (f"{FEES}|{REVIEW}", said("answer", REVIEW), True),
    ],
)
def test_handled(label, prediction, handled):
    assert scores.is_handled(question(label), prediction) is handled


def test_scores_count_each_kind_by_itself():
    pairs = [
        (question(REVIEW), said("answer", REVIEW)),
        (question(REVIEW), said("refuse", FEES, ranking=((FEES, 0.6), (REVIEW, 0.3)))),
        (question(DEADLINE), said("ask", REVIEW, DEADLINE)),
        (question(FEES), said("answer", REVIEW)),
        (question("out_of_scope/general"), said("refuse", "out_of_scope/general")),
        (question("chitchat/greet"), said("act", "chitchat/greet")),
    ]
    found = scores.score(pairs)
    assert found.forced == pytest.approx(2 / 3)
    assert found.kind == pytest.approx(4 / 6)
    assert found.handled == pytest.approx(2 / 5)
    assert found.handled_or_offered == pytest.approx(3 / 5)
    assert found.asked == pytest.approx(1 / 5)
    assert (found.false_uncovered, found.false_out_of_scope, found.act) == (1.0, 0.0, 1.0)
    assert len(scores.error_rows(pairs)) == 3


def test_both_questions_have_to_be_answered():
    both = question(f"{REVIEW}+{FEES}")
    assert scores.all_answered(both, said("answer", FEES, REVIEW))
    assert not scores.all_answered(both, said("answer", REVIEW))
    assert not scores.all_answered(both, said("ask", REVIEW, FEES))
    assert scores.all_ranked_first(both, said("answer", REVIEW, ranking=((FEES, 0.6), (REVIEW, 0.3))))
    assert not scores.all_ranked_first(
        both, said("answer", REVIEW, ranking=((REVIEW, 0.6), (DEADLINE, 0.3), (FEES, 0.1)))
    )


def test_quantiles_in_milliseconds():
    assert scores.times([0.001 * value for value in range(1, 101)]) == pytest.approx(
        {"median": 50.5, "p95": 96.0}
    )


def test_calibration_of_honest_and_of_boastful_confidence():
    honest = calibration.bins_of([0.75] * 4, [True, True, True, False])
    assert calibration.expected_error(honest) == pytest.approx(0.0)
    boastful = calibration.bins_of([1.0, 1.0, 0.05], [True, False, False])
    assert [entry.count for entry in boastful] == [1, 2]
    assert calibration.expected_error(boastful) == pytest.approx((2 * 0.5 + 0.05) / 3)
    assert calibration.expected_error([]) == 0.0


@pytest.mark.parametrize("kind", perturb.KINDS)
def test_perturbation_is_repeatable_and_small(kind):
    text = "换了服务器IP，备案要改吗"
    state = random.getstate()
    once = perturb.perturb(kind, text)
    assert once == perturb.perturb(kind, text) != text
    assert random.getstate() == state
    assert abs(len(once) - len(text)) == (1 if kind == "drop" else 0)
    if kind in ("homophone", "slip"):
        assert sum(a != b for a, b in zip(once, text, strict=True)) == 1


def test_perturbation_leaves_what_offers_no_place():
    assert perturb.perturb("drop", "备案") == "备案"
    assert perturb.perturb("swap", "???") == "???"
    assert perturb.perturb("traditional", "123") == "123"


def test_a_slip_is_one_key_off():
    slips = perturb._slips_of("备")
    assert {"内", "给"} <= set(slips)
    for char in slips:
        sound = lazy_pinyin(char)[0]
        assert sum(a != b for a, b in zip(sound, "bei", strict=True)) == 1
    assert set(perturb._slips_of("p")) <= set("ol")


def test_intent_names_go_there_and_back():
    for label in ("materials/website_info.responsible_person", "checklist", "which_type"):
        assert "/" not in stock.intent_of(label)
        assert stock.label_of_intent(stock.intent_of(label)) == label


def test_stock_data_is_what_rasa_reads(tmp_path):
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

    file = tmp_path / "nlu.yml"
    stock.write_data([("审核多久", REVIEW), ("要钱吗", FEES), ("几天能批", REVIEW)], file)
    data = RasaYAMLReader().reads(file.read_text(encoding="utf-8"))
    found = sorted((message.get("intent"), message.get("text")) for message in data.training_examples)
    assert found == [
        ("timeline__review", "几天能批"),
        ("timeline__review", "审核多久"),
        ("uncovered__fees", "要钱吗"),
    ]


def test_a_trained_stock_model_is_used_again(tmp_path):
    pairs = [("审核多久", REVIEW)]
    with pytest.raises(FileNotFoundError):
        stock.newest(tmp_path)
    folder = tmp_path / f"stock-{messages.digest_of(pairs, stock.config(7))}"
    folder.mkdir()
    (folder / stock.FACTS_FILE).write_text('{"epochs": 7, "messages": 1, "seconds": 2.5}', encoding="utf-8")
    found = stock.model_for(pairs, 7, tmp_path)
    assert (found.model.parent, found.epochs, found.seconds) == (folder, 7, 2.5)
    assert stock.newest(tmp_path) == found


def test_predictions_from_parsed_messages():
    entry = {"name": "timeline__review", "confidence": 0.9}
    assert of_stock({"intent": entry, "intent_ranking": [entry]}).labels == (REVIEW,)
    fallback = {"name": "nlu_fallback", "confidence": 0.3}
    unsure = of_stock({"intent": fallback, "intent_ranking": [fallback, entry]})
    assert (unsure.outcome, unsure.best, unsure.fact) == ("refuse", REVIEW, REVIEW)
    seen = {
        "ranking": [[FEES, 0.5], [REVIEW, 0.3]],
        "kinds": {"uncovered": 0.4, "answer": 0.6},
        "outcome": "not_understood",
        "labels": [],
    }
    ours = of_ours({"understanding": seen})
    assert (ours.outcome, ours.kind, ours.fact, ours.confidence) == ("refuse", "answer", REVIEW, 0.5)
    both_open = {**seen, "outcome": "answer", "labels": [FEES, "uncovered/validity"]}
    assert of_ours({"understanding": both_open}).outcome == "refuse"
    assert of_ours({"understanding": {**both_open, "labels": [FEES, REVIEW]}}).outcome == "answer"
    assert of_ranking([("chitchat/greet", 0.9)]).outcome == "act"


def test_bm25_finds_a_fact_by_its_own_wording(kb):
    predict = baselines.bm25(kb)
    hits = [predict(entry.question).best == entry.id.replace(".", "/", 1) for entry in kb.entries]
    assert sum(hits) > 0.8 * len(hits)
    assert predict("zzz").outcome == "answer"


def test_a_system_in_its_own_process():
    with Worker("bm25") as worker:
        prediction = worker.ask("管局审核要多久")
        assert prediction.outcome == "answer" and REVIEW in dict(prediction.ranking)
        assert prediction.seconds > 0 and worker.megabytes >= worker.before > 0


def test_a_system_that_dies_says_why(tmp_path):
    with pytest.raises(RuntimeError, match=r"the process of logistic ended(.|\n)*nothing.joblib"):
        Worker("logistic", tmp_path / "nothing.joblib")


def test_similarity_to_the_nearest_message():
    same, near, far = similarity.nearest_similarity(
        ["审核要多久？", "审核要几天", "天气"], ["审核要多久", "材料"]
    )
    assert (same, far) == (1.0, 0.0)
    assert near == pytest.approx(2 / 6)


def results() -> dict:
    figures = scores.asdict(scores.score([(question(REVIEW), said("answer", REVIEW))]))
    panel = {"ece": 0.02, "bins": [{"count": 3, "confidence": 0.8, "right": 0.8}]}
    times = {"median": 2.0, "p95": 4.0}
    names = ("ours", "stock")
    return {
        "machine": {"cores": 2, "memory": 8, "system": "Linux", "python": "3.10", "load": "0.5"},
        "run": {
            "messages": 100, "labels": 3, "questions": 9, "single": 8, "several": 1,
            "quick": False,
        },
        "sections": {
            "systems": {
                "stock": {"epochs": 4, "messages": 90, "seconds": 12.0},
                "systems": dict.fromkeys(names, figures),
                "wall": {"ours": times, "stock": {"median": 4.0, "p95": 4.0}},
                "cpu": dict.fromkeys(names, times),
                "seconds": {name: [1.0, 2.0] for name in names},
                "long": dict.fromkeys(names, 10.0),
                "memory": {name: [300.0, 90.0] for name in names},
                "styles": dict.fromkeys(names, dict.fromkeys(questions.STYLES, figures)),
                "several": {name: {"answered": 0.5, "ranked": 0.5} for name in names},
                "several_questions": 1,
                "errors": [
                    {
                        "text": "甲|乙\n丙", "wanted": f"{REVIEW}|{FEES}",
                        "outcome": "ask", "labels": [FEES], "confidence": 0.4,
                    },
                ],
                "themes": 0.9,
                "two_stated": 0.1,
                "calibration": dict.fromkeys(names, panel),
                "similarity": [{"low": 0.0, "high": 0.3, **figures}],
            },
            "crossval": {
                "messages": 100, "labels": 3, "passes": 3, "accuracy": 0.8, "accuracy_by_fold": [0.8] * 5,
                "kind": 0.9, "forced": 0.85, "top3": 0.95, "within_kind_errors": 0.5,
                "confused": [[REVIEW, DEADLINE, 7]], **panel,
            },
            "learning": {
                "points": [{"share": 1.0, "messages": 100, "forced": 0.9, "kind": 0.9, "label": 0.8}]
            },
        },
    }  # fmt: skip


def test_document_says_what_was_measured():
    text = document.document(results())
    assert "0.50 / 1.00" in text  # half of stock's median, the same 95th percentile
    assert f"| **{TITLES['ours']}** | 100.0% |" in text
    assert "甲｜乙 丙" in text
    assert "`timeline/review` 或 `uncovered/fees`" in text
    assert "训练 4 轮，用时 12 秒，用 90 句语料" in text
    assert "## 打错字之后" not in text  # not measured


def test_perturbations_are_told_before_and_after():
    found = results()
    figures = {"forced": 0.9, "handled": 0.8, "questions": 5}
    change = {"before": figures, "after": {**figures, "handled": 0.75}}
    found["sections"]["perturb"] = {kind: {"ours": change, "stock": change} for kind in perturb.KINDS}
    text = document.document(found)
    assert "| 繁体字 | 5 | 90.0% → 90.0% | 80.0% → 75.0% | 80.0% → 75.0% |" in text


def test_every_row_of_a_table_has_the_columns_of_its_header():
    for block in document.document(results()).split("\n\n"):
        rows = [line for line in block.splitlines() if line.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1, block


def test_pictures_are_small(tmp_path):
    evaluate.draw(results(), tmp_path)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [
        "eval-confusion.png",
        "eval-latency.png",
        "eval-learning.png",
        "eval-reliability.png",
    ]
    assert all(1_000 < file.stat().st_size < 120_000 for file in files)


def test_command_line():
    assert evaluate.parse([]).stock_epochs == evaluate.STOCK_EPOCHS
    assert evaluate.parse(["--quick"]).stock_epochs == evaluate.QUICK_EPOCHS
    assert list(evaluate.parse(["--only", "perturb", "crossval"]).only) == ["perturb", "crossval"]
    with pytest.raises(SystemExit):
        evaluate.parse(["--only", "nothing"])


def test_results_are_plain_data():
    assert json.loads(json.dumps(results())) == results()


@pytest.fixture(scope="module")
def kb():
    from beian.kb import load_knowledge

    return load_knowledge()


def test_unknown_picture_section_is_left_out(tmp_path):
    partial = results()
    partial["sections"] = {"learning": partial["sections"]["learning"]}
    evaluate.draw(partial, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["eval-learning.png"]
    assert "## 学习曲线" in document.document(partial)
