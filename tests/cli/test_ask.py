from beian.cli.ask import _show
from beian.lookup.lookup import Found, Hit
from beian.original import Originals, originals_of
from tests.original.made_up import DOCUMENT, FACTS, knowledge

FACT = FACTS["child"]
HIT = Hit(
    FACT.id, FACT.title, "儿童证由家长代领", FACT.section_path, "procedure", 0.9, None, "answer", None, None
)
FOUND = Found("儿童证", "answered", "儿童证由家长代领", [HIT])


def test_our_wording_is_called_ours(capsys):
    _show(FOUND, Originals())
    said = capsys.readouterr().out
    assert "〔依据流程文档整理：办理步骤 › (二)领证 › 儿童证〕" in said
    assert "原文" not in said


def test_the_original_with_what_the_answer_rests_on(capsys):
    _show(FOUND, originals_of(DOCUMENT, knowledge()))
    said = capsys.readouterr().out
    assert "流程文档原文（«…»是它依据的话）：" in said
    assert "   │ • 儿童证:«由家长代领,需出示户口本。»" in said
