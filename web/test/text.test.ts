import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, blocks, detailed, layout, pieces } from "../src/widget/text";
import type { Layout } from "../src/widget/text";
import type { Card } from "../src/shared/types";

/** How many blocks stand before and after the card, where everything is under one heading or none. */
function around({ parts }: Layout): number[] {
  assert.equal(parts.length, 1);
  return [parts[0]?.before.length ?? 0, parts[0]?.after.length ?? 0];
}

test("paragraphs, headings and lists", () => {
  assert.deepEqual(blocks("【审核要多久】\n先看：\n· 甲\n· 乙\n\n1. 一\n2. 二\n末"), [
    { kind: "heading", text: "审核要多久" },
    { kind: "paragraph", text: "先看：" },
    { kind: "list", ordered: false, items: ["甲", "乙"] },
    { kind: "list", ordered: true, items: ["一", "二"] },
    { kind: "paragraph", text: "末" },
  ]);
});

test("a number that begins a sentence is no list", () => {
  assert.equal(blocks("3-20个工作日")[0]?.kind, "paragraph");
  assert.equal(blocks("30日内提交")[0]?.kind, "paragraph");
});

test("markup stays text", () => {
  assert.deepEqual(blocks("<img src=x onerror=alert(1)>"), [{ kind: "paragraph", text: "<img src=x onerror=alert(1)>" }]);
});

test("a card takes the place of its list, and only of that", () => {
  const text = "准备：\n· 甲\n· 乙\n另外：\n· 丙";
  const found = layout(text, { type: "checklist", title: "材料", items: ["甲", "乙"] });
  assert.deepEqual(around(found), [1, 2]);
  assert.deepEqual(found.groups, [{ heading: null, from: 0, items: ["甲", "乙"] }]);
  const other = layout(text, { type: "checklist", title: "材料", items: ["丁"] });
  assert.deepEqual(around(other), [4, 0]);
});

test("a card over several lists keeps their headings, and what is not in it stays", () => {
  const text = "清单：\n\n【材料】\n准备：\n· 甲\n· 乙\n\n【流程】\n一共 1 步：\n1. 丙\n\n【时限】\n30日内提交。";
  const found = layout(text, { type: "checklist", title: "清单：", items: ["甲", "乙", "丙"] });
  assert.deepEqual(found.groups, [
    { heading: "材料", from: 0, items: ["甲", "乙"] },
    { heading: "流程", from: 2, items: ["丙"] },
  ]);
  assert.deepEqual(found.parts, [
    { heading: null, headed: false, before: [], card: true, after: [] },
    { heading: "时限", headed: true, before: [{ kind: "paragraph", text: "30日内提交。" }], card: false, after: [] },
  ]);
});

test("a heading that is the card's title is not said twice", () => {
  const found = layout("【材料】\n准备：\n· 甲\n\n【审核】\n20日。", { type: "checklist", title: "材料", items: ["甲"] });
  assert.deepEqual(
    found.parts.map(({ heading, headed, card }) => [heading, headed, card]),
    [
      ["材料", false, true],
      ["审核", true, false],
    ],
  );
  assert.deepEqual(found.parts[0]?.before, [{ kind: "paragraph", text: "准备：" }]);
});

test("buttons that the text lists by number are its choices", () => {
  const asked = layout("企业还是个人？\n1. 企业\n2. 个人", null, ["企业", "个人"]);
  assert.deepEqual([asked.choosing, around(asked)[0]], [true, 1]);
  const told = layout("两步：\n1. 登录\n2. 提交", null, ["审核要多久"]);
  assert.deepEqual([told.choosing, around(told)[0]], [false, 2]);
});

test("addresses and telephone numbers become links; other numbers and schemes do not", () => {
  assert.deepEqual(pieces("打开https://www.aliyun.com/，或拨 951-880-2299。"), [
    { text: "打开" },
    { text: "https://www.aliyun.com/", href: "https://www.aliyun.com/" },
    { text: "，或拨 " },
    { text: "951-880-2299", href: "tel:9518802299" },
    { text: "。" },
  ]);
  for (const text of ["javascript:alert(1)", "data:text/html,x", "1951-880-22990", "3-20个工作日"]) {
    assert.deepEqual(pieces(text), [{ text }]);
  }
});

test("the second layer's paragraph is told apart", () => {
  const found = apart("文档没有说明。\n\n补充资料（非本流程文档）：\n一\n二\n\n联系客服。\n\n还有。");
  assert.deepEqual(found, { head: "文档没有说明。", added: "一\n二", tail: "联系客服。\n\n还有。" });
  assert.deepEqual(apart("甲\n\n补充资料（非本流程文档）：乙。"), { head: "甲", added: "乙。", tail: "" });
  assert.deepEqual(apart("甲\n\n乙"), { head: "甲\n\n乙", added: null, tail: "" });
});

test("what an entry says in brackets at its end is its second line", () => {
  assert.deepEqual(detailed("新的营业执照复印件（加盖公章）"), ["新的营业执照复印件", "加盖公章"]);
  for (const whole of ["新的联系方式", "（如有）", "网站（域名）名称", "甲（乙）（丙）"]) assert.deepEqual(detailed(whole), [whole, ""]);
});

test("a paragraph that is the card's title is not said twice, whatever it ends with", () => {
  const card: Card = { type: "deadline", title: "最晚提交：12月20日", items: ["信息变化：11月20日"] };
  assert.deepEqual(around(layout("最晚提交：12月20日。\n· 信息变化：11月20日\n逾期有风险。", card)), [0, 1]);
});
