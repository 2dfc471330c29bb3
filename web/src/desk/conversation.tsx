// One conversation: what was said and how sure the assistant was, the reply, and what an agent should know.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { memo } from "../shared/parts";
import { CaseStrip } from "./casestrip";
import { useDesk } from "./context";
import { Settle, Transfer } from "./handing";
import { composing } from "./keys";
import { MODE_NAMES, moment, shortName } from "./list";
import { Confidence, Icon, Key } from "./parts";
import { copy } from "./lookup";
import { Reply } from "./reply";
import { TurnSources } from "./sources";
import type { DeskMessage, Note, Opened, Row } from "../shared/types";
import "./conversation.css";
import "./side.css";

const STATUS: Record<string, string> = {
  answered: "已回答",
  clarify: "反问",
  uncovered: "文档未说明",
  out_of_scope: "范围外",
  smalltalk: "寒暄",
  handoff: "转人工",
  error: "出错",
};
const TONE: Record<string, string> = { answered: "fine", uncovered: "warn", error: "bad", handoff: "accent", clarify: "accent" };

const NONE: readonly string[] = [];

interface TurnProps {
  message: DeskMessage;
  facts: Record<string, string>;
  originals: readonly string[];
  /** Whether this is what was searched for. */
  sought: boolean;
}

const Turn = memo(function Turn({ message, facts, originals, sought }: TurnProps): JSX.Element {
  const time = <time dateTime={message.at}>{moment(Date.parse(message.at))}</time>;
  if (message.author === "system") {
    return (
      <li class="Turn system" data-id={message.id}>
        <p>
          {message.text} {time}
        </p>
      </li>
    );
  }
  const { custom } = message;
  const confidence = custom.understood?.confidence;
  const who = { user: "客户", bot: "助手", agent: message.agent ?? "客服" }[message.author];
  return (
    <li class={`Turn ${message.author}`} data-id={message.id} data-sought={sought}>
      <p class="Turn-head">
        <span class="Turn-who">{who}</span>
        {message.author === "bot" && custom.status && (
          <span class="Tag" data-tone={TONE[custom.status]}>
            {STATUS[custom.status] ?? custom.status}
          </span>
        )}
        {message.author === "bot" && typeof confidence === "number" && custom.status !== "smalltalk" && <Confidence value={confidence} />}
        {custom.suggestion && custom.suggestion.outcome !== "replaced" && (
          <span class="Tag">{custom.suggestion.edited ? "改过的建议" : "用了建议"}</span>
        )}
        {message.feedback?.value && (
          <span class="Tag" data-tone={message.feedback.value === "up" ? "fine" : "bad"}>
            {message.feedback.value === "up" ? "有帮助" : "没帮助"}
            {message.feedback.reason ? `：${message.feedback.reason}` : ""}
          </span>
        )}
        {time}
      </p>
      <p class="Plain Turn-text">{message.text}</p>
      {message.buttons.length > 0 && (
        <p class="Turn-buttons">
          <span class="Offscreen">按钮：</span>
          {message.buttons.map((button) => (
            <span key={button.title}>{button.title}</span>
          ))}
        </p>
      )}
      {message.author === "bot" && <TurnSources sources={custom.sources ?? []} titles={facts} originals={originals} />}
    </li>
  );
});

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

/** What stands in the log: messages, and the agents' notes where they were written. */
function inOrder({ messages, notes }: Opened): (DeskMessage | Note)[] {
  const first = Date.parse(messages[0]?.at ?? "") / 1000;
  const shown = notes.filter((note) => messages.length === 0 || note.at >= first);
  const time = (one: DeskMessage | Note): number => ("n" in one ? one.at * 1000 : Date.parse(one.at));
  return [...messages, ...shown].sort((a, b) => time(a) - time(b));
}

function Log({ opened }: { opened: Opened }): JSX.Element {
  const { desk, state } = useDesk();
  const { row, messages } = opened;
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const anchor = useRef<{ first: number; height: number } | null>(null);
  const facts = state.profile?.facts ?? {};
  const originals = state.profile?.originals ?? NONE;
  const first = messages[0]?.id ?? 1;
  const last = messages[messages.length - 1]?.id;
  const shown = useMemo(() => inOrder(opened), [opened.messages, opened.notes]);
  const sought = state.listed === "search" ? state.rows.find(({ id }) => id === row.id)?.matched?.message : undefined;
  useLayoutEffect(() => {
    const found = sought === undefined ? null : log.current?.querySelector(`[data-id="${sought}"]`);
    found?.scrollIntoView({ block: "center" });
    if (found) atEnd.current = false;
  }, [sought]);
  const [below, setBelow] = useState(false);
  const toEnd = (): void => {
    atEnd.current = true;
    setBelow(false);
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  };
  const seen = useRef(last);
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    // Whoever reads further up is told of it, and stays there.
    else if (last !== seen.current) setBelow(true);
    seen.current = last;
  }, [last, opened.notes.length]);
  const mine = row.mode === "human" && row.agent === state.profile?.name;
  const wasMine = useRef(mine);
  useLayoutEffect(() => {
    // Whoever takes over goes on from what was said last.
    if (mine && !wasMine.current) toEnd();
    wasMine.current = mine;
  }, [mine]);
  useEffect(() => {
    // The reply grows into the log: what was said last stays in sight.
    const box = log.current;
    if (!box) return;
    const watched = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    watched.observe(box);
    return () => watched.disconnect();
  }, []);
  useLayoutEffect(() => {
    // What was read stays where it is while earlier messages come in above it.
    const box = log.current;
    if (box && anchor.current && first < anchor.current.first) box.scrollTop += box.scrollHeight - anchor.current.height;
    anchor.current = null;
  }, [first]);
  function earlier(): void {
    anchor.current = { first, height: log.current?.scrollHeight ?? 0 };
    void desk.earlier();
  }
  return (
    <div
      class="Turns"
      ref={log}
      role="log"
      aria-label="对话记录"
      tabIndex={0}
      onScroll={(event) => {
        const box = event.currentTarget;
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
        if (atEnd.current) setBelow(false);
      }}
    >
      <ol>
        {first > 1 && (
          <li class="Turn system">
            <button type="button" onClick={earlier}>
              更早的消息
            </button>
          </li>
        )}
        {shown.map((one) =>
          "n" in one ? (
            <li key={`n${one.n}`} class="Turn note">
              <p class="Plain">{one.text}</p>
              <p class="Dim">
                备注 · {one.agent} · {moment(one.at * 1000)}
              </p>
            </li>
          ) : (
            <Turn key={one.id} message={one} facts={facts} originals={originals} sought={one.id === sought} />
          ),
        )}
        {opened.later && (
          <li class="Turn system">
            <button type="button" onClick={() => void desk.newest()}>
              后面还有消息，回到最新
            </button>
          </li>
        )}
      </ol>
      {below && !opened.later && (
        <button type="button" class="ToNewest" onClick={toEnd}>
          有新消息
          <span aria-hidden="true">↓</span>
        </button>
      )}
    </div>
  );
}

