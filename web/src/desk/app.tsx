// The page: log-in, then three views under one bar.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useDesk } from "./context";
import { shortcutFor } from "./keys";
import { Account } from "./account";
import { Conversations } from "./conversations";
import { Keys } from "./help";
import { Login } from "./login";
import { LookUp } from "./lookup";
import { NumbersView } from "./numbers";
import { moment } from "./list";
import { Icon, Key } from "./parts";
import { shortcuts } from "./shortcuts";
import { Team } from "./team";
import type { Profile } from "../shared/types";
import { applyTheme, readTheme } from "./theme";
import { viewsFor } from "./views";
import "./app.css";

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
      const all = [...shortcuts(desk).filter(({ here }) => here), { key: "?", run: () => setHelp(true) }];
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
