import assert from "node:assert/strict";
import { test } from "node:test";
import { around, blocks, pieces } from "../src/widget/text";

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
  const all = blocks("准备：\n· 甲\n· 乙\n另外：\n· 丙");
  const [before, after] = around(all, { type: "checklist", items: ["甲", "乙"] });
  assert.deepEqual([before.length, after.length], [1, 2]);
  const [whole, rest] = around(all, { type: "checklist", items: ["丁"] });
  assert.deepEqual([whole.length, rest.length], [4, 0]);
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
