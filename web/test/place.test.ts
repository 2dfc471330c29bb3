import assert from "node:assert/strict";
import { test } from "node:test";
import { readPlace, START, writePlace } from "../src/desk/place";

test("a place is read back from its address", () => {
  for (const place of [
    START,
    { ...START, open: "w-1/2 三" },
    { ...START, query: "琉璃厂 & co", label: "加急", show: "mine" as const },
    { ...START, view: "lookup" as const, query: "要什么材料？" },
    { ...START, view: "numbers" as const, from: "2026-11-01", to: "2026-11-14" },
  ]) {
    assert.deepEqual(readPlace(writePlace(place)), place);
  }
});

test("an address may name a conversation alone, or nothing that is known", () => {
  assert.equal(readPlace("#w-abc").open, "w-abc");
  assert.deepEqual(readPlace(""), START);
  assert.deepEqual(readPlace("#/nowhere?show=everything&from=yesterday"), START);
  assert.equal(readPlace("#/conversations/%E0%A4%A").open, "%E0%A4%A");
});
