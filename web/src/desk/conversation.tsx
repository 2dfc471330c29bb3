// One conversation: its head, what can be done with it, what was said, the reply, and what stands beside it.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CaseStrip } from "./casestrip";
import { useDesk } from "./context";
import { Settle, Transfer } from "./handing";
import { MODE_NAMES, shortName } from "./list";
import { Icon, Key } from "./parts";
import { copy } from "./lookup";
import { Log } from "./log";
import { Reply } from "./reply";
import { Side } from "./side";
import type { Opened, Row } from "../shared/types";
import "./conversation.css";

/** The conversation on the page: its name at once, everything else when it is loaded. */
export function Conversation({ id, opened }: { id: string; opened: Opened | null }): JSX.Element {
  const { desk, state } = useDesk();
  const [passing, setPassing] = useState(false);
  const row = opened?.row;
  const mine = row?.mode === "human" && row.agent === state.profile?.name;
  return (
    <>
      <section class="Talk" aria-label="对话" aria-busy={!opened}>
        <header class="Talk-head">
          <button type="button" class="Quiet Back" onClick={() => desk.leaveConversation()} aria-label="回到列表">
            <Icon name="back" />
          </button>
          <h2>{shortName(id)}</h2>
          {row && (
            <span class="Mode" data-mode={row.mode}>
              {MODE_NAMES[row.mode]}
              {row.mode === "human" && `（${mine ? "我" : row.agent}${row.gone ? "，已离开" : ""}）`}
            </span>
          )}
          {row && row.mode !== "closed" && state.present !== null && (
            <span class="Here" data-here={state.present}>
              {state.present ? "客户开着对话" : "客户已离开"}
            </span>
          )}
          <button type="button" class="Quiet Id" onClick={() => void copy(desk, id)} title={id}>
            复制编号
          </button>
          {opened && opened.satisfaction !== null && (
            <span class="Tag" data-tone={opened.satisfaction ? "fine" : "bad"}>
              客户说{opened.satisfaction ? "解决了" : "没解决"}
            </span>
          )}
          <button
            type="button"
            class="Side-open"
            aria-expanded={state.side}
            onClick={() => desk.showSide(!state.side)}
          >
            参考
            {state.suggestions.length > 0 && <span class="Count">{state.suggestions.length}</span>}
          </button>
          {row && <Acts row={row} mine={mine} onPass={() => setPassing(true)} />}
        </header>
        {opened ? (
          <>
            <CaseStrip opened={opened} />
            <Log opened={opened} />
          </>
        ) : (
          <div class="Turns" role="status">
            <p class="Loading">正在打开…</p>
          </div>
        )}
        <Reply id={id} mine={mine} loaded={opened !== null} />
      </section>
      {opened ? <Side opened={opened} /> : <aside class="Side" aria-label="参考" aria-busy="true" />}
      {passing && <Transfer onClose={() => setPassing(false)} />}
      <Settle />
    </>
  );
}

function Acts({ row, mine, onPass }: { row: Row; mine: boolean; onPass(): void }): JSX.Element {
  const { desk, state } = useDesk();
  const admin = state.profile?.role === "admin";
  return (
    <div class="Talk-do">
      {!mine && (row.mode !== "human" || admin || row.gone) && (
        <button type="button" class="Primary" onClick={() => void desk.claim(row.mode === "human")}>
          {row.mode === "human" ? "从同事处接手" : "接手"}
          <Key>t</Key>
        </button>
      )}
      {mine && (
        <button type="button" onClick={() => void desk.finish("hand-back")}>
          交还助手
          <Key>b</Key>
        </button>
      )}
      {(mine || row.mode === "waiting") && (
        <button type="button" onClick={() => void desk.finish("close")}>
          结束
          {mine && <Key>x</Key>}
        </button>
      )}
      {row.mode === "human" && (mine || admin) && (
        <button type="button" id="pass" onClick={onPass}>
          转给…
          <Key>g</Key>
        </button>
      )}
    </div>
  );
}
