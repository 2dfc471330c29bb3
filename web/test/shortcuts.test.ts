import assert from "node:assert/strict";
import { test } from "node:test";
import { shortcuts } from "../src/desk/shortcuts";
import type { Desk } from "../src/desk/store";

function at(view: string, role: string, row: object | null = null): Desk {
  const state = { view, profile: { name: "李敏", role }, opened: row && { row: { gone: false, question: "", ...row } } };
  return { state, current: row ? "w-1" : null } as unknown as Desk;
}
const held = { mode: "human", agent: "李敏" };
const here = (desk: Desk): string =>
  shortcuts(desk)
    .filter((one) => one.here)
    .map(({ key }) => key)
    .join("");

test("keys hold where they make sense, each for one thing", () => {
  assert.equal(here(at("numbers", "agent")), "/chs");
  assert.equal(here(at("lookup", "admin")), "/chspd");
  assert.equal(here(at("conversations", "agent")), "/chsjkuf");
  assert.equal(here(at("conversations", "agent", { mode: "waiting", agent: null })), "/chsjkufrt123nlq");
  assert.equal(here(at("conversations", "agent", held)), "/chsjkufr123nlqbxg");
  // What is open stays open behind another view, out of reach.
  assert.equal(here(at("lookup", "agent", held)), "/chsd");
});

test("the list of keys is the same everywhere", () => {
  const keys = (desk: Desk): string => shortcuts(desk).map(({ key }) => key).join("");
  assert.equal(keys(at("numbers", "agent")), keys(at("conversations", "agent", held)));
});