function Side({ opened }: { opened: Opened }): JSX.Element {
  const { desk, state } = useDesk();
  const list = [...opened.messages].reverse().find((message) => message.custom.card?.type === "checklist");
  const items = list?.custom.card?.items ?? [];
  // The summary begins with the case, which stands above it already.
  const { text, summary } = opened.case;
  const asked = (text && summary.startsWith(text) ? summary.slice(text.length) : summary).replace(/^；/, "");
  const question = opened.row.question;
  return (
    <aside class="Side" aria-label="参考">
      <button type="button" class="Quiet Side-close" onClick={() => desk.showSide(false)} aria-label="收起侧栏">
        <Icon name="close" />
      </button>
      <section>
        <h2>建议回复</h2>
        {state.suggestions.length === 0 && <p class="Dim">没有把握的回复。可以按客户的话查一下。</p>}
        <ol class="Suggestions">
          {state.suggestions.map((suggestion, place) => (
            <li key={suggestion.fact ?? place}>
              <button
                type="button"
                onClick={() => {
                  desk.useSuggestion(place);
                  desk.showSide(false);
                  document.querySelector<HTMLElement>("#reply")?.focus();
                }}
              >
                <span class="Suggestion-head">
                  <kbd>{place + 1}</kbd>
                  <span>{suggestion.title}</span>
                  {suggestion.confidence !== null && <Confidence value={suggestion.confidence} />}
                </span>
                <span class="Suggestion-text">{suggestion.text}</span>
              </button>
            </li>
          ))}
        </ol>
        {question && (
          <button type="button" onClick={() => desk.lookUpAbout(question)}>
            查询“{question.length > 12 ? `${question.slice(0, 12)}…` : question}”
            <Key>q</Key>
          </button>
        )}
      </section>
      <section>
        <h2>客户的情况</h2>
        <p>{text || <span class="Dim">还不清楚</span>}</p>
        {asked && <p class="Dim">{asked}</p>}
      </section>
      {list && items.length > 0 && (
        <section>
          <h2>
            清单 <span class="Count">{`${list.ticked.length}/${items.length}`}</span>
          </h2>
          <ul class="Ticks">
            {items.map((item, at) => (
              <li key={at} data-done={list.ticked.includes(at)}>
                <span class="Offscreen">{list.ticked.includes(at) ? "已备齐：" : "未备齐："}</span>
                {item}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Labels opened={opened} />
      <Notes opened={opened} />
    </aside>
  );
}

function Labels({ opened }: { opened: Opened }): JSX.Element {
  const { desk, state } = useDesk();
  return (
    <section>
      <h2>标签</h2>
      <p class="Labels">
        {opened.labels.map((label) => (
          <span key={label} class="Tag">
            {label}
            <button
              type="button"
              aria-label={`去掉标签 ${label}`}
              onClick={() => void desk.labels([], [label])}
            >
              <Icon name="close" />
            </button>
          </span>
        ))}
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const box = event.currentTarget.elements.namedItem("label") as HTMLInputElement;
          if (box.value.trim()) void desk.labels([box.value.trim()]);
          box.value = "";
        }}
      >
        <input id="label" name="label" aria-label="加标签" placeholder="加标签，Enter 保存" maxLength={24} list="known-labels" autocomplete="off" />
        <datalist id="known-labels">
          {state.knownLabels.map((label) => (
            <option key={label} value={label} />
          ))}
        </datalist>
      </form>
    </section>
  );
}

function Notes({ opened }: { opened: Opened }): JSX.Element {
  const { desk } = useDesk();
  const { id } = opened.row;
  return (
    <section>
      <h2>备注</h2>
      <ul class="Notes">
        {opened.notes.map((note) => (
          <li key={note.n}>
            <p class="Plain">{note.text}</p>
            <p class="Dim">
              {note.agent} · {moment(note.at * 1000)}
            </p>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void desk.sendNote(id);
        }}
      >
        <textarea
          id="note"
          aria-label="写备注"
          rows={2}
          maxLength={2000}
          placeholder="只有客服看得到；Enter 保存"
          value={desk.draft(id).note}
          onInput={(event) => desk.writeNote(id, event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || composing(event)) return;
            event.preventDefault();
            void desk.sendNote(id);
          }}
        />
      </form>
    </section>
  );
}
