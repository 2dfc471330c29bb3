import assert from "node:assert/strict";
import { test } from "node:test";
import { newId, refusal } from "../src/shared/request";

test("a refusal has the server's words, its code and when to ask again", async () => {
  const body = JSON.stringify({ error: { code: "busy", message: "请稍候" } });
  const error = await refusal(new Response(body, { status: 429, headers: { "Retry-After": "7" } }), "另外");
  assert.deepEqual([error.status, error.said, error.message, error.code, error.retryAfter], [429, "请稍候", "请稍候", "busy", 7]);
  assert.equal(error.unreachable, false);
});

test("of an answer that is no JSON, or says nothing, the status has to do", async () => {
  for (const body of ["<html>", "", "null", "{}", '{"error":null}']) {
    const error = await refusal(new Response(body, { status: 502 }), "服务器答复 502");
    assert.deepEqual([error.status, error.said, error.code, error.retryAfter], [502, "服务器答复 502", "", 0]);
  }
});

test("ids differ, also without randomUUID", () => {
  const own = crypto.randomUUID;
  try {
    Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
    assert.ok(/^[0-9a-f]{32}$/.test(newId()));
    assert.ok(newId() !== newId());
  } finally {
    Object.defineProperty(crypto, "randomUUID", { value: own, configurable: true });
  }
});
