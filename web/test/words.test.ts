import assert from "node:assert/strict";
import { test } from "node:test";
import { asLanguage } from "../src/widget/words";
import en from "../src/widget/words/en";
import { zhCN } from "../src/widget/words/zh-CN";
import zhTW from "../src/widget/words/zh-TW";

const HAN = /\p{Script=Han}/u;

/** Every text of a dictionary by its path; what depends on a value, with one put in. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String((value as (...all: unknown[]) => string)(2, 1, 1, "00:00"))]];
  return Object.entries(value as object).flatMap(([name, one]) => texts(one, `${path}.${name}`));
}

const paths = (words: unknown): string[] => texts(words).map(([path]) => path).sort();

test("every language says everything, and nothing is empty but what has nothing to say", () => {
  for (const words of [zhTW, en]) {
    assert.deepEqual(paths(words), paths(zhCN));
    for (const [path, text] of texts(words)) assert.ok(text.trim() !== "", path);
  }
  for (const [path, text] of texts(zhCN)) assert.ok(text.trim() !== "" || path === ".answersAre", path);
});

test("the English interface is English", () => {
  for (const [path, text] of texts(en)) assert.ok(!HAN.test(text), `${path}: ${text}`);
});

test("one thing is one, and a day that is over is told so", () => {
  assert.deepEqual([en.newMessages(1), en.newMessages(2)], ["1 new message", "2 new messages"]);
  assert.deepEqual([en.daysLeft(-1), en.daysLeft(0), en.daysLeft(23)], ["1 day ago", "today", "23 days left"]);
  assert.equal(zhCN.dayOfWeek(zhCN.date(2026, 12, 20), 0), "2026 年 12 月 20 日（周日）");
});

test("a language that is not there is simplified Chinese", () => {
  assert.deepEqual([asLanguage("en"), asLanguage("EN"), asLanguage("fr"), asLanguage(null)], ["en", "zh-CN", "zh-CN", "zh-CN"]);
});
