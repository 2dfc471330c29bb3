// The page: log-in, then three views under one bar.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDesk } from "./context";
import { shortcutFor, type Shortcut } from "./keys";
import { Account } from "./account";
import { Conversations } from "./conversations";
import { Keys } from "./help";
import { Login } from "./login";
import { LookUp } from "./lookup";
import { NumbersView } from "./numbers";
import { moment } from "./list";
import { Icon, Key } from "./parts";
import type { Desk, View } from "./store";
import { Team } from "./team";
import type { Profile } from "../shared/types";
import { applyTheme, readTheme } from "./theme";
import "./app.css";

const VIEWS: { view: View; name: string; key: string; icon: "search" | "chat" | "chart" | "people" }[] = [
  { view: "lookup", name: "查询", key: "c", icon: "search" },
  { view: "conversations", name: "会话", key: "h", icon: "chat" },
  { view: "numbers", name: "统计", key: "s", icon: "chart" },
  { view: "team", name: "团队", key: "p", icon: "people" },
];

/** The views this agent has. */
function viewsFor(desk: Desk): typeof VIEWS {
  return VIEWS.filter(({ view }) => view !== "team" || desk.state.profile?.role === "admin");
}

function focusSoon(selector: string): void {
  const here = document.querySelector<HTMLElement>(selector);
  if (here) here.focus();
  // The view it is in has still to be drawn.
  else requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}

export function shortcuts(desk: Desk): Shortcut[] {
  const { state } = desk;
  const open = state.view === "conversations" ? state.opened : null;
  const mine = open?.row.mode === "human" && open.row.agent === state.profile?.name;
  const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(".Rows button")];
  const step = (by: number): void => {
    const all = rows();
    const at = all.findIndex((row) => row === document.activeElement || row.getAttribute("aria-current") === "true");
    all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
  };
  const found: Shortcut[] = [
    {
      key: "/",
      name: "查询",
      run: () => {
        desk.show("lookup");
        focusSoon("#query");
      },
    },
    ...viewsFor(desk).map(({ view, name, key }) => ({ key, name: `转到${name}`, run: () => desk.show(view) })),
  ];
  if (state.view === "lookup") found.push({ key: "d", name: "日期与名称工具", run: () => focusSoon("#given") });
  if (state.view === "conversations") {
    found.push(
      { key: "j", name: "下一个会话", run: () => step(1) },
      { key: "k", name: "上一个会话", run: () => step(-1) },
      {
        key: "u",
        name: "打开等得最久的会话",
        run: () => {
          desk.openLongest();
        },
      },
      { key: "f", name: "搜索会话", run: () => focusSoon("#search") },
    );
  }
  if (state.view === "conversations" && desk.current !== null) {
    found.push({ key: "r", name: "写回复", run: () => focusSoon("#reply") });
  }
  if (open) {
    for (const place of [0, 1, 2]) {
      found.push({
        key: String(place + 1),
        name: `填入第 ${place + 1} 条建议回复`,
        run: () => {
          desk.useSuggestion(place);
          focusSoon("#reply");
        },
      });
    }
    const beside = (selector: string): void => {
      desk.showSide(true);
      requestAnimationFrame(() => focusSoon(selector));
    };
    found.push({ key: "n", name: "写备注", run: () => beside("#note") });
    found.push({ key: "l", name: "加标签", run: () => beside("#label") });
    found.push({ key: "q", name: "按客户的话查询", run: () => desk.lookUpAbout(open.row.question) });
    if (!mine) found.push({ key: "t", name: "接手", run: () => void desk.claim(open.row.gone) });
    if (mine) {
      found.push({ key: "b", name: "交还助手", run: () => void desk.finish("hand-back") });
      found.push({ key: "x", name: "结束会话", run: () => void desk.finish("close") });
      found.push({ key: "g", name: "转给同事", run: () => document.getElementById("pass")?.click() });
    }
  }
  return found;
}

