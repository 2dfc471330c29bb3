// What was said: the messages of the open conversation, with the agents' notes where they were written.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { memo } from "../shared/parts";
import { useDesk } from "./context";
import { moment } from "./list";
import { Confidence } from "./parts";
import { TurnSources } from "./sources";
import type { DeskMessage, Note, Opened } from "../shared/types";

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

/** What stands in the log: messages, and the agents' notes where they were written. */
function inOrder({ messages, notes }: Opened): (DeskMessage | Note)[] {
  const first = Date.parse(messages[0]?.at ?? "") / 1000;
  const shown = notes.filter((note) => messages.length === 0 || note.at >= first);
  const time = (one: DeskMessage | Note): number => ("n" in one ? one.at * 1000 : Date.parse(one.at));
  return [...messages, ...shown].sort((a, b) => time(a) - time(b));
}

export function Log({ opened }: { opened: Opened }): JSX.Element {
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
