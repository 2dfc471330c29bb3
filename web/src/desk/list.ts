// The list of conversations: its order, and how long someone has waited.
import type { Mode, Row } from "../shared/types";

export const ORDER: readonly Mode[] = ["waiting", "human", "bot", "closed"];
export const MODE_NAMES: Record<Mode, string> = {
  waiting: "等待人工",
  human: "人工中",
  bot: "助手应答",
  closed: "已结束",
};

/** The server's order: who waits longest first, then whose message has no reply, then the latest. */
export function compare(a: Row, b: Row): number {
  const place = ORDER.indexOf(a.mode) - ORDER.indexOf(b.mode);
  if (place !== 0) return place;
  if (a.mode === "waiting") return a.since - b.since;
  if (a.mode === "human" && (a.unanswered !== null || b.unanswered !== null)) {
    return (a.unanswered ?? Infinity) - (b.unanswered ?? Infinity);
  }
  return b.updated - a.updated;
}

/** The rows with changed ones taken over; where `only` is given, no others are added. */
export function merge(rows: readonly Row[], changed: readonly Row[], only: boolean): Row[] {
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const row of changed) {
    const before = found.get(row.id);
    if (before) found.set(row.id, before.matched ? { ...row, matched: before.matched } : row);
    else if (!only) found.set(row.id, row);
  }
  return [...found.values()].sort(compare);
}

/** Since when someone waits for a person, in seconds since 1970; null when nobody does. */
export function waitingSince(row: Row): number | null {
  if (row.mode === "waiting") return row.since;
  return row.mode === "human" ? row.unanswered : null;
}

/** A length of time as agents read it: 12 秒, 5 分, 2 小时, 3 天. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} 秒`;
  if (whole < 3600) return `${Math.floor(whole / 60)} 分`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} 小时`;
  return `${Math.floor(whole / 86_400)} 天`;
}

/** Today as 14:05, this year as 11-24 14:05, else with the year. */
export function moment(at: number, now = Date.now()): string {
  const time = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
  const today = new Date(now);
  if (time.toDateString() === today.toDateString()) return clock;
  const day = `${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return time.getFullYear() === today.getFullYear() ? `${day} ${clock}` : `${time.getFullYear()}-${day}`;
}

/** A short name for a conversation: its id says nothing, its last characters tell it apart. */
export function shortName(id: string): string {
  return `访客 ${id.replace(/[^a-z0-9]/gi, "").slice(-4).toUpperCase()}`;
}

export function percent(share: number | null): string {
  return share === null ? "-" : `${Math.round(share * 100)}%`;
}

/** A text in pieces; those that are a word of the query are marked. */
export function marked(text: string, query: string): [piece: string, found: boolean][] {
  const words = query.normalize("NFKC").split(/\s+/).filter(Boolean).sort((a, b) => b.length - a.length);
  if (words.length === 0) return [[text, false]];
  const any = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "giu");
  const pieces: [string, boolean][] = [];
  let from = 0;
  for (const hit of text.matchAll(any)) {
    if (hit.index > from) pieces.push([text.slice(from, hit.index), false]);
    pieces.push([hit[0], true]);
    from = hit.index + hit[0].length;
  }
  if (from < text.length) pieces.push([text.slice(from), false]);
  return pieces;
}
