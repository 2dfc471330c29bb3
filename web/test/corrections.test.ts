import assert from "node:assert/strict";
import { test } from "node:test";
import { corrections } from "../src/widget/corrections";

const VOCABULARY = {
  subject_kind: { enterprise: "企业", individual: "个人" },
  change_type: { subject_info: "主体信息变更", add_website: "新增网站" },
  item: { contact: "联系方式" },
};

test("a case can be corrected to the other values of what was understood", () => {
  assert.deepEqual(corrections({ subject_kind: "enterprise", item: "contact" }, VOCABULARY), [
    { name: "个人", question: "不是企业，是个人" },
  ]);
  assert.deepEqual(
    corrections({ subject_kind: "individual", change_type: "subject_info" }, VOCABULARY).map((one) => one.name),
    ["企业", "新增网站"],
  );
});

test("what is not in the vocabulary is no case", () => {
  assert.deepEqual(corrections({ subject_kind: "x", change_type: "y" }, VOCABULARY), []);
  assert.deepEqual(corrections({ subject_kind: "enterprise" }, {}), []);
});
