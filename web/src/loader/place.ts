// Where the frame stands on the host page, whatever the page's own style says.

export interface Place {
  open: 0 | 1 | 2;
  /** Size of the closed frame, in pixels: the button, or the button with a preview. */
  size: readonly [number, number];
  shown: boolean;
  left: boolean;
  x: number;
  y: number;
  z: number;
  radius: number;
  /** Colour of what safe areas leave free beside a full screen. */
  ground: string;
}

const small = matchMedia("(max-width:480px),(max-height:480px)");

/** Whether an open window takes the whole screen. */
export const fillsScreen = (): boolean => small.matches;

// A frame is not told of notches and round corners: its own content keeps clear of them by this.
const SAFE =
  "box-sizing:border-box;padding:" +
  ["top", "right", "bottom", "left"].map((side) => `env(safe-area-inset-${side},0px)`).join(" ");

/** What can be seen of the page: less than the window while a keyboard is up. */
function seen(): string {
  const view = window.visualViewport;
  // A zoomed page is looked at through a lens: nothing is covered then.
  if (!view || view.scale > 1.01 || innerHeight - view.height < 2) return `inset:0;width:100%;height:100%;${SAFE}`;
  // The keyboard is below: nothing is round there.
  return `inset:${view.offsetTop}px 0 auto;width:100%;height:${view.height}px`;
}

function box(at: Place): string {
  const side = at.left ? "left" : "right";
  const corner = (x: number, y: number): string =>
    `inset:auto;bottom:calc(${y}px + env(safe-area-inset-bottom,0px));${side}:calc(${x}px + env(safe-area-inset-${side},0px))`;
  if (!at.open) return `${corner(at.x - 4, at.y - 4)};width:${at.size[0]}px;height:${at.size[1]}px;max-width:calc(100vw - 16px)`;
  if (fillsScreen()) return `background:${at.ground};${seen()}`;
  const [width, height] = at.open > 1 ? [720, 960] : [408, 704];
  return (
    `${corner(at.x, at.y)};border-radius:${at.radius}px;box-shadow:0 12px 48px #0b1b3340,0 0 0 1px #0b1b3314;` +
    `width:min(${width}px,100vw - ${at.x + 16}px);height:min(${height}px,100vh - ${at.y + 16}px)`
  );
}

/** Puts the frame there. Everything is important: no rule of the page's may move or hide it. */
export function place(frame: HTMLElement, at: Place): void {
  const rules =
    "all:initial;position:fixed;border:0;margin:0;padding:0;background:none;color-scheme:light;display:block;" +
    `z-index:${at.z};${at.shown ? "visibility:visible" : "visibility:hidden;pointer-events:none"};${box(at)}`;
  // Set through the style object, which a strict style-src does not forbid.
  frame.style.cssText = rules.replace(/;|$/g, " !important;");
}

/** Calls back when the place must be worked out anew; the result ends that. */
export function onMove(run: () => void): () => void {
  const view = window.visualViewport;
  const targets = [small, ...(view ? [view] : [])];
  targets.forEach((one) => ["change", "resize", "scroll"].forEach((name) => one.addEventListener(name, run)));
  return () => targets.forEach((one) => ["change", "resize", "scroll"].forEach((name) => one.removeEventListener(name, run)));
}
