// Small pieces that several views use.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { duration, percent } from "./list";
import "./parts.css";

const PATHS = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm5.2 12.2L21 21",
  chat: "M4 5h16v11H9l-5 4z",
  chart: "M4 20V10m6 10V4m6 16v-7m5 7H2",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  warning: "M12 4l9 16H3zm0 6v4m0 3v.5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-7 8c.8-4 3.6-6 7-6s6.2 2 7 6",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.6-3.800 3.200-5.500 6.500-5.500s5.900 1.700 6.500 5.500M16 4.500a3.300 3.300 0 0 1 0 6.300M18.500 14.800c1.800.800 2.800 2.600 3.100 5.200",
  moon: "M19 14.5A8 8 0 0 1 9.5 5 8 8 0 1 0 19 14.5z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3m0 14v3M2 12h3m14 0h3M5 5l2 2m10 10 2 2M19 5l-2 2M7 17l-2 2",
  keys: "M3 7h18v11H3zm4 4h.5m3 0h.5m3 0h.5m3 0h.5M8 15h8",
  good: "M5 12.5l4.5 4.5L19 7.5",
  download: "M12 4v11m-5-4 5 5 5-5M5 20h14",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class="Icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Key({ children }: { children: string }): JSX.Element {
  return <kbd aria-hidden="true">{children}</kbd>;
}

/** How sure the understanding is, as a word of colour and a number. */
export function Confidence({ value }: { value: number }): JSX.Element {
  const level = value >= 0.8 ? "high" : value >= 0.45 ? "middle" : "low";
  return (
    <span class="Confidence" data-level={level}>
      <span class="Offscreen">把握 </span>
      {percent(value)}
    </span>
  );
}

let clock = 0;
const ticking = new Set<() => void>();

/** The time since `since` (seconds since 1970); one timer moves all of them. */
export function Timer({ since }: { since: number }): JSX.Element {
  const [, redraw] = useState(0);
  useEffect(() => {
    const tick = (): void => redraw((n) => n + 1);
    ticking.add(tick);
    if (!clock) clock = window.setInterval(() => ticking.forEach((one) => one()), 1000);
    return () => {
      ticking.delete(tick);
      if (ticking.size === 0) {
        clearInterval(clock);
        clock = 0;
      }
    };
  }, []);
  return <span class="Timer">{duration(Date.now() / 1000 - since)}</span>;
}

/** A dialog of the browser's own: it traps focus and closes with Escape. */
export function Dialog({ title, onClose, children }: { title: string; onClose(): void; children: preact.ComponentChildren }): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = box.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={box} class="Dialog" aria-label={title} onClose={onClose}>
      <header>
        <h2>{title}</h2>
        <button type="button" class="Quiet" onClick={onClose} aria-label="关闭">
          <Icon name="close" />
        </button>
      </header>
      <div class="Dialog-body">{children}</div>
    </dialog>
  );
}
