from beian.kb import load_knowledge
from beian.nlu.data_check import FEWEST, check_messages, fold, read_messages

KB = load_knowledge()


def problems_about(messages, *words):
    return [line for line in check_messages(messages, KB).problems if all(word in line for word in words)]


def test_there_are_many_training_messages():
    """That they have no faults is checked before each training."""
    messages = read_messages()
    assert len(messages) >= 8000
    assert sum(label.startswith("uncovered/") for label in {label for _, label in messages}) >= 20


def test_messages_are_read_with_their_labels(tmp_path):
    file = tmp_path / "nlu.yml"
    file.write_text(
        'version: "3.1"\nnlu:\n- intent: a/b\n  examples: |\n    - 甲\n    - 乙\n'
        "- intent: c/d\n  examples: |\n    - - 丙\n",
        encoding="utf-8",
    )
    assert read_messages(file) == [("甲", "a/b"), ("乙", "a/b"), ("- 丙", "c/d")]


def test_what_does_not_tell_messages_apart_is_folded():
    assert fold("備案 要 多久？") == fold("备案要多久")
    assert fold("？？？") == "？？？", "a message of signs only is itself"


def test_repeats_are_found():
    messages = [("审核要多久？", "timeline/review"), ("審核 要多久", "timeline/review")]
    [line] = problems_about(messages, "重复")
    assert line.startswith("[data/nlu.yml › timeline/review]")


def test_clashes_between_labels_are_found():
    messages = [
        *(pair for pair in read_messages() if pair[1] in ("timeline/review", "uncovered/fees")),
        ("独一无二的问法", "timeline/review"),
        ("独一无二的问法！", "uncovered/fees"),
    ]
    [line] = problems_about(messages, "同时属于")
    assert "timeline/review" in line
    assert "uncovered/fees" in line


def test_messages_from_a_template_are_found():
    places = "北京上海广州深圳杭州成都武汉西安南京重庆天津苏州郑州长沙沈阳青岛宁波东莞无锡佛山"
    templated = [
        (f"请问{places[i : i + 2]}的备案变更申请审核一般要多长时间呢", "timeline/review")
        for i in range(0, len(places), 2)
    ]
    templated *= 3
    assert problems_about(templated, "timeline/review", "句子彼此太像")
    assert problems_about(templated, "timeline/review", "说法太单一")


def test_a_label_without_enough_messages_is_found():
    assert problems_about([("要钱吗", "uncovered/fees")], "没有 timeline/review 的训练语料")
    few = [pair for pair in read_messages() if pair[1] == "timeline/review"][: FEWEST["answer"] - 1]
    assert problems_about(few, "timeline/review", f"只有 {FEWEST['answer'] - 1} 句")


def test_a_label_that_stands_for_nothing_is_found():
    messages = [("某句话", "timeline/gone")]
    assert problems_about(messages, "timeline/gone", "知识库里没有 timeline.gone")


def test_out_of_scope_needs_its_share():
    messages = [("审核要几天", "timeline/review")]
    assert problems_about(messages, "out_of_scope", "只有 0 句")


def test_the_report_has_a_line_for_each_label():
    messages = [
        ("审核要几天", "timeline/review"),
        ("多久能好", "timeline/review"),
        ("要钱吗", "uncovered/fees"),
    ]
    table = check_messages(messages, KB).table().splitlines()
    assert len(table) == 3
    assert table[1].split()[:2] == ["timeline/review", "2"]
