import assert from "node:assert/strict";
import { test } from "node:test";
import { marked, suggest } from "../src/widget/typeahead";

const QUESTIONS = [
  { text: "审核要多久", fact: "timeline.review" },
  { text: "管局审核要多久", fact: "timeline.review" },
  { text: "驳回后怎么重新提交", fact: "rejection.resubmit" },
  { text: "企业改主体信息要哪些材料", fact: "materials.subject_info.enterprise" },
];

test("questions that hold the text, one for each fact", () => {
  assert.deepEqual(suggest("审核要", QUESTIONS).map((one) => one.text), ["审核要多久"]);
});

test("parts of the text in another order are found too", () => {
  assert.deepEqual(suggest("重新提交驳回", QUESTIONS).map((one) => one.fact), ["rejection.resubmit"]);
});

test("too little, too much, the question itself, and nothing fitting give nothing", () => {
  for (const text of ["审", "审".repeat(40), "审核要多久？", "今天天气"]) {
    assert.deepEqual(suggest(text, QUESTIONS.slice(0, 1)), []);
  }
});

test("what was typed is marked where the question has it", () => {
  assert.deepEqual(marked("备案审核要多久", "审核"), ["备案", "审核", "要多久"]);
  assert.deepEqual(marked("换 IP 要什么", "ip"), ["换 ", "IP", " 要什么"]);
  assert.deepEqual(marked("审核要多久", "多久审核"), ["审核要多久", "", ""]);
});
