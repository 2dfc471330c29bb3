import assert from "node:assert/strict";
import { test } from "node:test";
import { undrawn } from "../src/widget/parts/log";

test("of a long conversation no more than a step above the most is drawn", () => {
  for (let count = 0; count < 2_000; count += 7) {
    const drawn = count - undrawn(count, 200);
    assert.ok(drawn <= 300 && drawn >= Math.min(count, 200), `${count}: ${drawn}`);
  }
  assert.equal(undrawn(500, 400), 100);
});
