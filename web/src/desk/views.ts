// The views of the desk, and who has which.
import type { Desk, View } from "./store";

const VIEWS: { view: View; name: string; key: string; icon: "search" | "chat" | "chart" | "people" }[] = [
  { view: "lookup", name: "查询", key: "c", icon: "search" },
  { view: "conversations", name: "会话", key: "h", icon: "chat" },
  { view: "numbers", name: "统计", key: "s", icon: "chart" },
  { view: "team", name: "团队", key: "p", icon: "people" },
];

/** The views this agent has. */
export function viewsFor(desk: Desk): typeof VIEWS {
  return VIEWS.filter(({ view }) => view !== "team" || desk.state.profile?.role === "admin");
}
