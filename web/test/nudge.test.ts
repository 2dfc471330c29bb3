import assert from "node:assert/strict";
import { test } from "node:test";
import { firstLine, unseenReply } from "../src/widget/nudge";
import type { Message } from "../src/shared/types";
import { message } from "./messages";

const said = (id: number, author: Message["author"]): Message => message({ id, author });

test("a reply is previewed by the first line that says something", () => {
  assert.equal(firstLine("\n【审核要多久】\n· 一周"), "审核要多久");
  assert.equal(firstLine("· 执照"), "执照");
  assert.equal(firstLine(""), "");
});

test("the newest reply is previewed unless it was read or shown; nobody's own words are", () => {
  const messages = [said(1, "user"), said(2, "bot"), said(3, "agent"), said(4, "system"), said(5, "user")];
  assert.equal(unseenReply(messages, 1, 0)?.id, 3);
  assert.equal(unseenReply(messages, 3, 0), null);
  assert.equal(unseenReply(messages, 1, 3), null);
  assert.equal(unseenReply([], 0, 0), null);
});
