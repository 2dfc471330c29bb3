// The last day that an answer worked out, kept in view.
import type { Message } from "../shared/types";
import type { Words } from "./words";

/** Whole days from today to an ISO date; negative once it is past. */
export function daysUntil(date: string, now: Date = new Date()): number {
  const [year = 0, month = 1, day = 1] = date.slice(0, 10).split("-").map(Number);
  return Math.round((Date.UTC(year, month - 1, day) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 86_400_000);
}

/** The last day told most recently; null where there is none ahead, or all was begun anew since. */
export function ahead(messages: readonly Message[], now: Date = new Date()): { date: string; title: string | undefined } | null {
  for (const message of [...messages].reverse()) {
    // Of the system's messages a new start alone is the customer's own doing.
    if (message.author === "system" && message.client_id) return null;
    const told = message.custom?.deadlines?.find((one) => /^\d{4}-\d{2}-\d{2}/.test(one.date ?? ""));
    if (!told?.date) continue;
    return daysUntil(told.date, now) < 0 ? null : { date: told.date, title: told.title };
  }
  return null;
}

/** That day in words, for as long as it is kept in view. */
export function inView(messages: readonly Message[], words: Words, now: Date = new Date()): string | null {
  const told = ahead(messages, now);
  return told && words.due(words.daysLeft(daysUntil(told.date, now)), told.title ?? words.deadline);
}

/** Whether any of the message's last days is still to come: a calendar has no use for one that is over. */
export function isAhead(message: Message, now: Date = new Date()): boolean {
  return (message.custom?.deadlines ?? []).some(({ date }) => date !== undefined && daysUntil(date, now) >= 0);
}
