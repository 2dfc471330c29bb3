"""The reasons that a rejection notice gives, as people paste it or tell of it."""

from __future__ import annotations

import re

# Only a message that speaks of a rejection is read for its reasons.
_REJECTED = re.compile(r"驳回|退回|打回|被退|被拒|没通过|不通过|未通过|没过审|(?:原因|理由)(?:是|为|有|:|：)")
_CLAUSE = re.compile(r"[,，。;；、\n]|(?<!\d)[0-9一二三四五](?:[.、)）]|是)|[①②③④⑤]|还有|以及|另外")
_REASONS = {
    "domain_mismatch": re.compile(
        r"域名.{0,14}(?:不一致|不符(?!合)|不匹配|不是同|不属于|不同)|(?:不一致|不符(?!合)).{0,4}域名"
    ),
    "naming": re.compile(
        r"(?:网站|站点)?(?:名称?|名字|命名).{0,6}(?:含有?|包含|带有?|出现).{0,8}(?:字|词|中国|中华|国家|政府)"
        r"|命名.{0,4}不(?:规范|合规|符合)|名[称字]?不(?:规范|合规)|禁用词|违禁词|敏感词|禁止性词"
    ),
    "materials_incomplete": re.compile(
        r"(?:没有?|未|忘记?|漏)(?:上传|提供|提交|交|传|附)(?!者|时|后)|缺(?:少|了|失)?.{0,14}"
        r"(?:照|书|件|证|凭证|材料|资料|协议|表|通知)|(?:材料|资料|照片|证件)?不(?:齐|全|完整)"
    ),
    "info_mismatch": re.compile(
        r"(?:填写?|写|录入|信息|号码?|姓名|电话|地址|名称).{0,6}(?:错|有误)|不一致|不匹配|不符(?!合)"
    ),
}


def reasons_in(text: str) -> tuple[str, ...]:
    """The ids of the vocabulary's rejection reasons that a normalised message gives, in its order.

    Each clause counts for one reason at most; empty for a message that speaks of no rejection.
    """
    if not _REJECTED.search(text):
        return ()
    found: list[str] = []
    for clause in _CLAUSE.split(text):
        reason = next((reason for reason, pattern in _REASONS.items() if pattern.search(clause)), None)
        if reason and reason not in found:
            found.append(reason)
    return tuple(found)
