"""A short document of another house, and facts on it."""

from dataclasses import replace

from beian.kb import Fact, load_knowledge

DOCUMENT = """\
镇图书馆

办理借书证怎么办?

借书证是镇图书馆发给读者的凭证,凭它可以借书,以下是办理的步骤。

目录
办理步骤
常见问题

办理步骤

(一)登记

  1. 到一楼前台登记姓名、住址等。
  2. 带上《读者登记表》,如有旧证请一并交回。

(二)领证

  • 成人证
    • 本镇居民:交照片2张、押金50元等。
    • 外来读者:交照片2张,通常还要单位证明。
  • 儿童证:由家长代领,需出示户口本。

常见问题(FAQs)

问题1:借书证丢了怎么办?

先挂失,三日后可以补办;补办期间可能不能借书。

  • 若丢失的是成人证或者儿童证,补办收工本费10元。

处理完成后,要在7日内领取新证,逾期可能需要重新登记,领取时,建议核对姓名。

通过以上步骤就能顺利借书,若有疑问,可打图书馆电话(123-456)询问。
分享到
"""


def fact(name, section, *lines, **more):
    """A fact that states lines of text."""
    return Fact(
        id=name, title=name, question=name, section=tuple(section), body=(("text", tuple(lines)),), **more
    )


FACTS = {
    one.id: one
    for one in (
        fact("what", ["引言"], "借书证是图书馆发给读者的凭证，可以凭它借书。"),
        fact("register", ["办理步骤", "(一)登记"], "先到一楼前台登记姓名、住址等。"),
        fact("local", ["办理步骤", "(二)领证", "成人证", "本镇居民"], "本镇居民交照片 2张、押金 50元等。"),
        fact("child", ["办理步骤", "(二)领证", "儿童证"], "儿童证由家长代领，要出示户口本。"),
        fact("lost", ["常见问题", "问题1：借书证丢了怎么办？"], "借书证丢了先挂失，三日后可以补办。"),
        fact(
            "fee",
            ["常见问题", "问题1：借书证丢了怎么办？", "丢失成人证或儿童证"],
            "丢失成人证或者儿童证，补办收工本费 10元。",
        ),
        fact(
            "collect", ["常见问题", "问题1：借书证丢了怎么办？"], "要在 7日内领取新证，逾期可能需要重新登记。"
        ),
        fact("contact", ["结语"], "有疑问可以打图书馆电话 123-456 询问。"),
    )
}


def knowledge(facts=FACTS):
    """The knowledge base with these facts in the place of its own."""
    return replace(load_knowledge(), facts=dict(facts))