export function App(): JSX.Element {
  const { desk, state } = useDesk();
  const [help, setHelp] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (desk.state.phase !== "ready") return;
      if (event.key === "Escape" && document.activeElement instanceof HTMLElement && !document.querySelector("dialog[open]")) {
        document.activeElement.blur();
        desk.showSide(false);
        return;
      }
      const all = [...shortcuts(desk), { key: "?", name: "", run: () => setHelp(true) }];
      const shortcut = shortcutFor(event, all);
      if (!shortcut) return;
      event.preventDefault();
      shortcut.run();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [desk]);
  return (
    <>
      {state.phase === "loading" && (
        <p class="Loading" role="status">
          正在打开…
        </p>
      )}
      {state.phase === "login" && <Login />}
      {state.phase === "ready" && <Shell onHelp={() => setHelp(true)} />}
      {help && <Keys shortcuts={shortcuts(desk)} onClose={() => setHelp(false)} />}
      <p class="Toast" role="status" data-shown={state.toast !== null} data-bad={state.toast?.bad ?? false}>
        {state.toast?.text}
      </p>
      <p class="Offscreen Spoken" aria-live="assertive">
        {state.spoken}
      </p>
    </>
  );
}

function hoursTitle(profile: Profile | null): string {
  return `人工时间：${profile?.hours ?? ""}${profile?.next ? `；下次 ${profile.next}` : ""}`;
}

/** An agent who is away gets nothing to do: that is never to be overlooked. */
function AwayBar(): JSX.Element | null {
  const { desk, state } = useDesk();
  const until = state.profile?.away_until ?? null;
  if (until === null || until * 1000 <= Date.now()) return null;
  return (
    <p class="Lost Away" role="status">
      <Icon name="warning" />
      您登记为不在，到 {moment(until * 1000)}：不会有会话转给您
      <button type="button" onClick={() => void desk.beAway(null, null)}>
        我回来了
      </button>
    </p>
  );
}

function Shell({ onHelp }: { onHelp(): void }): JSX.Element {
  const { desk, state } = useDesk();
  const [theme, setTheme] = useState(readTheme());
  const [account, setAccount] = useState(false);
  const dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  function flip(): void {
    const next = dark ? "light" : "dark";
    applyTheme(next);
    setTheme(next);
  }
  return (
    <div class="Shell">
      <header class="Top">
        <h1>
          <span class="Mark" aria-hidden="true" />
          <span class="Brand">客服工作台</span>
        </h1>
        <nav aria-label="视图">
          {viewsFor(desk).map(({ view, name, key, icon }) => (
            <button
              key={view}
              type="button"
              class="Tab"
              aria-current={state.view === view ? "page" : undefined}
              onClick={() => desk.show(view)}
            >
              <Icon name={icon} />
              {name}
              {view === "conversations" && state.calling > 0 && (
                <span class="Badge">
                  {state.calling}
                  <span class="Offscreen"> 个在等</span>
                </span>
              )}
              <Key>{key}</Key>
            </button>
          ))}
        </nav>
        <div class="Top-end">
          <span class="Hours" data-open={state.inHours} title={hoursTitle(state.profile)}>
            {state.inHours ? "人工时间" : "非人工时间"}
          </span>
          <button type="button" class="Quiet" onClick={onHelp} aria-label="快捷键" title="快捷键（?）">
            <Icon name="keys" />
          </button>
          <button type="button" class="Quiet" onClick={flip} aria-label={dark ? "换成浅色" : "换成深色"}>
            <Icon name={dark ? "sun" : "moon"} />
          </button>
          <button type="button" class="Quiet Who" onClick={() => setAccount(true)} aria-label={`账号 ${state.profile?.name ?? ""}`}>
            <Icon name="person" />
            <span>{state.profile?.name}</span>
          </button>
        </div>
      </header>
      {state.link === "lost" && (
        <p class="Lost" role="alert">
          <Icon name="warning" />
          连接中断，正在重新连接；写下的内容都还在
        </p>
      )}
      <AwayBar />
      <main>
        {state.view === "lookup" && <LookUp />}
        {state.view === "conversations" && <Conversations />}
        {state.view === "numbers" && <NumbersView />}
        {state.view === "team" && state.profile?.role === "admin" && <Team />}
      </main>
      {account && <Account onClose={() => setAccount(false)} />}
    </div>
  );
}
