// The closed widget: the button in the corner, and for a while beside it what is to be seen at once.
import type { JSX, Ref } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../icons";
import type { Nudge } from "../nudge";
import { ANSWERS, useWords } from "../words";
import "./launcher.css";

/** Room the button takes with its shadow, in pixels: all there is of the frame without a nudge. */
const BUTTON = 80;
const MARGIN = 24;
const WIDTH = 256;

interface BubbleProps {
  nudge: Nudge;
  title: string;
  onOpen(): void;
  /** Tells how large the closed frame has to be. */
  onSize(size: readonly [number, number] | null): void;
}

function Bubble({ nudge, title, onOpen, onSize }: BubbleProps): JSX.Element {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const measure = (): void => onSize([BUTTON + WIDTH, Math.max(BUTTON, (box.current?.offsetHeight ?? 0) + MARGIN)]);
    measure();
    if (typeof ResizeObserver !== "function" || !box.current) return;
    const observer = new ResizeObserver(measure);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [onSize]);
  // Before the next one is drawn, so that no empty frame lies on the page.
  useEffect(() => () => onSize(null), [onSize]);
  const reply = nudge.kind === "reply";
  return (
    <div
      class="Nudge"
      ref={box}
      onPointerEnter={() => nudge.hold(true)}
      onPointerLeave={() => nudge.hold(false)}
      onFocusCapture={() => nudge.hold(true)}
      onBlurCapture={() => nudge.hold(false)}
    >
      <button type="button" class="Nudge-text" onClick={onOpen}>
        {reply && <span class="Nudge-who">{nudge.byPerson ? words.withPerson : title}</span>}
        <span class="Nudge-line" lang={reply ? ANSWERS : undefined}>
          {nudge.text}
        </span>
      </button>
      <button type="button" class="Tool" aria-label={words.closeTeaser} title={words.closeTeaser} onClick={nudge.dismiss}>
        <Icon type="close" />
      </button>
    </div>
  );
}

interface Props {
  title: string;
  avatar: string | null;
  unread: number;
  nudge: Nudge | null;
  button: Ref<HTMLButtonElement>;
  onOpen(): void;
  onSize(size: readonly [number, number] | null): void;
}

export function Launcher({ title, avatar, unread, nudge, button, onOpen, onSize }: Props): JSX.Element {
  const words = useWords();
  const name = words.open(title);
  return (
    <main>
      <h1 class="Offscreen">{title}</h1>
      {nudge && <Bubble nudge={nudge} title={title} onOpen={onOpen} onSize={onSize} />}
      {/* There from the start, so that what comes into it is told. */}
      <p class="Offscreen" role="status">
        {nudge?.kind === "reply" && words.labelled(words.newReply, nudge.text)}
      </p>
      <button type="button" class="Launcher" ref={button} onClick={onOpen} aria-label={unread > 0 ? words.unread(name, unread) : name}>
        <span aria-hidden="true">{avatar ? [...avatar].slice(0, 2).join("") : <Icon type="ask" />}</span>
        {unread > 0 && (
          <span class="Badge" aria-hidden="true">
            {unread > 99 ? "99+" : unread}
          </span>
        )}
      </button>
    </main>
  );
}
