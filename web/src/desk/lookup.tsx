// 查询: answers while typing, by keyboard alone; the date and name tools beside them.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { onComposing } from "../shared/parts";
import { copyText } from "../shared/files";
import { api } from "./api";
import { useDesk } from "./context";
import { composing } from "./keys";
import { Confidence, Key } from "./parts";
import { OriginalOf, sectionOf } from "./sources";
import type { Desk } from "./store";
import type { Found } from "../shared/types";
import "./lookup.css";

const STATUS: Record<string, string> = {
  answered: "助手会这样回答",
  clarify: "助手会先反问",
  uncovered: "文档没有说明",
  out_of_scope: "不在解答范围",
  smalltalk: "助手会这样说",
  handoff: "会转人工",
};

export async function copy(desk: Desk, text: string): Promise<void> {
  try {
    await copyText(text);
    desk.say("已复制");
  } catch {
    desk.say("浏览器不允许复制，请手动选择文字", true);
  }
}

export function insertInto(desk: Desk, text: string, fact: string | null): void {
  if (!desk.insert(text, fact)) {
    desk.say("没有打开的会话：先在“会话”里打开一个", true);
    return;
  }
  desk.show("conversations");
  requestAnimationFrame(() => document.querySelector<HTMLElement>("#reply")?.focus());
}

export function LookUp(): JSX.Element {
  const { desk, state } = useDesk();
  const [changeType, setChangeType] = useState("");
  const [subjectKind, setSubjectKind] = useState("");
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const entries = entriesOf(state.found);
  useLayoutEffect(() => {
    input.current?.focus();
    if (input.current && state.found) input.current.value = state.found.query;
  }, []);
  useEffect(() => setAt(0), [state.found]);
  useEffect(() => document.getElementById(`hit-${at}`)?.scrollIntoView({ block: "nearest" }), [at]);

  function ask(type = changeType, kind = subjectKind): void {
    void desk.lookup(input.current?.value ?? "", type, kind);
  }

  function onKey(event: KeyboardEvent): void {
    if (composing(event)) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const chosen = entries[at];
    if (step !== 0) setAt(Math.min(entries.length - 1, Math.max(0, at + step)));
    else if (event.key === "Enter" && chosen) {
      if (event.shiftKey) insertInto(desk, chosen.text, chosen.fact);
      else void copy(desk, chosen.text);
    } else return;
    event.preventDefault();
  }

  const terms = [
    { label: "变更类型", value: changeType, set: setChangeType, all: "全部变更类型", of: state.profile?.change_types ?? [] },
    { label: "主体性质", value: subjectKind, set: setSubjectKind, all: "企业和个人", of: state.profile?.subject_kinds ?? [] },
  ];
  const { found } = state;
  return (
    <div class="LookUp">
      <section class="LookUp-main" aria-label="查询">
        <div class="Ask">
          <input
            id="query"
            ref={input}
            type="search"
            role="combobox"
            aria-label="查询答案"
            aria-expanded={entries.length > 0}
            aria-controls="hits"
            aria-autocomplete="list"
            aria-activedescendant={entries.length > 0 ? `hit-${at}` : undefined}
            placeholder="客户会怎么问，或答案里的词"
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
            onInput={(event) => {
              if (!event.isComposing) ask();
            }}
            {...onComposing(() => ask())}
            onKeyDown={onKey}
          />
          <div class="Filters">
            {terms.map(({ label, value, set, all, of }) => (
              <select
                key={label}
                aria-label={label}
                value={value}
                onChange={(event) => {
                  const chosen = event.currentTarget.value;
                  set(chosen);
                  if (label === "变更类型") ask(chosen, subjectKind);
                  else ask(changeType, chosen);
                }}
              >
                <option value="">{all}</option>
                {of.map((term) => (
                  <option key={term.id} value={term.id}>
                    {term.name}
                  </option>
                ))}
              </select>
            ))}
          </div>
        </div>
        <p class="Hint" aria-hidden="true">
          <Key>↑</Key>
          <Key>↓</Key> 选择 <Key>Enter</Key> 复制 <Key>Shift+Enter</Key> 填入会话
        </p>
        <p class="Offscreen" role="status">
          {found ? `${entries.length} 条结果` : ""}
        </p>
        <ul id="hits" class="Hits" role="listbox" aria-label="结果" data-ms={Math.round(state.lookupMs)} data-query={found?.query ?? ""}>
          {entries.map((entry, place) => (
            <EntryView key={entry.key} entry={entry} place={place} chosen={place === at} onChoose={() => setAt(place)} />
          ))}
        </ul>
        {entries.length > 0 && entries[at] && (
          <div class="Bar">
            <button type="button" onClick={() => void copy(desk, entries[at]?.text ?? "")}>
              复制选中的答案
            </button>
            <button type="button" onClick={() => insertInto(desk, entries[at]?.text ?? "", entries[at]?.fact ?? null)}>
              填入会话
            </button>
          </div>
        )}
        {(entries[at]?.stated ?? [])
          .filter((one) => state.profile?.originals.includes(one.fact))
          .map((one) => <OriginalOf key={one.fact} fact={one.fact} name={one.title} />)}
        {found && entries.length === 0 && <p class="Empty">没有找到相关的事实，换个说法试试。</p>}
        {!found && (
          <div class="Empty">
            <p>输入就有结果，和助手用的是同一套理解；不打开会话也能用。</p>
            <p>例：公司改名要什么材料 · 审核要多久 · 换服务器 解析</p>
          </div>
        )}
      </section>
      <Tools />
    </div>
  );
}

