// Beside the open conversation: suggestions, the case, the list, labels and notes.
import type { JSX } from "preact";
import { useDesk } from "./context";
import { composing } from "./keys";
import { moment } from "./list";
import { Confidence, Icon, Key } from "./parts";
import type { Opened } from "../shared/types";
import "./side.css";

export function Side({ opened }: { opened: Opened }): JSX.Element {
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
