"""A walk through the documented procedure: each of its statements has its fact, and none is made up."""

import re

import pytest

from beian.kb import load_knowledge

# (section of the document, what the statement says by its key terms, the fact that states it)
STATEMENTS = [
    # 引言
    ("引言", ["已经完成 ICP 备案", "信息发生变化", "通信管理局", "更新申请"], "overview.definition"),
    ("引言", ["《互联网信息服务管理办法》", "备案相关规定"], "overview.definition"),
    ("引言", ["与实际情况保持一致"], "overview.definition"),
    # 备案变更的常见类型
    ("备案变更的常见类型", ["按实际情况选择对应的类型"], "overview.types"),
    (
        "备案变更的常见类型",
        ["主体信息变更", "网站信息变更", "新增网站", "注销网站", "主体过户"],
        "overview.types",
    ),
    (
        "1. 主体信息变更",
        ["企业名称", "统一社会信用代码", "注册地址", "法定代表人", "联系方式"],
        "type.subject_info",
    ),
    (
        "2. 网站信息变更",
        ["网站名称", "网站 IP 地址", "服务器信息", "网站负责人", "网站内容类型", "“博客”", "“企业官网”"],
        "type.website_info",
    ),
    ("3. 新增网站", ["同一主体", "新的网站域名", "单独提交一份备案申请"], "type.add_website"),
    ("4. 注销网站", ["不再使用", "申请注销该域名的备案信息"], "type.cancel_website"),
    ("5. 主体过户", ["主体发生转移", "企业转让", "变更到新主体名下"], "type.subject_transfer"),
    # 备案变更操作流程
    ("备案变更操作流程", ["登录", "准备", "提交", "审核", "核对"], "procedure.overview"),
    ("(一)登录备案系统", ["https://www.aliyun.com/", "阿里云账号登录"], "procedure.login"),
    ("(一)登录备案系统", ["“备案服务”", "“备案变更”", "选择变更类型"], "procedure.login"),
    ("(二)准备变更材料", ["不同变更类型", "提前准备", "真实有效"], "procedure.prepare"),
    ("(二)准备变更材料", ["取决于变更类型"], "materials.overview"),
    (
        "企业变更",
        [
            "新的营业执照复印件（加盖公章）",
            "工商变更通知书（如有）",
            "新的法定代表人身份证正反面照片",
            "新的联系方式（手机、邮箱）",
        ],
        "materials.subject_info.enterprise",
    ),
    ("个人变更", ["新的身份证正反面照片", "新的联系方式"], "materials.subject_info.individual"),
    (
        "网站名称变更",
        ["新的网站名称", "命名规范", "不得包含禁止性词汇", "证明材料", "营业执照关联说明"],
        "materials.website_info.name",
    ),
    (
        "服务器信息变更",
        ["IP 或地域", "新服务器是否支持备案", "属地要求", "新的服务器购买凭证"],
        "materials.website_info.server",
    ),
    (
        "网站负责人变更",
        ["身份证正反面照片", "联系方式", "《网站负责人承诺书》"],
        "materials.website_info.responsible_person",
    ),
    (
        "主体过户",
        ["原主体与过户主体的营业执照复印件", "过户协议", "双方共同签字的《主体过户申请表》"],
        "materials.subject_transfer",
    ),
    ("(三)在线提交变更申请", ["填写变更信息", "上传准备好的材料"], "procedure.submit"),
    ("(三)在线提交变更申请", ["初步审核", "不齐或不符合要求", "补充或修改"], "procedure.submit"),
    ("(三)在线提交变更申请", ["审核通过后", "阿里云", "当地通信管理局", "最终审核"], "procedure.submit"),
    ("(四)等待管局审核", ["3-20个工作日", "因地区管局的效率而不同"], "timeline.review"),
    ("(四)等待管局审核", ["通过", "更新到工信部备案系统"], "procedure.review"),
    ("(四)等待管局审核", ["驳回", "根据驳回原因修改材料", "重新提交"], "procedure.review"),
    ("(五)审核通过后操作", ["同步更新", "“备案查询”", "核对新信息"], "procedure.after_approval"),
    ("(五)审核通过后操作", ["域名解析变更", "正确的服务器 IP", "打不开"], "procedure.after_approval"),
    # 备案变更注意事项
    ("备案变更注意事项", ["时效", "材料", "网站名称", "服务器", "网站负责人"], "notice.overview"),
    ("1. 变更时效性", ["30日内提交变更申请", "罚款", "注销的风险"], "timeline.submit_deadline"),
    ("2. 材料真实性", ["真实有效", "伪造或变造", "备案被注销", "黑名单"], "notice.authenticity"),
    (
        "3. 网站命名规范",
        ["“中国”“中华”“国家”“政府”", "特殊审批除外", "违法、违规内容"],
        "notice.naming",
    ),
    (
        "4. 服务器要求",
        ["属地化要求", "个人备案：使用本地服务器", "企业备案：使用与注册地一致地域的服务器"],
        "notice.server_locality",
    ),
    (
        "5. 网站负责人要求",
        ["年满 18周岁", "真实身份信息", "不可使用虚拟身份或他人信息"],
        "notice.responsible_person",
    ),
    # 备案变更常见问题解答
    ("问题1：备案变更期间，原网站是否可以正常访问？", ["通常可以正常访问"], "access.overview"),
    (
        "变更网站IP或服务器",
        ["审核通过之前", "继续指向原服务器", "提前切换解析", "无法访问"],
        "access.server_change",
    ),
    (
        "变更主体或网站负责人",
        ["可能会暂停接入服务", "提前与阿里云客服沟通"],
        "access.subject_or_responsible_change",
    ),
    ("审核通过后", ["更新域名解析", "指向新服务器", "网站内容与备案信息一致"], "access.after_approval"),
    (
        "问题2：备案变更被驳回后，如何重新提交？",
        ["显示驳回原因", "材料不齐全", "信息填写错误", "网站命名不规范", "主体与域名不一致"],
        "rejection.overview",
    ),
    (
        "材料不齐全",
        ["补充所需材料", "营业执照变更通知书", "重新上传"],
        "rejection.materials_incomplete",
    ),
    ("信息填写错误", ["企业名称、身份证号", "不一致", "修改错误的信息"], "rejection.info_mismatch"),
    (
        "网站命名不规范",
        ["禁止性词汇", "修改网站名称", "阿里云的备案命名规范指南"],
        "rejection.naming",
    ),
    (
        "主体与域名不一致",
        ["域名持有者与备案主体名称不符", "域名过户到备案主体名下", "再提交变更申请"],
        "rejection.domain_mismatch",
    ),
    (
        "问题2：备案变更被驳回后，如何重新提交？",
        ["30日内", "逾期可能需要重新备案"],
        "timeline.resubmit_deadline",
    ),
    (
        "问题2：备案变更被驳回后，如何重新提交？",
        ["核对所有材料和信息", "符合管局要求"],
        "rejection.resubmit",
    ),
    # 结语
    ("结语", ["951-880-2299", "在线提交工单"], "contact.support"),
]

