"""Every kind of fault of the knowledge base is reported in words that say where and what to do."""

import re
import shutil
from pathlib import Path

import pytest

from beian.kb import KnowledgeError, default_path, load, read_knowledge

PARSED: dict[tuple[str, bytes], tuple] = {}
LINE = re.compile(r"^\[[a-z_/]+\.yml[^\]]*(?:\[[^\]]*\][^\]]*)*\] .+")
TO_DO = re.compile(r"请|应符合|应为其中之一")


@pytest.fixture(autouse=True)
def unchanged_files_are_read_once(monkeypatch):
    """Of many folders that differ in one file, the others are parsed once."""
    read = load._read

    def read_once(folder: Path, name: str):
        try:
            content = (folder / f"{name}.yml").read_bytes()
        except FileNotFoundError:
            return read(folder, name)
        key = (name, content)
        if key not in PARSED:
            PARSED[key] = read(folder, name)
        return PARSED[key]

    monkeypatch.setattr(load, "_read", read_once)


@pytest.fixture
def folder(tmp_path) -> Path:
    return shutil.copytree(default_path(), tmp_path / "kb")


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` of a file, which must be there."""
    path = folder / f"{file}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file}.yml no longer has {old!r}: bring this test up to date"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(folder)
    for line in caught.value.problems:
        assert LINE.match(line), line
        assert TO_DO.search(line), f"does not say what to do: {line}"
    return caught.value.problems


FIRST = "- id: overview.definition\n    title: 什么是备案变更\n"
REPLACE_DOMAIN = "facts: [type.add_website, type.cancel_website]"

# what is wrong: file, text, replaced by, where it is reported, what is said
FAULTS = {
    "unknown key": (
        "procedure",
        FIRST,
        FIRST + "    tittle: 打错了\n",
        "[procedure.yml › facts[overview.definition]]",
        "不认识的键 tittle，请删除或改为：id、title",
    ),
    "unknown key at the top": ("contact", "phone:", "fax: 1\nphone:", "[contact.yml]", "不认识的键 fax"),
    "missing key": (
        "procedure",
        FIRST,
        "- id: overview.definition\n",
        "[procedure.yml › facts[overview.definition]]",
        "缺少 title，请补上",
    ),
    "fact without section": (
        "procedure",
        "    section: [引言]\n",
        "",
        "[procedure.yml › facts[overview.definition]]",
        "缺少 section",
    ),
    "empty section": (
        "procedure",
        "section: [引言]",
        "section: []",
        "[procedure.yml › facts[overview.definition] › section]",
        "是空的",
    ),
    "wrong type": (
        "procedure",
        "section: [引言]",
        "section: 引言",
        "[procedure.yml › facts[overview.definition] › section]",
        "应为 array 类型，现在是 str",
    ),
    "number as text": (
        "calendar",
        "calendar_days: 30",
        "calendar_days: 三十",
        "[calendar.yml › submit_deadline › calendar_days]",
        "应为 integer 类型",
    ),
    "value not offered": (
        "procedure",
        "card: steps",
        "card: poster",
        "[procedure.yml › facts[procedure.overview] › card]",
        "'poster' 不可用，请改为：",
    ),
    "malformed id": (
        "procedure",
        "- id: overview.definition",
        "- id: Overview Definition",
        "[procedure.yml › facts[Overview Definition] › id]",
        "格式不对",
    ),
    "unknown kind of block": (
        "procedure",
        "      - text: 依据是",
        "      - paragraph: 依据是",
        "[procedure.yml › facts[overview.definition] › body[2]]",
        "应为其中之一：text、list、steps",
    ),
    "repeated key": (
        "contact",
        "phone:",
        "fact: contact.support\nphone:",
        "[contact.yml › 第 3 行]",
        "YAML 写法有误",
    ),
    "broken YAML": ("themes", "themes:\n", "themes: [\n", "[themes.yml › 第 ", "YAML 写法有误"),
    "an empty file": ("contact", None, "", "[contact.yml]", "应为 object 类型"),
    "duplicate fact": (
        "procedure",
        "- id: overview.types",
        "- id: overview.definition",
        "[procedure.yml › facts[overview.definition] › id]",
        "overview.definition 与 overview.definition 重复",
    ),
    "duplicate question": (
        "procedure",
        "question: 备案变更有哪几种类型",
        "question: 什么是备案变更",
        "[procedure.yml › facts[overview.types] › question]",
        "重复",
    ),
    "topic named as a fact": (
        "procedure",
        "- id: type.replace_domain",
        "- id: type.add_website",
        "[procedure.yml › topics[type.add_website] › id]",
        "重复",
    ),
    "duplicate theme": (
        "themes",
        "{id: cancel_access,",
        "{id: access_provider,",
        "[themes.yml › themes[access_provider]]",
        "编号重复",
    ),
    "dangling next": (
        "procedure",
        "next: [overview.types,",
        "next: [overview.kinds,",
        "[procedure.yml › facts[overview.definition] › next]",
        "不存在的事实 overview.kinds",
    ),
    "dangling topic": (
        "procedure",
        REPLACE_DOMAIN,
        "facts: [type.add_website, type.gone]",
        "[procedure.yml › topics[type.replace_domain] › facts]",
        "不存在的事实 type.gone",
    ),
    "dangling stated": (
        "themes",
        "stated: timeline.submit_deadline",
        "stated: timeline.gone",
        "[themes.yml › themes[fines_detail] › stated]",
        "不存在的事实 timeline.gone",
    ),
    "dangling nearest": (
        "themes",
        "nearest: [materials.website_info.server,",
        "nearest: [materials.gone,",
        "[themes.yml › themes[access_provider] › nearest]",
        "不存在的事实 materials.gone",
    ),
    "dangling starter": (
        "phrases",
        "starters: [overview.types,",
        "starters: [overview.kinds,",
        "[phrases.yml › starters]",
        "不存在的事实 overview.kinds",
    ),
    "dangling fact of the naming rule": (
        "naming",
        "fact: notice.naming",
        "fact: notice.names",
        "[naming.yml › fact]",
        "不存在的事实 notice.names",
    ),
    "dangling fact of a period": (
        "calendar",
        "fact: timeline.review",
        "fact: timeline.reviews",
        "[calendar.yml › review › fact]",
        "不存在的事实 timeline.reviews",
    ),
    "condition outside the vocabulary": (
        "procedure",
        "when: {change_type: subject_info}",
        "when: {change_type: subject}",
        "[procedure.yml › facts[type.subject_info] › when › change_type]",
        "词汇表里没有 subject，请改为：",
    ),
    "fact without an aspect": (
        "procedure",
        "    section: [引言]\n    aspect: definition\n",
        "    section: [引言]\n",
        "[procedure.yml › facts[overview.definition]]",
        "缺少 aspect，请补上",
    ),
    "aspect of a fact that is not there": (
        "procedure",
        "    aspect: definition\n",
        "    aspect: meaning\n",
        "[procedure.yml › facts[overview.definition] › aspect]",
        "没有 meaning 这一问，请改为：definition、type",
    ),
    "aspect of a theme that is not there": (
        "themes",
        "aspect: fee}",
        "aspect: price}",
        "[themes.yml › themes[fees] › aspect]",
        "没有 price 这一问",
    ),
    "duplicate aspect": (
        "procedure",
        "{id: fee, name: 费用}",
        "{id: steps, name: 费用}",
        "[procedure.yml › aspects[steps]]",
        "编号重复",
    ),
    "no aspects": (
        "procedure",
        "\naspects:\n",
        "\naspectes:\n",
        "[procedure.yml]",
        "缺少 aspects，请补上",
    ),
    "unknown phase": (
        "procedure",
        "phase: approved",
        "phase: done",
        "[procedure.yml › aspects[after] › phase]",
        "'done' 不可用，请改为：preparing、submitted、rejected、approved",
    ),
    "unknown phase of a theme": (
        "themes",
        "phase: submitted",
        "phase: sent",
        "[themes.yml › themes[modify_during_review] › phase]",
        "'sent' 不可用",
    ),
    "what cannot be awaited": (
        "procedure",
        "awaits: changed",
        "awaits: weather",
        "[procedure.yml › aspects[submit_deadline] › awaits]",
        "'weather' 不可用，请改为：changed、",
    ),
    "concerns outside the vocabulary": (
        "procedure",
        "concerns: {item: [site_name]}",
        "concerns: {item: [site_names]}",
        "[procedure.yml › facts[notice.naming] › concerns › item]",
        "词汇表里没有 site_names，请改为：",
    ),
    "concerns of a theme outside the vocabulary": (
        "themes",
        "concerns: {change_type: [add_website]}",
        "concerns: {change_type: [add_site]}",
        "[themes.yml › themes[add_website_materials] › concerns › change_type]",
        "词汇表里没有 add_site",
    ),
    "concerns that is one value": (
        "procedure",
        "concerns: {item: [site_name]}",
        "concerns: {item: site_name}",
        "[procedure.yml › facts[notice.naming] › concerns › item]",
        "应为 array 类型，现在是 str",
    ),
    "concerns of an unknown slot": (
        "procedure",
        "concerns: {item: [site_name]}",
        "concerns: {items: [site_name]}",
        "[procedure.yml › facts[notice.naming] › concerns]",
        "不认识的键 items，请删除或改为：change_type、item",
    ),
    "empty concerns": (
        "procedure",
        "concerns: {item: [site_name]}",
        "concerns: {}",
        "[procedure.yml › facts[notice.naming] › concerns]",
        "是空的",
    ),
    "entries that stand for a fact that is not there": (
        "procedure",
        "lists: [procedure.login,",
        "lists: [procedure.enter,",
        "[procedure.yml › facts[procedure.overview] › lists]",
        "不存在的事实 procedure.enter",
    ),
    "entries that stand for too few facts": (
        "procedure",
        "lists: [procedure.login, ",
        "lists: [",
        "[procedure.yml › facts[procedure.overview] › lists]",
        "有 4 个编号，正文有 5 条，请一一对应",
    ),
    "empty reason": (
        "procedure",
        "why: 目的是让备案信息与实际情况保持一致。",
        'why: ""',
        "[procedure.yml › facts[overview.definition] › why]",
        "是空的",
    ),
    "empty consequence": (
        "procedure",
        "consequence: 逾期未变更，可能面临罚款或网站被注销的风险。",
        'consequence: ""',
        "[procedure.yml › facts[timeline.submit_deadline] › consequence]",
        "是空的",
    ),
    "consequences in a fact that is not there": (
        "procedure",
        "otherwise: rejection.materials_incomplete",
        "otherwise: rejection.gone",
        "[procedure.yml › facts[materials.subject_info.enterprise] › otherwise]",
        "不存在的事实 rejection.gone",
    ),
    "section of the checklist that is no aspect": (
        "phrases",
        "sections: [materials,",
        "sections: [papers,",
        "[phrases.yml › checklist › sections]",
        "没有 papers 这一问",
    ),
    "caution of the checklist that is no aspect": (
        "phrases",
        "cautions: [access,",
        "cautions: [visiting,",
        "[phrases.yml › checklist › cautions]",
        "没有 visiting 这一问",
    ),
    "card without entries": (
        "procedure",
        "    section: [引言]\n",
        "    section: [引言]\n    card: checklist\n",
        "[procedure.yml › facts[overview.definition] › card]",
        "卡片需要列表或步骤",
    ),
    "alias that means two things": (
        "vocabulary",
        "aliases: [网站注销,",
        "aliases: [过户, 网站注销,",
        "[vocabulary.yml › change_types[subject_transfer] › aliases]",
        "过户 已经表示 cancel_website，一个词只能有一个意思",
    ),
    "alias that differs in case only": (
        "vocabulary",
        "aliases: [网站名字,",
        "aliases: [ecs, 网站名字,",
        "[vocabulary.yml › items[server] › aliases]",
        "ECS 已经表示 site_name",
    ),
    "alias that repeats the name": (
        "vocabulary",
        "name: 网站信息变更\n    aliases: [",
        "name: 网站信息变更\n    aliases: [网站信息变更, ",
        "[vocabulary.yml › change_types[website_info] › aliases]",
        "重复",
    ),
    "item of an unknown change": (
        "vocabulary",
        "name: 企业名称\n    change_type: subject_info",
        "name: 企业名称\n    change_type: subject",
        "[vocabulary.yml › items[company_name] › change_type]",
        "没有 subject 这个编号",
    ),
    "item of an unknown kind": (
        "vocabulary",
        "subject_kind: enterprise",
        "subject_kind: company",
        "[vocabulary.yml › items[company_name] › subject_kind]",
        "没有 company 这个编号",
    ),
    "phone other than the fact's": (
        "contact",
        "951-880-2299",
        "951-880-2298",
        "[contact.yml › phone]",
        "951-880-2298 与事实 contact.support 的正文不符",
    ),
    "forbidden word the fact lacks": (
        "naming",
        "[中国,",
        "[人民, 中国,",
        "[naming.yml › forbidden_words]",
        "人民 与事实 notice.naming 的正文不符",
    ),
    "period other than the fact's": (
        "calendar",
        "calendar_days: 30",
        "calendar_days: 45",
        "[calendar.yml › submit_deadline]",
        "45 与事实 timeline.submit_deadline 的正文不符",
    ),
    "age other than the fact's": (
        "calendar",
        "years: 18",
        "years: 16",
        "[calendar.yml › minimum_age]",
        "16 与事实 notice.responsible_person 的正文不符",
    ),
    "review other than the fact's": (
        "calendar",
        "[3, 20]",
        "[3, 21]",
        "[calendar.yml › review]",
        "21 与事实 timeline.review 的正文不符",
    ),
    "unpaired brace in a phrase": (
        "phrases",
        "关于“{theme}”",
        "关于“{theme”",
        "[phrases.yml › uncovered › text]",
        "花括号不成对",
    ),
    "empty phrase": (
        "phrases",
        "greet: 您好",
        'greet: "" # 您好',
        "[phrases.yml › smalltalk › greet]",
        "写法不对",
    ),
    "placeholder of another name": (
        "phrases",
        "关于“{theme}”，现有的流程文档没有说明，",
        "关于“{themes}”，现有的流程文档没有说明，",
        "[phrases.yml › uncovered › text]",
        "没有占位符 {themes}，请改为：{phone}、{theme}",
    ),
    "missing phrase": (
        "phrases",
        "  goodbye: 再见，祝您办理顺利。\n",
        "",
        "[phrases.yml › smalltalk]",
        "缺少 goodbye，程序要说这一句，请补上",
    ),
    "phrase of a name that nothing says": (
        "phrases",
        "  goodbye: 再见",
        "  welcome: 欢迎\n  goodbye: 再见",
        "[phrases.yml › smalltalk › welcome]",
        "程序不会说这一句",
    ),
    "review that is longest at its shortest": (
        "calendar",
        "[3, 20]",
        "[20, 3]",
        "[calendar.yml › review › working_days]",
        "最短 20 天比最长 3 天还长，请对调",
    ),
    "alias of one sign": (
        "vocabulary",
        "aliases: [网站注销,",
        "aliases: [号, 网站注销,",
        "[vocabulary.yml › change_types[",
        "号 只有一个字，到处都会出现",
    ),
    "missing group of phrases": (
        "phrases",
        "feedback:\n",
        "feedbacks:\n",
        "[phrases.yml]",
        "缺少 feedback，请补上",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_place_and_remedy(folder, fault):
    file, old, new, place, said = FAULTS[fault]
    if old is None:
        (folder / f"{file}.yml").write_text(new, encoding="utf-8")
    else:
        edit(folder, file, old, new)
    problems = problems_of(folder)
    assert any(line.startswith(place) and said in line for line in problems), problems


def test_a_missing_file(folder):
    (folder / "contact.yml").unlink()
    assert problems_of(folder) == ["[contact.yml] 文件不存在，请补上"]


def test_a_file_in_another_encoding(folder):
    (folder / "contact.yml").write_bytes("fact: contact.support # 客服".encode("gb18030"))
    assert problems_of(folder) == ["[contact.yml] 不是 UTF-8 编码，请另存为 UTF-8"]


def test_faults_of_all_files_are_told_at_once(folder):
    edit(folder, "procedure", "section: [引言]", "sektion: [引言]")
    edit(folder, "contact", "phone:", "telephone:")
    edit(folder, "themes", "themes:\n", "themes: [\n")
    (folder / "naming.yml").unlink()
    problems = problems_of(folder)
    assert {line[1 : line.index(".yml")] for line in problems} == {"procedure", "contact", "themes", "naming"}
    assert sum(line.startswith("[contact.yml]") for line in problems) == 2, (
        "the unknown key and the missing one"
    )


def test_faults_between_files_are_told_at_once(folder):
    edit(folder, "procedure", "next: [overview.types,", "next: [overview.kinds,")
    edit(folder, "calendar", "calendar_days: 30", "calendar_days: 45")
    edit(folder, "vocabulary", "aliases: [网站注销,", "aliases: [过户, 网站注销,")
    assert {line[1 : line.index(".yml")] for line in problems_of(folder)} == {
        "procedure",
        "calendar",
        "vocabulary",
    }


def test_the_error_itself_reads_as_the_list(folder):
    (folder / "contact.yml").unlink()
    with pytest.raises(KnowledgeError, match=re.escape("[contact.yml] 文件不存在，请补上")):
        read_knowledge(folder)


def test_the_version_follows_the_content(folder):
    before = read_knowledge(folder).version
    assert before == read_knowledge().version
    other = shutil.copytree(folder, folder.parent / "other")
    edit(other, "phrases", "greet: 您好", "greet: 你好")
    assert read_knowledge(other).version != before


def test_what_is_edited_while_it_is_read_is_another_version(folder, monkeypatch):
    """Else an edit that was read in part would count as known."""
    read = load._read

    def read_and_edit(of: Path, name: str):
        found = read(of, name)
        if name == load.FILES[0]:
            edit(folder, name, "管局审核通常需要", "管局的审核通常需要")
        return found

    monkeypatch.setattr(load, "_read", read_and_edit)
    before = read_knowledge(folder).version
    monkeypatch.setattr(load, "_read", read)
    assert read_knowledge(folder).version != before
