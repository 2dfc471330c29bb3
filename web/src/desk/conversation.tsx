// One conversation: what was said and how sure the assistant was, the reply, and what an agent should know.
import type { JSX } from "preact";
import { memo } from "preact/compat";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useDesk } from "./context";
import { composing } from "./keys";
import { MODE_NAMES, moment, shortName } from "./list";
import { Confidence, Icon, Key } from "./parts";
import type { DeskMessage, Opened } from "./types";

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

interface TurnProps {
  message: DeskMessage;
  facts: Record<string, string>;
  /** Whether this is what was searched for. */
  sought: boolean;
}

const Turn = memo(function Turn({ message, facts, sought }: TurnProps): JSX.Element {
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
        {message.author === "bot" && typeof confidence === "number" && <Confidence value={confidence} />}
        {custom.suggestion && <span class="Tag">{custom.suggestion.edited ? "改过的建议" : "用了建议"}</span>}
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
      {message.author === "bot" && (custom.sources ?? []).length > 0 && (
        <ul class="Turn-sources" aria-label="出处">
          {(custom.sources ?? []).map((source) => (
            <li key={source.fact}>
              {facts[source.fact] ?? source.fact} · {source.section}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
});

export function Conversation({ opened }: { opened: Opened }): JSX.Element {
  const { desk, state } = useDesk();
  const { row, messages } = opened;
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const facts = state.profile?.facts ?? {};
  const mine = row.mode === "human" && row.agent === state.profile?.name;
  const last = messages[messages.length - 1]?.id;
  const sought = state.listed === "search" ? state.rows.find(({ id }) => id === row.id)?.matched?.message : undefined;
  useLayoutEffect(() => {
    const found = sought === undefined ? null : log.current?.querySelector(`[data-id="${sought}"]`);
    found?.scrollIntoView({ block: "center" });
    if (found) atEnd.current = false;
  }, [sought]);
  useLayoutEffect(() => {
    if (log.current && atEnd.current) log.current.scrollTop = log.current.scrollHeight;
  }, [last]);
  return (
    <>
      <section class="Talk" aria-label="对话">
        <header class="Talk-head">
          <button type="button" class="Quiet Back" onClick={() => desk.leaveConversation()} aria-label="回到列表">
            <Icon name="back" />
          </button>
          <h2>{shortName(row.id)}</h2>
          <span class="Mode" data-mode={row.mode}>
            {MODE_NAMES[row.mode]}
            {row.mode === "human" && `（${mine ? "我" : row.agent}）`}
          </span>
          {opened.satisfaction !== null && (
            <span class="Tag" data-tone={opened.satisfaction ? "fine" : "bad"}>
              客户说{opened.satisfaction ? "解决了" : "没解决"}
            </span>
          )}
          <div class="Talk-do">
            {!mine && (row.mode !== "human" || state.profile?.role === "admin") && (
              <button type="button" class="Primary" onClick={() => void desk.claim(row.mode === "human")}>
                {row.mode === "human" ? "从同事处接手" : "接手"}
                <Key>t</Key>
              </button>
            )}
            {mine && (
              <>
                <button type="button" onClick={() => void desk.handBack()}>
                  交还助手
                  <Key>b</Key>
                </button>
                <button type="button" onClick={() => void desk.close()}>
                  结束
                  <Key>x</Key>
                </button>
              </>
            )}
            {row.mode === "waiting" && (
              <button type="button" onClick={() => void desk.close()}>
                结束
              </button>
            )}
          </div>
        </header>
        <div
          class="Turns"
          ref={log}
          role="log"
          aria-label="对话记录"
          tabIndex={0}
          onScroll={(event) => {
            const box = event.currentTarget;
            atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
          }}
        >
          <ol>
          {(messages[0]?.id ?? 1) > 1 && (
            <li class="Turn system">
              <button type="button" onClick={() => void desk.earlier()}>
                更早的消息
              </button>
            </li>
          )}
          {messages.map((message) => (
            <Turn key={message.id} message={message} facts={facts} sought={message.id === sought} />
          ))}
          </ol>
        </div>
        <Reply mine={mine} />
      </section>
      <Side opened={opened} />
    </>
  );
}

function Reply({ mine }: { mine: boolean }): JSX.Element {
  const { desk, state } = useDesk();
  const area = useRef<HTMLTextAreaElement>(null);
  const draft = desk.draft();
  useEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 260)}px`;
  }, [draft.text]);
  function onKey(event: KeyboardEvent): void {
    if (composing(event)) return;
    const place = event.altKey ? ["Digit1", "Digit2", "Digit3"].indexOf(event.code) : -1;
    if (place >= 0) desk.useSuggestion(place);
    else if (event.key === "Enter" && !event.shiftKey) {
      if (mine) void desk.send();
      else desk.say("接手后才能回复", true);
    } else return;
    event.preventDefault();
  }
  const most = state.profile?.limits.text ?? 2000;
  return (
    <form
      class="Reply"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.send();
      }}
    >
      <label class="Offscreen" for="reply">
        回复
      </label>
      <textarea
        id="reply"
        ref={area}
        rows={2}
        maxLength={most}
        value={draft.text}
        placeholder={mine ? "回复客户；Enter 发送，Shift+Enter 换行" : "接手后可以回复；可以先写好"}
        onInput={(event) => desk.write(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <button type="submit" class="Primary" disabled={!mine || state.sending || !draft.text.trim()}>
        发送
      </button>
    </form>
  );
}

function Side({ opened }: { opened: Opened }): JSX.Element {
  const { desk, state } = useDesk();
  const list = [...opened.messages].reverse().find((message) => message.custom.card?.type === "checklist");
  const items = list?.custom.card?.items ?? [];
  // The summary begins with the case, which stands above it already.
  const { text, summary } = opened.case;
  const asked = (text && summary.startsWith(text) ? summary.slice(text.length) : summary).replace(/^；/, "");
  return (
    <aside class="Side" aria-label="参考">
      <section>
        <h2>建议回复</h2>
        {state.suggestions.length === 0 && <p class="Dim">客户提问后，这里给出可用的回复。</p>}
        <ol class="Suggestions">
          {state.suggestions.map((suggestion, place) => (
            <li key={suggestion.fact ?? place}>
              <button
                type="button"
                onClick={() => {
                  desk.useSuggestion(place);
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
      </section>
      <section>
        <h2>客户的情况</h2>
        <p>{opened.case.text || <span class="Dim">还不清楚</span>}</p>
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
              onClick={() => void desk.labels(opened.labels.filter((one) => one !== label))}
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
          if (box.value.trim()) void desk.labels([...opened.labels, box.value.trim()]);
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
  const [text, setText] = useState("");
  async function keep(): Promise<void> {
    if (text.trim() && (await desk.note(text.trim()))) setText("");
  }
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
          void keep();
        }}
      >
        <textarea
          id="note"
          aria-label="写备注"
          rows={2}
          maxLength={2000}
          placeholder="只有客服看得到；Enter 保存"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || composing(event)) return;
            event.preventDefault();
            void keep();
          }}
        />
      </form>
    </section>
  );
}
