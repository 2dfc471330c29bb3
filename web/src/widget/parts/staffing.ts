// Beside "waiting for a person": whether anybody is there, when, and how long it may take.
import { useEffect, useState } from "preact/hooks";
import { useTools } from "../context";
import type { Staffing } from "../../shared/types";
import type { Words } from "../words";

const AGAIN_MS = 60_000;

/** What the server says of it, asked anew each minute while somebody waits; null before, and without an answer. */
export function useStaffing(waiting: boolean): Staffing | null {
  const { conversation } = useTools();
  const [known, setKnown] = useState<Staffing | null>(null);
  useEffect(() => {
    if (!waiting) return;
    const look = (): void => void conversation.staffing().then(setKnown, () => undefined);
    look();
    const timer = window.setInterval(look, AGAIN_MS);
    return () => {
      clearInterval(timer);
      setKnown(null);
    };
  }, [conversation, waiting]);
  return known;
}

/** Whether there is nobody who could take over now. */
export function isUnstaffed({ open, here }: Staffing): boolean {
  return !open || !here;
}

/** The same for the customer, "" where there is nothing to say of it. */
export function staffingNote(known: Staffing, words: Words): string {
  if (!known.open) return words.nobodyUntil(known.next ?? "");
  if (!known.here) return words.nobodyHere;
  return words.queue(known.ahead ?? 0, known.wait === null ? null : Math.max(1, Math.round(known.wait / 60)));
}
