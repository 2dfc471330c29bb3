import assert from "node:assert/strict";
import { test } from "node:test";
import { filled, firstUnfilled, matching, slashed, unfilled } from "../src/desk/canned";

const VARIABLES = ["客户称呼", "截止日"];
const SNIPPETS = [
  { n: 1, name: "催材料", text: "请在{截止日}前交" },
  { n: 2, name: "开头", text: "{客户称呼}您好" },
  { n: 3, name: "不催", text: "慢慢来" },
];

test("what the case says is filled in, what it does not say stays marked", () => {
  const text = filled("{客户称呼}，请在{截止日}前交", { 截止日: "2026年12月10日" });
  assert.equal(text, "{客户称呼}，请在2026年12月10日前交");
  assert.deepEqual(unfilled(text, VARIABLES), ["客户称呼"]);
  assert.deepEqual(firstUnfilled(text, VARIABLES), { from: 0, to: 6, name: "客户称呼" });
});

test("braces that are no variable are the agent's own", () => {
  assert.equal(firstUnfilled("代码 {x} {}", VARIABLES), null);
  assert.deepEqual(unfilled("代码 {x}", VARIABLES), []);
  assert.equal(filled("{constructor}", {}), "{constructor}");
});

test("a slash that begins a word asks for a canned reply, one within a word does not", () => {
  assert.deepEqual(slashed("/催", 2), { from: 0, query: "催" });
  assert.deepEqual(slashed("您好\n/", 4), { from: 3, query: "" });
  for (const [text, caret] of [["1/2", 3], ["/催 好", 4], ["https://a", 9], ["您好", 2], ["/催", 0]] as const) {
    assert.equal(slashed(text, caret), null, text);
  }
});

test("names that begin with the query come first, then those that hold it, then texts", () => {
  assert.deepEqual(matching(SNIPPETS, "催").map(({ n }) => n), [1, 3]);
  assert.deepEqual(matching(SNIPPETS, "您好").map(({ n }) => n), [2]);
  assert.deepEqual(matching(SNIPPETS, "").map(({ n }) => n), [1, 2, 3]);
  assert.deepEqual(matching(SNIPPETS, "没有的"), []);
});