/** What can be chosen and copied: first what the assistant would say, then the facts one by one. */
interface Entry {
  key: string;
  title: string;
  text: string;
  fact: string | null;
  /** The status of the assistant's reply; null for a fact. */
  status: string | null;
  confidence: number | null;
  matched: string | null;
  sources: Found["sources"];
  /** The facts it is made of. */
  stated: readonly { fact: string; title: string }[];
}

function entriesOf(found: Found | null): Entry[] {
  if (!found) return [];
  const stated = found.hits.filter((hit) => hit.by === "answer");
  const [first] = stated;
  const entries = found.hits
    // A fact that is the whole answer would stand there twice.
    .filter((hit) => !(hit.by === "answer" && hit.text === found.answer))
    .map((hit): Entry => ({
      key: hit.fact,
      title: hit.title,
      text: hit.text,
      fact: hit.fact,
      status: null,
      confidence: hit.confidence,
      matched: hit.matched,
      sources: [hit],
      stated: [hit],
    }));
  if (found.answer && found.status) {
    entries.unshift({
      key: "answer",
      title: stated.length > 0 ? stated.map((hit) => hit.title).join("、") : (STATUS[found.status] ?? "助手的回答"),
      text: found.answer,
      fact: first?.fact ?? null,
      status: found.status,
      confidence: first?.confidence ?? null,
      matched: first?.matched ?? null,
      sources: found.sources,
      stated,
    });
  }
  return entries;
}

function EntryView({ entry, place, chosen, onChoose }: { entry: Entry; place: number; chosen: boolean; onChoose(): void }): JSX.Element {
  const { status } = entry;
  return (
    <li id={`hit-${place}`} role="option" aria-selected={chosen} class="Hit" data-status={status ?? undefined} onClick={onChoose}>
      <p class="Hit-head">
        <span class="Hit-title">{entry.title}</span>
        {status && (
          <span class="Tag" data-tone={status === "answered" ? "fine" : status === "clarify" ? "accent" : "warn"}>
            {status === "answered" ? "助手的回答" : (STATUS[status] ?? "助手的回答")}
          </span>
        )}
        {entry.confidence !== null ? <Confidence value={entry.confidence} /> : !status && <span class="Tag">文字匹配</span>}
      </p>
      <p class="Plain Hit-text">{entry.text}</p>
      <p class="Hit-foot">
        {entry.sources.map((source) => (
          <span key={source.title + source.section}>{sectionOf(source)}</span>
        ))}
        {entry.matched && <span>相近的问法：{entry.matched}</span>}
      </p>
    </li>
  );
}

const TOOLS = [
  { kind: "submit", name: "最晚提交", label: "信息变化的日子" },
  { kind: "resubmit", name: "重新提交", label: "收到驳回的日子" },
  { kind: "review", name: "审核结果", label: "提交的日子" },
  { kind: "name", name: "网站名称", label: "想用的网站名称" },
] as const;

function Tools(): JSX.Element {
  const { desk, state } = useDesk();
  const [kind, setKind] = useState<(typeof TOOLS)[number]["kind"]>("submit");
  const [result, setResult] = useState<string | null>(null);
  const [missed, setMissed] = useState(false);
  const given = useRef<HTMLInputElement>(null);
  const turn = useRef(0);
  const tool = TOOLS.find((one) => one.kind === kind) ?? TOOLS[0];
  async function work(of = kind): Promise<void> {
    const text = given.current?.value.trim() ?? "";
    const mine = ++turn.current;
    const found = text ? await desk.attempt(() => api.tool(of, text)) : null;
    if (mine !== turn.current) return;
    setResult(found?.result?.text ?? null);
    setMissed(text !== "" && found !== null && found.result === null);
  }
  return (
    <section class="Tools" aria-label="日期与名称">
      <h2>日期与名称</h2>
      <div class="Segments" role="radiogroup" aria-label="工具">
        {TOOLS.map((one) => (
          <label key={one.kind}>
            <input
              type="radio"
              name="tool"
              value={one.kind}
              checked={kind === one.kind}
              onChange={() => {
                setKind(one.kind);
                void work(one.kind);
              }}
            />
            <span>{one.name}</span>
          </label>
        ))}
      </div>
      <label class="Field" for="given">
        {tool.label}
      </label>
      <input
        id="given"
        ref={given}
        autocomplete="off"
        maxLength={100}
        placeholder={kind === "name" ? "绿叶书屋、国家图书网" : "10月8号、上周五、2026-10-08"}
        onInput={(event) => {
          if (!event.isComposing) void work();
        }}
        {...onComposing(() => void work())}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || composing(event) || !result) return;
          event.preventDefault();
          if (event.shiftKey) insertInto(desk, result, null);
          else void copy(desk, result);
        }}
      />
      <div class="Tool-result" role="status">
        {result && <p class="Plain">{result}</p>}
        {missed && <p class="Dim">没有读出日子，换个写法试试。</p>}
      </div>
      {result && (
        <div class="Bar">
          <button type="button" onClick={() => void copy(desk, result)}>
            复制
          </button>
          <button type="button" disabled={!state.opened} onClick={() => insertInto(desk, result, null)}>
            填入会话
          </button>
        </div>
      )}
    </section>
  );
}
