// What single keys do, and where.
import type { Shortcut } from "./keys";
import type { Desk } from "./store";
import { viewsFor } from "./views";

/** A key in the list of all of them: where it belongs, and whether that is where the agent is. */
export interface ListedKey extends Shortcut {
  group: string;
  name: string;
  here: boolean;
}

function focusSoon(selector: string): void {
  const here = document.querySelector<HTMLElement>(selector);
  if (here) here.focus();
  // The view it is in has still to be drawn.
  else requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}

/** From the focused row of the list to another; where none is, from the open one. */
function step(by: number): void {
  const all = [...document.querySelectorAll<HTMLElement>(".Rows button")];
  const focused = all.findIndex((row) => row === document.activeElement);
  const at = focused >= 0 ? focused : all.findIndex((row) => row.getAttribute("aria-current") === "true");
  all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}

export function shortcuts(desk: Desk): ListedKey[] {
  const { state } = desk;
  const list = state.view === "conversations";
  const open = list ? state.opened : null;
  const any = open !== null;
  const mine = any && open.row.mode === "human" && open.row.agent === state.profile?.name;
  const found: ListedKey[] = [];
  const add = (group: string, here: boolean, keys: readonly (readonly [string, string, () => void])[]): void => {
    for (const [key, name, run] of keys) found.push({ group, here, key, name, run });
  };
  const lookUp = (): void => {
    desk.show("lookup");
    focusSoon("#query");
  };
  const suggest = (place: number): void => {
    desk.useSuggestion(place);
    focusSoon("#reply");
  };
  const beside = (selector: string): void => {
    desk.showSide(true);
    requestAnimationFrame(() => focusSoon(selector));
  };
  add("到处", true, [
    ["/", "查询", lookUp],
    ...viewsFor(desk).map(({ view, name, key }) => [key, `转到${name}`, (): void => desk.show(view)] as const),
  ]);
  add("查询", state.view === "lookup", [["d", "日期与名称工具", () => focusSoon("#given")]]);
  add("会话", list, [
    ["j", "下一个会话", () => step(1)],
    ["k", "上一个会话", () => step(-1)],
    ["u", "打开等得最久的会话", () => desk.openLongest()],
    ["f", "搜索会话", () => focusSoon("#search")],
  ]);
  add("打开的会话", list && desk.current !== null, [["r", "写回复", () => focusSoon("#reply")]]);
  add("打开的会话", any && !mine, [["t", "接手", () => void desk.claim(open?.row.gone ?? false)]]);
  add("打开的会话", any, [
    ["1", "填入第 1 条建议回复", () => suggest(0)],
    ["2", "填入第 2 条建议回复", () => suggest(1)],
    ["3", "填入第 3 条建议回复", () => suggest(2)],
    ["n", "写备注", () => beside("#note")],
    ["l", "加标签", () => beside("#label")],
    ["q", "按客户的话查询", () => desk.lookUpAbout(open?.row.question ?? "")],
  ]);
  add("我接手的会话", mine, [
    ["b", "交还助手", () => void desk.finish("hand-back")],
    ["x", "结束会话", () => void desk.finish("close")],
    ["g", "转给同事", () => document.getElementById("pass")?.click()],
  ]);
  return found;
}
