import pytest

from beian.dialogue.rejection import reasons_in


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("驳回原因:材料不齐全", ["materials_incomplete"]),
        ("被驳回,营业执照没传", ["materials_incomplete"]),
        ("被退回,缺少营业执照变更通知书", ["materials_incomplete"]),
        ("退回原因是主体负责人身份证号与证件不一致", ["info_mismatch"]),
        ("打回来了,说电话填错", ["info_mismatch"]),
        ("驳回说网站名称含有违禁词", ["naming"]),
        ("驳回,网站名字带国家两个字", ["naming"]),
        ("未通过:域名持有者与备案主体名称不符", ["domain_mismatch"]),
        ("没通过,域名不属于公司", ["domain_mismatch"]),
        (
            "驳回:1.未上传承诺书 2.域名持有者与主体不一致 3.人脸核验没做",
            ["materials_incomplete", "domain_mismatch"],
        ),
        (
            "被驳回:营业执照没传、网站名称含“中国”字样、联系人电话填写错误",
            ["materials_incomplete", "naming", "info_mismatch"],
        ),
        ("驳回原因是幕布照片不符合要求", []),
        ("驳回了,说网站打不开", []),
        # no rejection: what is said of materials and names is about something else
        ("材料不齐全可以先提交吗", []),
        ("网站名称含“中国”字样可以吗", []),
        ("审核要多久", []),
    ],
)
def test_reasons(text, reasons):
    assert list(reasons_in(text)) == reasons
