// The edge of the list, to be dragged or moved with the arrow keys; its place is kept in this browser.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

const KEY = "beian.desk.list";
const LEAST = 240;
const MOST = 560;
const STEP = 20;

function kept(): number {
  try {
    return Number(localStorage.getItem(KEY)) || 320;
  } catch {
    return 320;
  }
}

export function Split(): JSX.Element {
  const [width, setWidth] = useState(kept());
  useEffect(() => {
    document.documentElement.style.setProperty("--list", `${width}px`);
    try {
      localStorage.setItem(KEY, String(width));
    } catch {
      // Not kept where the browser keeps nothing.
    }
  }, [width]);
  const move = (to: number): void => setWidth(Math.round(Math.min(MOST, Math.max(LEAST, to))));
  return (
    <div
      class="Split"
      role="separator"
      aria-orientation="vertical"
      aria-label="列表的宽度"
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event.clientX);
      }}
      onKeyDown={(event) => {
        const by = event.key === "ArrowLeft" ? -STEP : event.key === "ArrowRight" ? STEP : 0;
        if (by === 0) return;
        event.preventDefault();
        move(width + by);
      }}
    />
  );
}
