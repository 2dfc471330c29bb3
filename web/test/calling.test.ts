import assert from "node:assert/strict";
import { test } from "node:test";
import { calls, changedHands, countCalls, newCalls } from "../src/desk/calling";
import { EMPTY, withDraft } from "../src/desk/drafts";
import type { Row } from "../src/shared/types";

function row(id: string, change: Partial<Row> = {}): Row {
  return {
    id, mode: "bot", since: 0, updated: 0, agent: null, last_id: 1, last_author: "user", preview: "",
    unread: 0, unanswered: null, question: "", case: "", gone: false, labels: [], ...change,
  };
}
const held = (id: string, agent: string, unanswered: number | null = null): Row => row(id, { mode: "human", agent, unanswered });

test("who waits for a person calls everybody, who waits for a reply its holder alone", () => {
  assert.ok(calls(row("a", { mode: "waiting" }), "李敏"));
  assert.ok(calls(held("a", "李敏", 5), "李敏"));
  assert.ok(!calls(held("a", "李敏"), "李敏"));
  assert.ok(!calls(held("a", "王", 5), "李敏"));
  assert.ok(!calls(row("a", { unread: 4 }), "李敏"));
});

test("whoever waits beyond the loaded rows is counted too", () => {
  const loaded = [row("a", { mode: "waiting" }), held("b", "李敏", 5)];
  assert.equal(countCalls(loaded, 320), 321);
  assert.equal(countCalls(loaded, 1), 2);
  // The rows may be known before the counts.
  assert.equal(countCalls(loaded, 0), 2);
});

test("a call is new once", () => {
  const asked = held("a", "李敏", 5);
  assert.equal(newCalls([held("a", "李敏")], [asked], "李敏").length, 1);
  assert.equal(newCalls([asked], [asked], "李敏").length, 0);
  assert.equal(newCalls([asked], [held("a", "李敏", 9)], "李敏").length, 1);
  assert.equal(newCalls([], [row("b", { mode: "waiting" }), row("c")], "李敏").length, 1);
});

test("what others do with my conversations is told in words", () => {
  assert.deepEqual(changedHands([held("a", "李敏")], [held("a", "王")], "李敏"), ["访客 A 现在由 王 接手"]);
  assert.deepEqual(changedHands([held("a", "李敏")], [row("a", { mode: "waiting" })], "李敏"), ["访客 A 已回到等待人工"]);
  assert.deepEqual(changedHands([held("a", "王")], [held("a", "李敏")], "李敏"), ["访客 A 转给了您"]);
  assert.deepEqual(changedHands([held("a", "李敏")], [row("a")], "李敏"), []);
  assert.deepEqual(changedHands([], [held("a", "李敏")], "李敏"), []);
});

test("drafts are by conversation, and empty ones go", () => {
  const one = withDraft({}, "a", { text: "x" });
  const two = withDraft(one, "b", { note: "n" });
  assert.deepEqual(Object.keys(two).sort(), ["a", "b"]);
  assert.equal(two.a?.text, "x");
  assert.deepEqual(withDraft(two, "a", { text: "", clientId: "c" }), { b: { ...EMPTY, note: "n" } });
});
