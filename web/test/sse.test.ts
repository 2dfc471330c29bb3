import assert from "node:assert/strict";
import { test } from "node:test";
import { parser, type ServerEvent } from "../src/shared/sse";

const STREAM = 'event: mode\r\ndata: {"mode":"bot"}\r\n\r\n: keep\n\nid: 7\nevent: message\ndata: {"a":\ndata: 1}\n\ndata:x\n\n';
const EVENTS: ServerEvent[] = [
  { id: "", event: "mode", data: '{"mode":"bot"}' },
  { id: "7", event: "message", data: '{"a":\n1}' },
  { id: "7", event: "message", data: "x" },
];

test("reads events however the stream is cut", () => {
  for (let size = 1; size <= STREAM.length; size += 1) {
    const found: ServerEvent[] = [];
    const feed = parser((event) => found.push(event));
    for (let at = 0; at < STREAM.length; at += size) feed(STREAM.slice(at, at + size));
    assert.deepEqual(found, EVENTS, `pieces of ${size}`);
  }
});

test("an event that was cut off is not told", () => {
  const found: ServerEvent[] = [];
  parser((event) => found.push(event))("data: half\n");
  assert.deepEqual(found, []);
});
