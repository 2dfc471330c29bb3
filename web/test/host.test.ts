import assert from "node:assert/strict";
import { test } from "node:test";
import { askedByAddress } from "../src/widget/address";
import { readCommand } from "../src/widget/bridge";
import { readMatter } from "../src/widget/matter";
import { asPage, asText, entries } from "../src/widget/transcript";
import { message } from "./messages";
import { zhCN } from "../src/widget/words/zh-CN";

test("only commands that are known and well formed are read", () => {
  assert.equal(readCommand(null), null);
  assert.equal(readCommand({ beian: "else" }), null);
  assert.deepEqual(readCommand({ beian: "open", ask: 3, id: "a b" }), { beian: "open", ask: "", id: "" });
  assert.deepEqual(readCommand({ beian: "set", look: { title: "x", n: 1 } }), { beian: "set", look: { title: "x" } });
  const long = readCommand({ beian: "prefill", text: "长".repeat(9_999) });
  assert.equal(long?.beian === "prefill" && long.text.length, 500);
});

test("a question in the address is asked once, and taken out of it", () => {
  const asked: string[] = [];
  const place = { hash: "#title=T&ask=%E5%AE%A1%E6%A0%B8", pathname: "/chat", search: "" };
  let left = "";
  askedByAddress(place, { replaceState: (_state, _title, address) => void (left = address) }, (one) => asked.push(one));
  assert.deepEqual(asked, ["审核"]);
  assert.equal(left, "/chat#title=T");
});

test("of what the page says, the vocabulary decides", () => {
  const vocabulary = { subject_kind: { enterprise: "企业" }, phase: { rejected: "被驳回" } };
  assert.equal(readMatter({ item: "x" }, vocabulary), null);
  assert.deepEqual(readMatter({ site_name: "云岸", subject_kind: "企业", phase: "rejected" }, vocabulary), {
    values: { subject_kind: "enterprise", phase: "rejected" },
    text: "云岸 · 企业 · 被驳回",
  });
});

test("a conversation is taken away with its sources, and as text only", () => {
  const messages = [
    message({ id: 1, at: "2026-01-05T03:04:05Z", author: "user", text: "<b>" }),
    message({
      id: 2,
      at: "2026-01-05T03:05:05Z",
      author: "bot",
      text: "准备：\n· 执照\n· 身份证",
      ticked: [1],
      custom: {
        card: { type: "checklist", title: "材料", items: ["执照", "身份证"] },
        sources: [{ fact: "a", section: "材料", layer: "procedure" }],
      },
    }),
  ];
  const all = entries(messages, zhCN);
  assert.ok(asText("T", all, zhCN).includes("· 执照\r\n· 身份证（已备齐）\r\n依据流程文档整理：材料"));
  assert.ok(!asPage("T", all, zhCN).includes("<b>"));
});
