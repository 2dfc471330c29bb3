// The conversation as a polite log, in which a long answer is read from its beginning.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../icons";
import { Button } from "./button";
import type { Outgoing } from "../outgoing";
import type { Choice, Message } from "../../shared/types";
import { useWords, type Words } from "../words";
import { Choices } from "./choices";
import { MessageView, OutgoingView } from "./message";
import "./log.css";

const NEAR_PX = 120;
const PAUSE_MS = 10 * 60_000;
// What is drawn of a long conversation at least, by the newest, and at most a step more: what was said long ago
// costs no memory.
const MOST_DRAWN = 200;
const STEP = 100;

/** How many of the oldest messages are not drawn: by whole steps, so that little moves under a reader. */
export function undrawn(count: number, most: number): number {
  return count <= most ? 0 : Math.floor((count - most) / STEP) * STEP;
}

function clock(at: string, words: Words, now: Date = new Date()): string {
  const date = new Date(at);
  const time = [date.getHours(), date.getMinutes()].map((one) => String(one).padStart(2, "0")).join(":");
  const year = date.getFullYear();
  if (date.toDateString() === now.toDateString()) return time;
  return words.when(year === now.getFullYear() ? null : year, date.getMonth() + 1, date.getDate(), time);
}

function isNear(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
}

interface Props {
  messages: readonly Message[];
  outbox: readonly Outgoing[];
  typing: boolean;
  patience: "fine" | "slow" | "gone";
  phone: string;
  /** A person is there or on the way: the banner has the telephone as long as it is of use. */
  attended: boolean;
  /** Offered again after a new start. */
  starters: readonly Choice[];
  /** The history is loaded. */
  ready: boolean;
  visible: boolean;
  onAskAgain(): void;
  /** Shown above the messages. */
  children?: ComponentChildren;
}

export function Log(props: Props): JSX.Element {
  const { messages, outbox, typing, patience } = props;
  const words = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const near = useRef(true);
  const [below, setBelow] = useState(0);
  const last = messages[messages.length - 1];
  const [most, setMost] = useState(MOST_DRAWN);
  const hidden = undrawn(messages.length, most);
  const seen = useRef(last?.id ?? 0);
  const sent = useRef(outbox.length);
  const settled = useRef(false);
  const wasVisible = useRef(props.visible);

  function toEnd(smooth = false): void {
    near.current = true;
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior: smooth ? "smooth" : "auto" });
  }

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const arrived = last && last.id > seen.current ? last : null;
    const opened = props.visible && !wasVisible.current;
    // What was said before this page was opened is shown from its end.
    const first = !settled.current;
    if (props.ready) settled.current = true;
    wasVisible.current = props.visible;
    seen.current = last?.id ?? 0;
    const sending = outbox.length > sent.current;
    sent.current = outbox.length;
    if (sending) return toEnd();
    if (!arrived || first || opened) {
      if ((near.current || opened || first) && messages.length + outbox.length > 0) toEnd();
      return;
    }
    if (arrived.author === "user" || near.current) {
      const row = box.querySelector<HTMLElement>(`[data-id="${arrived.id}"]`);
      // A long answer is read from its beginning: the question stays in sight above it, where there is room for both.
      const asked = row?.previousElementSibling as HTMLElement | null;
      const both = row && asked?.matches(".user") && row.offsetTop - asked.offsetTop <= box.clientHeight / 3;
      const top = (both ? asked : row)?.offsetTop ?? box.scrollHeight;
      const end = box.scrollHeight - box.clientHeight;
      box.scrollTo({ top: Math.min(end, top - 12), behavior: "auto" });
      near.current = isNear(box);
    } else setBelow((count) => count + 1);
  }, [last?.id, outbox.length, typing, patience, props.ready, props.visible]);

  // A banner or a growing input takes room away below: whoever reads the end keeps seeing it.
  useEffect(() => {
    const box = scroller.current;
    if (!box || typeof ResizeObserver !== "function") return;
    const observer = new ResizeObserver(() => {
      if (near.current && seen.current > 0) toEnd();
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  function onScroll(): void {
    const box = scroller.current;
    if (!box) return;
    near.current = isNear(box);
    if (near.current) setBelow(0);
  }

  const rows: JSX.Element[] = [];
  let before = 0;
  const lastAnswer = outbox.length === 0 && last?.author !== "user" ? last?.id : undefined;
  for (const message of messages.slice(hidden)) {
    const at = Date.parse(message.at);
    if (at - before > PAUSE_MS) {
      rows.push(
        <p class="When" key={`at-${message.id}`}>
          <time dateTime={message.at}>{clock(message.at, words)}</time>
        </p>,
      );
    }
    before = at;
    rows.push(
      <MessageView
        key={message.id}
        message={message}
        last={message.id === lastAnswer}
        phone={props.attended ? "" : props.phone}
        onAskAgain={props.onAskAgain}
      />,
    );
  }

  const fresh = last?.author === "system" && lastAnswer !== undefined && props.starters.length > 0;

  return (
    <div class="LogBox">
      {/* Focusable, so that the keyboard can scroll it. Silent until the history is there: it is not news. */}
      <div class="Log" ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-live={props.ready ? "polite" : "off"} aria-relevant="additions" aria-label={words.log}>
        {props.children}
        {hidden > 0 && (
          <p class="When">
            <Button look="text" onClick={() => setMost(most + MOST_DRAWN)}>
              {words.earlier(hidden)}
            </Button>
          </p>
        )}
        {rows}
        {fresh && <Choices choices={props.starters} big={false} label={words.oftenAsked} />}
        {outbox.map((entry) => (
          <OutgoingView key={entry.clientId} entry={entry} />
        ))}
        {typing && (
          // The head says it aloud.
          <div class="Row bot" data-typing="" aria-hidden="true">
            <div class="Bubble Typing">
              {patience === "slow" && <span class="Typing-text">{words.slow}</span>}
              <span class="Typing-dot" />
              <span class="Typing-dot" />
              <span class="Typing-dot" />
            </div>
          </div>
        )}
        {patience === "gone" && (
          <div class="Row system">
            <p class="Notice">
              {words.gone}
              <Button look="text" onClick={props.onAskAgain}>
                {words.askAgain}
              </Button>
            </p>
          </div>
        )}
      </div>
      {below > 0 && (
        <Button class="ToEnd" onClick={() => toEnd(true)}>
          {words.newMessages(below)}
          <Icon type="down" />
        </Button>
      )}
    </div>
  );
}
