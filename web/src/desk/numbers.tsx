// 统计: what the assistant did in a period. Each number opens the conversations behind it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { save } from "../shared/files";
import { api } from "./api";
import { useDesk } from "./context";
import { duration, percent } from "./list";
import { Icon } from "./parts";
import { Plot } from "./plot";
import type { FigureShown, NumberShown, Numbers } from "../shared/types";
import "./numbers.css";

type Kind = FigureShown["kind"];

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
  const [from, setFrom] = useState(state.place.from || (days[0] ?? dayBack(13)));
  const [to, setTo] = useState(state.place.to || (days[days.length - 1] ?? dayBack(0)));
  useEffect(() => {
    if (!from || !to || from > to) return;
    desk.period(from, to);
    void desk.count(from, to);
  }, [from, to]);
  const { numbers } = state;
  const open = (number: string, title: string, day = ""): void => void desk.showBehind({ number, title, day, from, to });
  return (
    <div class="Numbers">
      <div class="Period">
        <h2>统计</h2>
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
            void desk.attempt(async () => save(await api.csv(from, to), `统计-${from}-${to}.csv`))
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
          <div class="Cards">
            {numbers.headlines.map((id) => (
              <FigureView key={id} id={id} numbers={numbers} onOpen={open} />
            ))}
          </div>
          <div class="Lines">
            {numbers.figures
              .filter(({ id }) => !numbers.headlines.includes(id))
              .map(({ id }) => (
                <FigureView key={id} id={id} numbers={numbers} onOpen={open} />
              ))}
          </div>
          <Hours hours={numbers.hours} />
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

interface FigureProps {
  id: string;
  numbers: Numbers;
  onOpen(number: string, title: string, day?: string): void;
}

/** One number: what it is, of how many, against the period before, and by day. */
function FigureView({ id, numbers, onOpen }: FigureProps): JSX.Element | null {
  const number = numbers.numbers[id];
  const figure = numbers.figures.find((one) => one.id === id);
  if (!number || !figure) return null;
  const { name, kind, opens } = figure;
  return (
    <section class="Number" aria-label={name} data-number={id}>
      <div class="Number-name">
        <h3>{name}</h3>
        <p class="About">{figure.about}</p>
      </div>
      <p class="Number-value">
        <button type="button" class="Big" disabled={number.behind === 0} onClick={() => onOpen(id, name)} title={`打开${opens}`}>
          {shown(kind, number.value)}
          <span class="Offscreen">，打开{opens}</span>
        </button>
        {number.of !== null && <span class="Dim">{outOf(kind, number)}</span>}
        <Change kind={kind} now={number.value} before={number.before} />
      </p>
      <Plot
        days={numbers.days}
        values={number.by_day}
        share={kind === "share"}
        name={name}
        format={(value) => shown(kind, value)}
        opens={number.behind > 0}
        onDay={(day) => onOpen(id, name, day)}
      />
    </section>
  );
}

/** A per cent says little without how many it is of. */
function outOf(kind: Kind, { value, of }: NumberShown): string {
  if (kind !== "share") return `共 ${of ?? 0} 次`;
  return of ? `${Math.round((value ?? 0) * of)}/${of}` : "还没有";
}

function Change({ kind, now, before }: { kind: Kind; now: number | null; before: number | null }): JSX.Element | null {
  if (now === null && before === null) return null;
  if (now === null || before === null) return <span class="Dim">上一时段 {shown(kind, before)}</span>;
  const by = kind === "share" ? Math.round((now - before) * 100) : now - before;
  const size = Math.abs(by);
  const much = kind === "share" ? `${size} 个百分点` : kind === "seconds" ? duration(size) : String(Math.round(size));
  return (
    <span class="Dim">
      {by === 0 ? "与上一时段持平" : `${by > 0 ? "↑" : "↓"} ${much}`}
      <span class="Offscreen">{by > 0 ? "多了" : by < 0 ? "少了" : ""}</span>
      {by !== 0 && `（上一时段 ${shown(kind, before)}）`}
    </span>
  );
}

function Hours({ hours }: { hours: Numbers["hours"] }): JSX.Element {
  const asked = hours.questions ?? [];
  const called = hours.handoffs ?? [];
  const most = Math.max(1, ...asked, ...called);
  return (
    <section class="Hourly" aria-labelledby="hourly">
      <h3 id="hourly">一天里的各个小时（提问、转人工）</h3>
      <ol>
        {asked.map((count, hour) => (
          <li key={hour} title={`${hour} 点：提问 ${count}，转人工 ${called[hour] ?? 0}`}>
            <span class="Offscreen">{`${hour} 点：提问 ${count}，转人工 ${called[hour] ?? 0}`}</span>
            <span class="Bars" aria-hidden="true">
              <span style={{ height: `${(100 * count) / most}%` }} />
              <span data-tone="called" style={{ height: `${(100 * (called[hour] ?? 0)) / most}%` }} />
            </span>
            <span aria-hidden="true">{hour % 3 === 0 ? hour : ""}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
