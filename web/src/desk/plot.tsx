// A small plot by day. Each day is a button to the conversations behind it.
import type { JSX } from "preact";
import "./plot.css";

const WIDTH = 260;
const HEIGHT = 64;
const BASE = HEIGHT - 2;

export interface PlotProps {
  days: readonly string[];
  values: readonly (number | null)[];
  /** Shares go from 0 to 1 and are drawn as a line, counts and times from 0 as bars. */
  share: boolean;
  name: string;
  /** Whether there is anything behind the number at all. */
  opens: boolean;
  format(value: number | null): string;
  onDay(day: string): void;
}

/** Runs of days that have a value: a line is not drawn over days that have none. */
export function runs(values: readonly (number | null)[]): [number, number][][] {
  const found: [number, number][][] = [[]];
  values.forEach((value, at) => {
    if (value === null) found.push([]);
    else found[found.length - 1]?.push([at, value]);
  });
  return found.filter((run) => run.length > 0);
}

export function Plot({ days, values, share, name, opens: any, format, onDay }: PlotProps): JSX.Element {
  const most = share ? 1 : Math.max(1, ...values.map((value) => value ?? 0));
  const step = WIDTH / Math.max(1, days.length);
  const x = (at: number): number => Math.round((at + 0.5) * step * 10) / 10;
  const y = (value: number): number => Math.round((BASE - (value / most) * (BASE - 6)) * 10) / 10;
  return (
    <svg class="Plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={`${name}，按天`}>
      <line x1="0" x2={WIDTH} y1={BASE} y2={BASE} class="Plot-base" />
      {values.some((value) => value) && (
        <text class="Plot-top" x="0" y="0" aria-hidden="true">
          {format(most)}
        </text>
      )}
      {share &&
        runs(values).map((run) => {
          const line = run.map(([at, value]) => `${x(at)},${y(value)}`).join(" ");
          const first = run[0]?.[0] ?? 0;
          const end = run[run.length - 1]?.[0] ?? 0;
          return (
            <g key={first}>
              <polygon class="Plot-area" points={`${x(first)},${BASE} ${line} ${x(end)},${BASE}`} />
              <polyline class="Plot-line" points={line} />
            </g>
          );
        })}
      {days.map((day, at) => {
        const value = values[at] ?? null;
        // A share of nothing at all is a number as well: the conversations behind it are worth a look.
        const opens = any && value !== null && (share || value > 0);
        const label = `${day} ${name} ${format(value)}`;
        return (
          <g
            key={day}
            class="Plot-day"
            {...(opens ? { role: "button", tabindex: 0, "aria-label": label } : { "aria-hidden": "true" })}
            onClick={() => opens && onDay(day)}
            onKeyDown={(event) => {
              if (opens && (event.key === "Enter" || event.key === " ")) {
                event.preventDefault();
                onDay(day);
              }
            }}
          >
            <title>{label}</title>
            <rect class="Plot-hit" x={at * step} y="0" width={step} height={HEIGHT} />
            {share && value !== null && <circle class="Plot-dot" cx={x(at)} cy={y(value)} r="2.5" />}
            {!share && value !== null && value > 0 && (
              <rect class="Plot-bar" x={at * step + step * 0.18} y={y(value)} width={step * 0.64} height={BASE - y(value)} rx="1.5" />
            )}
          </g>
        );
      })}
    </svg>
  );
}
