// What is shown beside the closed launcher, and for how long: the first line of an unread reply, or once a session
// what can be asked here.
import { useEffect, useState } from "preact/hooks";
import { read, write } from "./storage";
import type { State } from "./store";
import type { Tag } from "./theme";
import type { Message } from "../shared/types";

/** A page is looked at first; then it is covered for no longer than it takes to read. */
export const TEASER_AFTER_MS = 4_000;
export const TEASER_MS = 12_000;
export const REPLY_MS = 20_000;
const SMALL_SCREEN = 480;

export interface Nudge {
  kind: "reply" | "teaser";
  text: string;
  byPerson: boolean;
  dismiss(): void;
  /** While it is pointed at or focused it stays. */
  hold(on: boolean): void;
}

/** The first line of a reply that says something, without the marks of headings and lists. */
export function firstLine(text: string): string {
  const line = text.split("\n").find((one) => one.trim()) ?? "";
  return line.trim().replace(/^[·•]\s*/, "").replace(/^【(.+)】$/, "$1");
}

/** The newest unread reply, unless it was shown and went away before. */
export function unseenReply(messages: readonly Message[], lastRead: number, shown: number): Message | null {
  const last = [...messages].reverse().find((one) => one.author === "bot" || one.author === "agent");
  return last && last.id > Math.max(lastRead, shown) ? last : null;
}

/** Whether the page can be seen. */
function useVisible(): boolean {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const change = (): void => setVisible(!document.hidden);
    document.addEventListener("visibilitychange", change);
    return () => document.removeEventListener("visibilitychange", change);
  }, []);
  return visible;
}

/** Runs `end` after `ms`, anew for each `of`; null for not at all. */
function useTimer(ms: number | null, end: () => void, of = 0): void {
  useEffect(() => {
    if (ms === null) return;
    const timer = setTimeout(end, ms);
    return () => clearTimeout(timer);
  }, [ms, of]);
}

/** What to show beside the launcher now. `teaser` is our own words, where the page has none. */
export function useNudge(state: State, tag: Tag, closed: boolean, teaser: string): Nudge | null {
  const visible = useVisible();
  const [held, setHeld] = useState(false);
  const [shown, setShown] = useState(() => Number(read("previewed", "session")) || 0);
  const [teasing, setTeasing] = useState<"no" | "now" | "over">(() =>
    read("teaser", "session") ?? read("teaser") ? "over" : "no",
  );
  const there = closed && tag.launcher;
  const reply = there && tag.preview ? unseenReply(state.messages, state.lastRead, shown) : null;
  const quiet = state.phase === "ready" && state.messages.length === 0 && window.screen.width > SMALL_SCREEN;
  const mayTease = there && quiet && tag.teaser !== false && teasing !== "over";

  function endReply(): void {
    if (!reply) return;
    write("previewed", String(reply.id), "session");
    setShown(reply.id);
    setHeld(false);
  }

  function endTeaser(): void {
    write("teaser", "1", "session");
    setTeasing("over");
    setHeld(false);
  }

  // The time is that of somebody who looks, and has not the pointer or the focus on it.
  const looked = visible && !held;
  // Whoever has opened the window needs none.
  useEffect(() => {
    if (!closed) endTeaser();
  }, [closed]);
  useTimer(mayTease && teasing === "no" && visible ? TEASER_AFTER_MS : null, () => {
    write("teaser", "1", "session");
    setTeasing("now");
  });
  useTimer(mayTease && teasing === "now" && looked ? TEASER_MS : null, endTeaser);
  useTimer(reply && looked ? REPLY_MS : null, endReply, reply?.id);

  if (reply) {
    return { kind: "reply", text: firstLine(reply.text), byPerson: reply.author === "agent", dismiss: endReply, hold: setHeld };
  }
  if (!mayTease || teasing !== "now") return null;
  const close = (): void => {
    // Closed by hand it stays away for good.
    write("teaser", "1");
    endTeaser();
  };
  return { kind: "teaser", text: typeof tag.teaser === "string" ? tag.teaser : teaser, byPerson: false, dismiss: close, hold: setHeld };
}
