"""A few lines of a tree, and a model trained from them as the product trains its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from beian.kb import KnowledgeBase
from beian.meaning.candidates import Candidates
from beian.meaning.data import Line, read_lines
from beian.meaning.model import ContextualModel
from beian.meaning.said import Said
from beian.meaning.training import train
from beian.meaning.turns import Turn, in_passing, states_of
from beian.nlu.evidence import Evidence

# The same short words after different answers, so that only the state tells them apart.
TREE = """\
提交信息变更有没有期限呀 => timeline.submit_deadline
  拖久了会咋样呢 => timeline.submit_deadline /what_if
    那这个呢 => timeline.submit_deadline /item
  凭啥呀 => timeline.submit_deadline /why
  那网站呢 => access.overview
退回来以后有没有期限呀 => timeline.resubmit_deadline
  拖久了会咋样呢 => timeline.resubmit_deadline /what_if
    那这个呢 => timeline.resubmit_deadline /item
  凭啥呀 => timeline.resubmit_deadline /why
公司换法人要交啥呀 => materials.subject_info.enterprise
  要不要盖章呀 => materials.subject_info.enterprise /item
  凭啥呀 => materials.subject_info.enterprise /why
  那网站呢 => access.subject_or_responsible_change
  要是个人呢 => materials.subject_info.individual
    那这个呢 => materials.subject_info.individual /item
个人换手机号要交啥呀 => materials.subject_info.individual
  要是公司呢 => materials.subject_info.enterprise
  凭啥呀 => materials.subject_info.individual /why
换服务器要交啥呀 => materials.website_info.server
  那网站呢 => access.server_change
  要不要盖章呀 => materials.website_info.server /item
要办过户得交啥呀 => materials.subject_transfer
  要不要盖章呀 => materials.subject_transfer /item
备案有几种变更呀 => overview.types
  说说第二种呀 => type.website_info /entry
  说说第三种呀 => type.add_website /entry
  说说第四种呀 => type.cancel_website /entry
办理一共几步呀 => procedure.overview
  说说第二步呀 => procedure.prepare /entry
  说说第三步呀 => procedure.submit /entry
  说说第四步呀 => procedure.review /entry
"""

Evident = Callable[[str], Evidence]
Saying = Callable[[str], Said]


def lines_of(text: str, folder: Path, targets: frozenset[str] | None = None) -> list[Line]:
    """The lines of one tree, through a file as the product reads them."""
    (folder / "tree.txt").write_text(text, encoding="utf-8")
    return read_lines(folder, targets)


def turns_of(lines: list[Line], evidence: Evident, said: Saying, kb: KnowledgeBase) -> list[Turn]:
    """The examples of a tree."""
    own = [said(line.user) for line in lines]
    return [
        Turn(evidence(line.user), brought, state, line.accept, line.manner, f"{line.family}{number % 3}")
        for number, (line, brought, state) in enumerate(
            zip(lines, own, states_of(lines, own, kb), strict=True)
        )
    ]


def trained(
    turns: list[Turn], candidates: Candidates, labels: tuple[str, ...], evidence: Evident, said: Saying
) -> ContextualModel:
    """A model of these turns and two complete questions."""
    singles = [
        (evidence(text), said(text), target)
        for text, target in (("管局那边得审几天呀", "timeline.review"), ("办这个要花钱不", "uncovered/fees"))
    ]
    every = [*turns, *in_passing(singles, [turn.state for turn in turns], candidates)]
    return train(every, candidates, labels, lambda line: None)
