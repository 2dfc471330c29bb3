// 人工时间: when somebody answers, and the days on which nobody does. For admins.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api } from "./api";
import { useDesk } from "./context";
import { Icon } from "./parts";
import type { Closure, HoursShown } from "../shared/types";
import "./hours.css";

type Kind = "working" | "daily" | "always";
type Span = readonly [string, string];

const FIRST: Span = ["09:00", "18:00"];

/** What the server's text says: docs/desk.md, BEIAN_DESK_HOURS. */
function parsed(hours: string): { kind: Kind; spans: Span[] } {
  if (hours === "always") return { kind: "always", spans: [FIRST] };
  const daily = hours.startsWith("daily ");
  const spans = hours.slice(daily ? 6 : 0).split(",");
  return { kind: daily ? "daily" : "working", spans: spans.map((span) => span.split("-") as unknown as Span) };
}

function composed(kind: Kind, spans: readonly Span[]): string {
  if (kind === "always") return "always";
  return (kind === "daily" ? "daily " : "") + spans.map(([from, to]) => `${from}-${to}`).join(",");
}

/** The list with one of its entries changed, or, without a change, taken out. */
function having<T>(all: readonly T[], place: number, change?: T): T[] {
  return change === undefined ? all.filter((_, at) => at !== place) : all.map((one, at) => (at === place ? change : one));
}

export function Hours(): JSX.Element {
  const { desk } = useDesk();
  const [known, setKnown] = useState<HoursShown | null>(null);
  const [kind, setKind] = useState<Kind>("working");
  const [spans, setSpans] = useState<readonly Span[]>([FIRST]);
  const [closed, setClosed] = useState<readonly Closure[]>([]);
  function take(found: HoursShown | null): void {
    if (!found) return;
    const { kind: now, spans: of } = parsed(found.hours);
    setKnown(found);
    setKind(now);
    setSpans(of);
    setClosed(found.closed);
  }
  useEffect(() => void desk.attempt(api.hours).then(take), []);
  async function keep(hours: string | null): Promise<void> {
    const found = await desk.attempt(() => api.changeHours(hours, [...closed]));
    if (found) desk.say("已保存");
    take(found);
  }
  const hours = composed(kind, spans);
  return (
    <section aria-labelledby="hours">
      <h2 id="hours">人工时间</h2>
      {known && (
        <p class="Dim">
          现在按：{known.text}
          {known.is_written ? `（设置里是 ${known.setting}）` : "（来自设置）"}。
          {known.open ? "此刻是人工时间。" : known.next ? `下次有人是 ${known.next}。` : "近期都没有人。"}客户要人工时照这里告诉他。
        </p>
      )}
      <form
        class="Stack HoursForm"
        onSubmit={(event) => {
          event.preventDefault();
          // What the setting says goes on following the setting.
          void keep(known && !known.is_written && hours === known.hours ? null : hours);
        }}
      >
        <label>
          哪些天
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)}>
            <option value="working">工作日（扣法定节假日，算调休）</option>
            <option value="daily">每天</option>
            <option value="always">全天</option>
          </select>
        </label>
        {kind !== "always" && (
          <fieldset>
            <legend>几点到几点（中国时间）</legend>
            {spans.map(([from, to], place) => (
              <p class="Line" key={place}>
                <input
                  type="time"
                  required
                  aria-label={`第 ${place + 1} 段开始`}
                  value={from}
                  onInput={(event) => setSpans(having(spans, place, [event.currentTarget.value, to]))}
                />
                <span>到</span>
                <input
                  type="time"
                  required
                  aria-label={`第 ${place + 1} 段结束`}
                  value={to}
                  onInput={(event) => setSpans(having(spans, place, [from, event.currentTarget.value]))}
                />
                {spans.length > 1 && (
                  <button type="button" aria-label={`去掉第 ${place + 1} 段`} onClick={() => setSpans(having(spans, place))}>
                    <Icon name="close" />
                  </button>
                )}
              </p>
            ))}
            <button type="button" onClick={() => setSpans([...spans, ["13:30", "18:00"]])}>
              加一段
            </button>
          </fieldset>
        )}
        <fieldset>
          <legend>放假（法定节假日不用填）</legend>
          {closed.map((one, place) => (
            <p class="Line" key={place}>
              <input
                type="date"
                required
                aria-label={`第 ${place + 1} 次放假的第一天`}
                value={one.first}
                onInput={(event) => {
                  const first = event.currentTarget.value;
                  setClosed(having(closed, place, { ...one, first, last: one.last < first ? first : one.last }));
                }}
              />
              <span>到</span>
              <input
                type="date"
                required
                aria-label={`第 ${place + 1} 次放假的最后一天`}
                min={one.first}
                value={one.last}
                onInput={(event) => setClosed(having(closed, place, { ...one, last: event.currentTarget.value }))}
              />
              <input
                class="Wide"
                aria-label={`第 ${place + 1} 次放假的原因`}
                placeholder="原因，只有团队看得到"
                maxLength={40}
                value={one.why}
                onInput={(event) => setClosed(having(closed, place, { ...one, why: event.currentTarget.value }))}
              />
              <button type="button" aria-label={`去掉第 ${place + 1} 次放假`} onClick={() => setClosed(having(closed, place))}>
                <Icon name="close" />
              </button>
            </p>
          ))}
          <button type="button" onClick={() => setClosed([...closed, { first: "", last: "", why: "" }])}>
            加放假
          </button>
        </fieldset>
        <p class="Bar">
          <button type="submit" class="Primary" disabled={!known}>
            保存
          </button>
          {known?.is_written && (
            <button type="button" onClick={() => void keep(null)}>
              改回设置里的
            </button>
          )}
        </p>
      </form>
    </section>
  );
}
