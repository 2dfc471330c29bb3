import assert from "node:assert/strict";
import { test } from "node:test";
import { storable, written } from "../src/shared/json";

test("what is no text is left out", () => {
  assert.equal(storable("审\0核\ud83d要\ude00多久😀\ude00\ud83d"), "审核要多久😀");
  assert.equal(storable("👨‍👩‍👧 一切照旧\n"), "👨‍👩‍👧 一切照旧\n");
});

test("at every level, and nothing else changes", () => {
  const body = { text: "a\0", list: ["\ud800b", 1, null, true], in: { deep: "😀" } };
  assert.deepEqual(JSON.parse(written(body)), { text: "a", list: ["b", 1, null, true], in: { deep: "😀" } });
});
