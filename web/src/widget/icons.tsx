// The widget's icons, drawn on a 24-unit grid with a 1.75 stroke. One hidden sprite has the shapes, by the ids
// "icon-…".
import type { JSX } from "preact";

const stroke = {
  fill: "none",
  stroke: "currentColor",
  "stroke-width": 1.75,
  "stroke-linecap": "round",
  "stroke-linejoin": "round",
} as const;

const SHAPES: Record<string, JSX.Element> = {
  // A filing sheet with the mark of a change: the assistant's own sign.
  mark: (
    <>
      <path d="M6 3.5h8.2L18.5 8v5" />
      <path d="M14 3.8V8h4.2" />
      <path d="M6 3.5v17h5" />
      <path d="M9 12h5M9 8.5h2" />
      <path d="M14.2 18.2a3.6 3.6 0 0 1 6-1.6M20.6 18.8a3.6 3.6 0 0 1-6 1.6" />
      <path d="M20.4 14.6v2.2h-2.2M14.4 22.4v-2.2h2.2" />
    </>
  ),
  close: <path d="M6 6l12 12M18 6 6 18" />,
  down: <path d="m6 9 6 6 6-6" />,
  menu: (
    <>
      <circle cx="5.5" cy="12" r="1.1" fill="currentColor" />
      <circle cx="12" cy="12" r="1.1" fill="currentColor" />
      <circle cx="18.5" cy="12" r="1.1" fill="currentColor" />
    </>
  ),
  send: <path d="M12 19V5.5M6 11l6-6 6 6" />,
  up: <path d="M7.5 11v8.5H4V11zM7.5 11l3.7-7a2.2 2.2 0 0 1 2.2 2.6L13 9.5h4.9a2 2 0 0 1 2 2.4l-1.2 6a2 2 0 0 1-2 1.6H7.5" />,
  thumbsdown: (
    <path d="M16.5 13V4.5H20V13zM16.5 13l-3.7 7a2.2 2.2 0 0 1-2.2-2.6l.4-2.9H6.1a2 2 0 0 1-2-2.4l1.2-6a2 2 0 0 1 2-1.6h9.2" />
  ),
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2" />
      <path d="M15.5 8.5V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7.5a2 2 0 0 0 2 2h2.5" />
    </>
  ),
  print: (
    <>
      <path d="M7 8.5V4h10v4.5M7 17H5a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0 1 5 8.5h14a1.5 1.5 0 0 1 1.5 1.5v5.5A1.5 1.5 0 0 1 19 17h-2" />
      <path d="M7 14h10v6H7z" />
    </>
  ),
  bin: <path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 10.5v5.5M14 10.5v5.5" />,
  download: <path d="M12 4v10.5M7.5 10.5l4.5 4.5 4.5-4.5M4.5 19.5h15" />,
  calendar: (
    <>
      <rect x="4" y="5.5" width="16" height="14.5" rx="2" />
      <path d="M4 10h16M8.5 3.5v4M15.5 3.5v4" />
    </>
  ),
  source: (
    <>
      <path d="M5 4.5h5.5A1.5 1.5 0 0 1 12 6v14a1.5 1.5 0 0 0-1.5-1.5H5z" />
      <path d="M19 4.5h-5.5A1.5 1.5 0 0 0 12 6v14a1.5 1.5 0 0 1 1.5-1.5H19z" />
    </>
  ),
  headset: (
    <>
      <path d="M4.5 14v-2a7.5 7.5 0 0 1 15 0v2" />
      <path d="M4.5 13.5H7v5H6A1.5 1.5 0 0 1 4.5 17zM19.5 13.5H17v5h1a1.5 1.5 0 0 0 1.5-1.5zM19 18.5c0 1.5-1.5 2.5-4 2.5h-1.5" />
    </>
  ),
  phone: <path d="M5.5 4h3l1.5 4-2 1.5a11 11 0 0 0 6.5 6.5l1.5-2 4 1.5v3A1.5 1.5 0 0 1 18.5 20C11 20 4 13 4 5.5A1.5 1.5 0 0 1 5.5 4z" />,
  restart: <path d="M4.5 12a7.5 7.5 0 1 0 2.3-5.4L4.5 9M4.5 4.5V9H9" />,
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5M12 7.8v.1" />
    </>
  ),
  warning: (
    <>
      <path d="M12 4 3.5 19h17z" />
      <path d="M12 10v4.2M12 16.6v.1" />
    </>
  ),
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  ok: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="m8 12.3 2.8 2.8L16 9.7" />
    </>
  ),
  no: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="m9 9 6 6M15 9l-6 6" />
    </>
  ),
  text: <path d="M3.5 18.5 8.5 6l5 12.5M5.3 14.5h6.4M14.5 18.5l3-7.5 3 7.5M15.6 16h3.8" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1 1M17.4 17.4l1 1M5.6 18.4l1-1M17.4 6.6l1-1" />
    </>
  ),
  enlarge: <path d="M14 4.5h5.5V10M10 19.5H4.5V14M19.5 4.5 13.5 10.5M4.5 19.5l6-6" />,
  shrink: <path d="M19.5 10H14V4.5M4.5 14H10v5.5M14 10l5.5-5.5M10 14l-5.5 5.5" />,
  offline: <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5.5 12a9.5 9.5 0 0 1 4-2.4M14 9.5a9.5 9.5 0 0 1 4.5 2.5M12 19v.1" />,
  steps: <path d="M9.5 6.5H20M9.5 12H20M9.5 17.5H20M4.5 6.5h.1M4.5 12h.1M4.5 17.5h.1" />,
  compare: <path d="M4 5.5h6.5v13H4zM13.5 5.5H20v13h-6.5z" />,
  list: <path d="m4 6.5 1.5 1.5L8 5M4 16.5 5.5 18 8 15M11.5 6.5H20M11.5 17H20" />,
  ask: (
    <>
      <path d="M20 11.5a7.5 7.5 0 0 1-11 6.6L4.5 19.5l1.4-4A7.5 7.5 0 1 1 20 11.5z" />
      <path d="M8.8 11.5h.1M12.5 11.5h.1M16.2 11.5h.1" />
    </>
  ),
};

/** A sign of the sprite's. What it means is said beside it. */
export function Icon({ type, class: more }: { type: string; class?: string }): JSX.Element {
  return (
    <svg class={more ? `Icon ${more}` : "Icon"} aria-hidden="true" focusable="false">
      <use href={`#icon-${type}`} />
    </svg>
  );
}

export function Sprite(): JSX.Element {
  return (
    <svg class="Sprite" aria-hidden="true" focusable="false">
      {Object.entries(SHAPES).map(([name, shape]) => (
        <symbol id={`icon-${name}`} viewBox="0 0 24 24" key={name} {...stroke}>
          {shape}
        </symbol>
      ))}
    </svg>
  );
}
