// 会话: the list, and the one that is open.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { memo } from "../shared/parts";
import { useDesk } from "./context";
import { Conversation } from "./conversation";
import { marked, MODE_NAMES, moment, ORDER, shortName, waitingSince } from "./list";
import { Icon, Key, Timer } from "./parts";
import type { Show } from "./place";
import { Split } from "./split";
import type { Row } from "../shared/types";
import "./conversations.css";

const AUTHOR: Record<string, string> = { user: "客户：", bot: "助手：", agent: "客服：", system: "" };

interface RowProps {
  row: Row;
  open: boolean;
  me: string;
  /** What was searched for, where that is how the row was found. */
  query: string;
  onOpen(id: string): void;
}

const RowView = memo(function RowView({ row, open, me, query, onOpen }: RowProps): JSX.Element {
  const since = waitingSince(row);
  return (
    <li data-mode={row.mode}>
      <button type="button" aria-current={open ? "true" : undefined} onClick={() => onOpen(row.id)} data-id={row.id}>
        <span class="Row-head">
          <span class="Row-name">{shortName(row.id)}</span>
          {row.agent && (
            <span class="Row-agent">
              {row.agent === me ? "我" : row.agent}
              {row.gone && "（已离开）"}
            </span>
          )}
          {row.unread > 0 && (row.mode === "waiting" || (row.mode === "human" && row.agent === me)) && (
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
          {row.matched
            ? marked(row.matched.text, query).map(([piece, found], at) => (found ? <mark key={at}>{piece}</mark> : piece))
            : row.question || `${AUTHOR[row.last_author] ?? ""}${row.preview}`}
        </span>
        {row.case && <span class="Row-case">{row.case}</span>}
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
  const { show } = state.place;
  const me = state.profile?.name ?? "";
  const isMine = (row: Row): boolean => row.mode === "human" && row.agent === me;
  const shown = rows
    .filter((row) => !label || row.labels.includes(label))
    .filter((row) => show === "all" || (show === "mine" ? isMine(row) : row.mode === "waiting"));
  const { mine, owed } = state;
  const openId = desk.current;
  // By the keys or an address one comes to rows that are out of sight.
  const listed = rows.some((row) => row.id === openId);
  useEffect(() => {
    const show = (): void =>
      document.querySelector(`.Rows [data-id="${CSS.escape(openId ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
    show();
    // Again once the rows that came into sight have their own heights.
    const again = requestAnimationFrame(show);
    return () => cancelAnimationFrame(again);
  }, [openId, listed]);
  const filters: { show: Show; name: string; count: number; owed: number }[] = [
    { show: "all", name: "全部", count: 0, owed: 0 },
    { show: "waiting", name: "等待", count: state.counts.waiting, owed: 0 },
    { show: "mine", name: "我的", count: mine, owed },
  ];
  return (
    <div class="Desk" data-open={openId !== null} data-side={state.side}>
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
          <div class="Segments" role="group" aria-label="看哪些会话">
            {filters.map((one) => (
              <button key={one.show} type="button" aria-pressed={show === one.show} onClick={() => desk.filter(one.show)}>
                {one.name}
                {one.count > 0 && <span class="Count">{one.count}</span>}
                {one.owed > 0 && (
                  <span class="Badge">
                    {one.owed}
                    <span class="Offscreen"> 个等我回复</span>
                  </span>
                )}
              </button>
            ))}
          </div>
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
            const more = show !== "mine" && desk.hasMore(mode);
            const total = state.listed === "all" && show !== "mine" ? (state.labelled ?? state.counts)[mode] : of.length;
            return (
              <section key={mode} aria-label={MODE_NAMES[mode]}>
                <h2 data-mode={mode}>
                  {MODE_NAMES[mode]}
                  <span>{Math.max(total, of.length)}</span>
                </h2>
                <ul>
                  {of.map((row) => (
                    <RowView key={row.id} row={row} open={row.id === openId} me={me} query={row.matched ? state.query : ""} onOpen={open} />
                  ))}
                </ul>
                {more && (
                  <p class="More">
                    <button type="button" onClick={() => void desk.more(mode)}>
                      显示更多
                    </button>
                  </p>
                )}
              </section>
            );
          })}
          {state.listed === "search" && state.searchBefore !== null && (
            <p class="More">
              <button type="button" onClick={() => void desk.searchOn()}>
                更早的结果
              </button>
            </p>
          )}
          {shown.length === 0 && <Nothing show={show} />}
        </div>
      </section>
      <Split />
      {openId !== null ? <Conversation key={openId} id={openId} opened={opened} /> : <Today />}
    </div>
  );
}

function Nothing({ show }: { show: Show }): JSX.Element {
  const { desk, state } = useDesk();
  const filtered = state.listed !== "all" || state.label !== "" || show !== "all";
  if (!filtered) {
    return (
      <div class="Empty">
        <p>还没有会话。客户在网页上提问后会出现在这里。</p>
        <p>
          <a href="chat" target="_blank" rel="noopener">
            打开聊天页，自己试一句
          </a>
        </p>
      </div>
    );
  }
  const text = show === "mine" ? "现在没有您接手的会话。" : show === "waiting" ? "没有人在等。" : "没有符合的会话。";
  return (
    <div class="Empty">
      <p>{text}</p>
      <button
        type="button"
        onClick={() => {
          desk.filter("all");
          desk.clearFilter();
        }}
      >
        看全部会话
      </button>
    </div>
  );
}

/** What there is to do, while no conversation is open. */
function Today(): JSX.Element {
  const { desk, state } = useDesk();
  return (
    <div class="Nothing">
      <Icon name="chat" />
      <dl class="Today">
        <div>
          <dt>在等人工</dt>
          <dd>{state.counts.waiting}</dd>
        </div>
        <div>
          <dt>我接手的</dt>
          <dd>{state.mine}</dd>
        </div>
        <div>
          <dt>等我回复</dt>
          <dd>{state.owed}</dd>
        </div>
      </dl>
      <p>
        {state.counts.waiting > 0 ? (
          <button type="button" class="Primary" onClick={() => desk.openLongest()}>
            打开等得最久的
            <Key>u</Key>
          </button>
        ) : (
          "没有人在等。从左边打开一个会话，或按 / 查答案。"
        )}
      </p>
    </div>
  );
}
