// 数字: what the assistant did in a period. Each number opens the conversations behind it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { save } from "../widget/files";
import { api } from "./api";
import { useDesk } from "./context";
import { duration, percent } from "./list";
import { Icon } from "./parts";
import { Plot } from "./plot";

type Kind = "share" | "count" | "seconds";

interface Shown {
  id: string;
  name: string;
  kind: Kind;
  /** What its conversations are. */
  opens: string;
}

const GROUPS: { title: string; numbers: Shown[] }[] = [
  {
    title: "回答",
    numbers: [
      { id: "answered", name: "回答率", kind: "share", opens: "没答上的会话" },
      { id: "clarified", name: "反问后答上", kind: "share", opens: "没有下文的会话" },
      { id: "asked_again", name: "两轮内又问", kind: "share", opens: "又问了一遍的会话" },
      { id: "thumbs_up", name: "好评占比", kind: "share", opens: "有差评的会话" },
    ],
  },
  {
    title: "数量",
    numbers: [
      { id: "conversations", name: "会话", kind: "count", opens: "会话" },
      { id: "questions", name: "提问", kind: "count", opens: "会话" },
      { id: "clarify", name: "反问", kind: "count", opens: "会话" },
      { id: "uncovered", name: "文档未说明", kind: "count", opens: "会话" },
      { id: "out_of_scope", name: "范围外", kind: "count", opens: "会话" },
      { id: "errors", name: "出错", kind: "count", opens: "会话" },
    ],
  },
  {
    title: "人工",
    numbers: [
      { id: "handoffs", name: "转人工", kind: "count", opens: "会话" },
      { id: "wait", name: "等人工（中位数）", kind: "seconds", opens: "会话，等得久的在前" },
      { id: "content", name: "人工后解决", kind: "share", opens: "说没解决的会话" },
    ],
  },
];
const PERIODS = [7, 14, 30, 90];

function shown(kind: Kind, value: number | null): string {
  if (value === null) return "-";
  if (kind === "share") return percent(value);
  return kind === "seconds" ? duration(value) : String(value);
}

/** A day in China as YYYY-MM-DD, `back` days ago. */
export function dayBack(back: number, now = Date.now()): string {
  return new Date(now + 8 * 3_600_000 - back * 86_400_000).toISOString().slice(0, 10);
}

export function NumbersView(): JSX.Element {
  const { desk, state } = useDesk();
  // Whoever comes back from the conversations behind a number finds the period as it was.
  const days = state.numbers?.days ?? [];
  const [from, setFrom] = useState(days[0] ?? dayBack(13));
  const [to, setTo] = useState(days[days.length - 1] ?? dayBack(0));
  useEffect(() => {
    if (from && to && from <= to) void desk.count(from, to);
  }, [from, to]);
  const { numbers } = state;
  const open = (number: string, title: string, day = ""): void => void desk.showBehind({ number, title, day, from, to });
  return (
    <div class="Numbers">
      <div class="Period">
        <h2>数字</h2>
        <div class="Segments" role="group" aria-label="时段">
          {PERIODS.map((days) => (
            <button
              key={days}
              type="button"
              aria-pressed={from === dayBack(days - 1) && to === dayBack(0)}
              onClick={() => {
                setFrom(dayBack(days - 1));
                setTo(dayBack(0));
              }}
            >
              {days} 天
            </button>
          ))}
        </div>
        <label>
          从 <input type="date" value={from} max={to} onChange={(event) => setFrom(event.currentTarget.value)} />
        </label>
        <label>
          到 <input type="date" value={to} min={from} onChange={(event) => setTo(event.currentTarget.value)} />
        </label>
        <button
          type="button"
          onClick={() =>
            void desk.attempt(async () => save(await api.csv(from, to), `numbers-${from}-${to}.csv`))
          }
        >
          <Icon name="download" />
          导出 CSV
        </button>
      </div>
      {!numbers && (
        <p class="Empty" role="status">
          正在计算…
        </p>
      )}
      {numbers && (
        <>
          {GROUPS.map((group) => (
          <section key={group.title} aria-label={group.title}>
          <h3 class="Group">{group.title}</h3>
          <div class="Cards">
            {group.numbers.map(({ id, name, kind, opens }) => {
              const number = numbers.numbers[id];
              if (!number) return null;
              return (
                <section key={id} class="Number" aria-label={name} data-number={id}>
                  <h4>{name}</h4>
                  <button type="button" class="Big" disabled={number.behind === 0} onClick={() => open(id, name)} title={`打开${opens}`}>
                    {shown(kind, number.value)}
                    <span class="Offscreen">，打开{opens}</span>
                  </button>
                  <p class="Dim">
                    {number.of !== null ? `共 ${number.of}` : ""}
                    {number.behind > 0 ? `${number.of !== null ? " · " : ""}${opens} ${number.behind}` : ""}
                  </p>
                  <Plot
                    days={numbers.days}
                    values={number.by_day}
                    share={kind === "share"}
                    name={name}
                    format={(value) => shown(kind, value)}
                    opens={number.behind > 0}
                    onDay={(day) => open(id, name, day)}
                  />
                </section>
              );
            })}
          </div>
          </section>
          ))}
          <div class="Tables">
            <section aria-labelledby="themes">
              <h3 id="themes">没答上的问题</h3>
              {numbers.themes.length === 0 && <p class="Dim">这段时间没有。</p>}
              <ul class="Themes">
                {numbers.themes.map((theme) => (
                  <li key={theme.id}>
                    <button type="button" onClick={() => open(`theme:${theme.id}`, theme.title)}>
                      <span>{theme.title}</span>
                      <span class="Count">{theme.count}</span>
                    </button>
                    <p class="Dim">{theme.texts.join("　·　")}</p>
                  </li>
                ))}
              </ul>
            </section>
            <section aria-labelledby="thumbs">
              <h3 id="thumbs">评价（按事实）</h3>
              {numbers.thumbs.length === 0 && <p class="Dim">这段时间没有评价。</p>}
              <ul class="Themes">
                {numbers.thumbs.map((thumb) => (
                  <li key={thumb.id}>
                    <button type="button" onClick={() => open(`thumb:${thumb.id}`, thumb.title)}>
                      <span>{thumb.title}</span>
                      <span class="Votes">
                        <span data-tone="fine">有帮助 {thumb.up}</span>
                        <span data-tone="bad">没帮助 {thumb.down}</span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
            <section aria-labelledby="never">
              <h3 id="never">没有用到的事实（{numbers.never.length}）</h3>
              <p class="Never">
                {numbers.never.map((fact) => (
                  <span key={fact.id} class="Tag" title={fact.id}>
                    {fact.title}
                  </span>
                ))}
              </p>
            </section>
          </div>
        </>
      )}
    </div>
  );
}
