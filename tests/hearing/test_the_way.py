"""How it is done, in the barest words."""

import pytest

FORMS = ["怎么弄", "那咋办理呢", "具体怎么操作", "那我怎么改啊", "如何申请", "到底咋整"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "before", ["换法人要哪些材料", "换服务器要交什么材料", "信息变了要在多久内提交变更", "审核要多久"]
)
def test_after_papers_or_days_it_asks_for_the_steps(answer, before, form):
    reply, _ = answer(before, form)
    assert reply.facts == ("procedure.overview",)


@pytest.mark.parametrize("form", ["材料怎么准备", "公章怎么盖", "身份证怎么拍"])
def test_what_names_a_thing_is_another_question(answer, form):
    reply, _ = answer("换法人要哪些材料", form)
    assert reply.facts != ("procedure.overview",)


@pytest.mark.parametrize("form", FORMS[:2])
def test_what_was_rejected_is_mended_in_its_own_way(answer, form):
    reply, _ = answer("因为信息填写错误被驳回了", form)
    assert reply.facts != ("procedure.overview",)
