import assert from "node:assert/strict";
import { test } from "node:test";
import { ahead, inView, isAhead } from "../src/widget/deadline";
import { zhCN } from "../src/widget/words/zh-CN";
import type { Message } from "../src/shared/types";
import { message } from "./messages";

const NOW = new Date(2026, 10, 27, 15);

function told(date: string): Message {
  return message({ custom: { deadlines: [{ date, title: "提交变更申请" }] } });
}

test("the last day stays in view until it is over or all begins anew", () => {
  assert.equal(inView([told("2026-12-01"), told("2026-12-20")], zhCN, NOW), "还有 23 天 · 提交变更申请");
  assert.equal(inView([told("2026-11-27")], zhCN, NOW), "就是今天 · 提交变更申请");
  assert.equal(inView([told("2026-11-26")], zhCN, NOW), null);
  const restarted = message({ id: 2, author: "system", client_id: "r" });
  const queued = message({ id: 2, author: "system" });
  assert.equal(inView([told("2026-12-20"), restarted], zhCN, NOW), null);
  assert.equal(inView([told("2026-12-20"), queued], zhCN, NOW), "还有 23 天 · 提交变更申请");
  assert.equal(inView([], zhCN, NOW), null);
  assert.deepEqual(ahead([told("2026-12-20"), message({ id: 2 })], NOW), { date: "2026-12-20", title: "提交变更申请" });
  assert.equal(ahead([told("2026-11-26")], NOW), null);
});

test("only a day that is not over belongs into a calendar", () => {
  assert.ok(isAhead(told("2026-11-27"), NOW));
  assert.ok(!isAhead(told("2026-11-26"), NOW));
  assert.ok(!isAhead(message({}), NOW));
  const both = message({ custom: { deadlines: ["2026-11-26", "2026-12-26"].map((date) => ({ date, title: "" })) } });
  assert.ok(isAhead(both, NOW));
});
