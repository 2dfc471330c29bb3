import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, duration, marked, merge, moment, shortName, waitingSince } from "../src/desk/list";
import { dayBack } from "../src/desk/numbers";
import { runs } from "../src/desk/plot";
import type { Row } from "../src/shared/types";

function row(id: string, change: Partial<Row> = {}): Row {
  return {
    id, mode: "bot", since: 0, updated: 0, agent: null, last_id: 1, last_author: "user",
    preview: "", unread: 0, unanswered: null, question: "", case: "", gone: false, labels: [], ...change,
  };
}

test("who waits longest comes first, then whoever has no reply, then the latest", () => {
  const rows = [
    row("closed", { mode: "closed", updated: 9 }),
    row("old", { updated: 1 }),
    row("new", { updated: 5 }),
    row("answered", { mode: "human", updated: 9 }),
    row("unanswered", { mode: "human", unanswered: 3 }),
    row("late", { mode: "waiting", since: 8 }),
    row("early", { mode: "waiting", since: 2 }),
  ];
  const order = [...rows].sort(compare).map((one) => one.id);
  assert.deepEqual(order, ["early", "late", "unanswered", "answered", "new", "old", "closed"]);
});

test("changed rows replace and are sorted in; a search takes no new ones", () => {
  const rows = [row("a", { updated: 2, matched: { message: 1, text: "hit" } }), row("b", { updated: 1 })];
  const changed = [row("a", { updated: 3, mode: "closed" }), row("c", { mode: "waiting" })];
  assert.deepEqual(merge(rows, changed, false).map((one) => one.id), ["c", "b", "a"]);
  const found = merge(rows, changed, true);
  assert.deepEqual(found.map((one) => one.id), ["b", "a"]);
  assert.equal(found[1]?.matched?.text, "hit");
});

test("waiting counts from asking, with a person from the unanswered message", () => {
  assert.equal(waitingSince(row("a", { mode: "waiting", since: 5 })), 5);
  assert.equal(waitingSince(row("a", { mode: "human", since: 5, unanswered: 9 })), 9);
  assert.equal(waitingSince(row("a", { mode: "human", since: 5 })), null);
  assert.equal(waitingSince(row("a")), null);
});

test("times and names for people", () => {
  assert.deepEqual([0, 59.9, 60, 3599, 3600, 90_000].map(duration), ["0 秒", "59 秒", "1 分", "59 分", "1 小时", "1 天"]);
  const now = new Date(2026, 10, 24, 14, 5).getTime();
  assert.equal(moment(now, now), "14:05");
  assert.equal(moment(new Date(2026, 10, 3, 9, 7).getTime(), now), "11-03 09:07");
  assert.equal(moment(new Date(2025, 10, 3, 9, 7).getTime(), now), "2025-11-03");
  assert.equal(shortName("w-abc_d-Ef"), "访客 CDEF");
});

test("days are China's", () => {
  assert.equal(dayBack(0, Date.parse("2026-11-23T16:30:00Z")), "2026-11-24");
  assert.equal(dayBack(13, Date.parse("2026-11-24T03:00:00Z")), "2026-11-11");
});

test("a line is broken where a day has no value", () => {
  assert.deepEqual(runs([1, null, 0, 2, null]), [[[0, 1]], [[2, 0], [3, 2]]]);
  assert.deepEqual(runs([]), []);
});

test("what was searched for is marked where it stands, as text", () => {
  assert.deepEqual(marked("换手机号要什么", "手机号"), [["换", false], ["手机号", true], ["要什么", false]]);
  assert.deepEqual(marked("ICP 备案", "备案 icp"), [["ICP", true], [" ", false], ["备案", true]]);
  assert.deepEqual(marked("一 (a)* 二", "(a)*"), [["一 ", false], ["(a)*", true], [" 二", false]]);
  assert.deepEqual(marked("备案", " "), [["备案", false]]);
});
