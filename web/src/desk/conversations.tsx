// 会话: the list, and the one that is open.
import type { JSX } from "preact";
import { memo } from "preact/compat";
import { useMemo, useRef } from "preact/hooks";
import { useDesk } from "./context";
import { Conversation } from "./conversation";
import { MODE_NAMES, moment, ORDER, shortName, waitingSince } from "./list";
import { Icon, Timer } from "./parts";
import type { Row } from "./types";

const AUTHOR: Record<string, string> = { user: "客户：", bot: "助手：", agent: "客服：", system: "" };

const RowView = memo(function RowView({ row, open, onOpen }: { row: Row; open: boolean; onOpen(id: string): void }): JSX.Element {
  const since = waitingSince(row);
  return (
    <li data-mode={row.mode}>
      <button type="button" aria-current={open ? "true" : undefined} onClick={() => onOpen(row.id)} data-id={row.id}>
        <span class="Row-head">
          <span class="Row-name">{shortName(row.id)}</span>
          {row.agent && <span class="Row-agent">{row.agent}</span>}
          {row.unread > 0 && (
            <span class="Badge">
              {row.unread}
              <span class="Offscreen"> 条未读</span>
            </span>
          )}
          <span class="Row-time">
            {since === null ? (
              moment(row.updated * 1000)
            ) : (
              <>
                已等 <Timer since={since} />
              </>
            )}
          </span>
        </span>
        <span class="Row-text">
          {row.matched ? row.matched.text : `${AUTHOR[row.last_author] ?? ""}${row.preview}`}
        </span>
        {row.labels.length > 0 && (
          <span class="Row-labels">
            {row.labels.map((label) => (
              <span key={label} class="Tag">
                {label}
              </span>
            ))}
          </span>
        )}
      </button>
    </li>
  );
});

export function Conversations(): JSX.Element {
  const { desk, state } = useDesk();
  const { rows, label, opened } = state;
  const timer = useRef(0);
  const open = useMemo(() => (id: string) => void desk.open(id), [desk]);
  const shown = label ? rows.filter((row) => row.labels.includes(label)) : rows;
  const openId = state.opening ?? opened?.row.id;
  return (
    <div class="Desk" data-open={opened !== null}>
      <section class="List" aria-label="会话列表">
        <div class="List-head">
          <input
            id="search"
            type="search"
            aria-label="搜索全部会话"
            placeholder="搜索全部会话"
            autocomplete="off"
            value={state.query}
            onInput={(event) => {
              const text = event.currentTarget.value;
              clearTimeout(timer.current);
              timer.current = window.setTimeout(() => desk.search(text), 150);
            }}
          />
          {state.knownLabels.length > 0 && (
            <select aria-label="按标签筛选" value={label} onChange={(event) => desk.filterLabel(event.currentTarget.value)}>
              <option value="">全部标签</option>
              {state.knownLabels.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          )}
          {state.behind && (
            <p class="Filter">
              {state.behind.title}
              {state.behind.day && ` · ${state.behind.day}`}
              <button type="button" class="Quiet" onClick={() => desk.clearFilter()} aria-label="取消这个筛选">
                <Icon name="close" />
              </button>
            </p>
          )}
        </div>
        <div class="Rows">
          {ORDER.map((mode) => {
            const of = shown.filter((row) => row.mode === mode);
            if (of.length === 0) return null;
            return (
              <section key={mode} aria-label={MODE_NAMES[mode]}>
                <h2 data-mode={mode}>
                  {MODE_NAMES[mode]}
                  <span>{of.length}</span>
                </h2>
                <ul>
                  {of.map((row) => (
                    <RowView key={row.id} row={row} open={row.id === openId} onOpen={open} />
                  ))}
                </ul>
              </section>
            );
          })}
          {shown.length === 0 && (
            <p class="Empty">{state.listed === "all" ? "还没有会话。客户在网页上提问后会出现在这里。" : "没有符合的会话。"}</p>
          )}
        </div>
      </section>
      {opened ? (
        <Conversation key={opened.row.id} opened={opened} />
      ) : (
        <div class="Nothing">
          <Icon name="chat" />
          <p>从左边打开一个会话，或按 u 打开等得最久的</p>
        </div>
      )}
    </div>
  );
}