# The document's headings, outermost first, in the document's order.
SECTIONS = {
    "引言": [],
    "备案变更的常见类型": [
        "1. 主体信息变更",
        "2. 网站信息变更",
        "3. 新增网站",
        "4. 注销网站",
        "5. 主体过户",
    ],
    "备案变更操作流程": [
        "(一)登录备案系统",
        "(二)准备变更材料",
        "(三)在线提交变更申请",
        "(四)等待管局审核",
        "(五)审核通过后操作",
    ],
    "备案变更注意事项": [
        "1. 变更时效性",
        "2. 材料真实性",
        "3. 网站命名规范",
        "4. 服务器要求",
        "5. 网站负责人要求",
    ],
    "备案变更常见问题解答": [
        "问题1：备案变更期间，原网站是否可以正常访问？",
        "问题2：备案变更被驳回后，如何重新提交？",
    ],
    "结语": [],
}

# Ids that other systems rely on: none may vanish or come to mean something else.
PUBLIC_IDS = {
    "overview.definition",
    "overview.types",
    "type.subject_info",
    "type.website_info",
    "type.add_website",
    "type.cancel_website",
    "type.subject_transfer",
    "procedure.overview",
    "procedure.login",
    "procedure.prepare",
    "procedure.submit",
    "procedure.review",
    "procedure.after_approval",
    "materials.overview",
    "materials.subject_info.enterprise",
    "materials.subject_info.individual",
    "materials.website_info.name",
    "materials.website_info.server",
    "materials.website_info.responsible_person",
    "materials.subject_transfer",
    "timeline.review",
    "timeline.submit_deadline",
    "timeline.resubmit_deadline",
    "notice.authenticity",
    "notice.naming",
    "notice.server_locality",
    "notice.responsible_person",
    "access.overview",
    "access.server_change",
    "access.subject_or_responsible_change",
    "access.after_approval",
    "rejection.overview",
    "rejection.materials_incomplete",
    "rejection.info_mismatch",
    "rejection.naming",
    "rejection.domain_mismatch",
    "rejection.resubmit",
    "contact.support",
}

KB = load_knowledge()


def said_by(fact: str) -> str:
    return "\n".join(line for _, lines in KB.facts[fact].body for line in lines)


@pytest.mark.parametrize(("section", "terms", "fact"), STATEMENTS, ids=lambda value: str(value)[:40])
def test_a_statement_has_its_fact(section, terms, fact):
    assert section == KB.facts[fact].section[-1] or section in KB.facts[fact].section
    missing = [term for term in terms if term not in said_by(fact)]
    assert not missing, f"{fact} no longer says {missing}"


def test_no_fact_is_made_up():
    """Each fact stands for a statement of the walk."""
    assert set(KB.facts) == {fact for _, _, fact in STATEMENTS}


def test_no_section_is_left_out_or_made_up():
    first = {fact.section[0] for fact in KB.facts.values()}
    assert first == set(SECTIONS)
    second = {fact.section[:2] for fact in KB.facts.values() if len(fact.section) > 1}
    assert second == {(top, sub) for top, subs in SECTIONS.items() for sub in subs}


def test_public_ids_are_there():
    assert set(KB.facts) >= PUBLIC_IDS


def test_numbers_stand_where_the_document_has_them():
    """No number but those of the document, so that none was mistyped or invented."""
    numbers = {number for fact in KB.facts for number in re.findall(r"\d+", said_by(fact))}
    # 5 counts the types, steps and cautions listed; 4 counts the reasons of a rejection
    assert numbers == {"3", "4", "5", "18", "20", "30", "951", "880", "2299"}


def test_exact_names_of_documents():
    """The names of the vocabulary's documents stand in the facts letter by letter."""
    text = "\n".join(map(said_by, KB.facts))
    for term in KB.terms:
        if term.group == "document":
            assert term.name in text, term.name


@pytest.mark.parametrize(
    "theme", ["fees", "add_website_materials", "cancel_website_materials", "content_type_materials"]
)
def test_what_the_document_leaves_out_is_recorded(theme):
    assert KB.themes[theme].not_said


def test_fees_are_said_nowhere():
    text = "\n".join(map(said_by, KB.facts))
    assert not re.search(r"费用|收费|免费|元\b", text)


def test_forbidden_words():
    assert KB.forbidden_words == ("中国", "中华", "国家", "政府")


def test_periods():
    calendar = KB.calendar
    assert (calendar.submit_days, calendar.resubmit_days) == (30, 30)
    assert calendar.review_days == (3, 20)
    assert calendar.minimum_age == 18


def test_every_fact_but_the_last_resort_leads_on():
    for fact in KB.facts.values():
        assert fact.next, fact.id
        assert fact.id not in fact.next


def test_conditions_of_facts_are_in_the_vocabulary():
    for fact in KB.facts.values():
        for key, value in fact.when.items():
            assert KB.term(key, value), (fact.id, key, value)
        for key, values in fact.concerns.items():
            assert all(KB.term(key, value) for value in values), (fact.id, key)


def test_entries_stand_for_what_they_name():
    """No other fact of the list says more of what an entry says."""
    listing = [fact for fact in KB.facts.values() if fact.items and fact.lists]
    assert len(listing) >= 4
    for fact in listing:
        for entry, listed in zip(fact.items, fact.lists, strict=True):
            shared = {
                other: sum(character in KB.title_of(other) + said_by(other) for character in set(entry))
                for other in fact.lists
            }
            assert shared[listed] >= 0.8 * max(shared.values()), (fact.id, entry, shared)
