// What an answer's case could be instead.
import type { Understood } from "../shared/types";
import { correction } from "./said";

/** The slots whose other values are few enough to be shown. */
const SLOTS = ["subject_kind", "change_type"] as const;

export interface Correction {
  /** The right value, as the vocabulary names it. */
  name: string;
  /** What is said for it, in the customer's name. */
  question: string;
}

/** The other values of what was understood, by slot; nothing where the case or the vocabulary is not known. */
export function corrections(
  understood: Understood,
  vocabulary: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Correction[] {
  return SLOTS.flatMap((slot) => {
    const names = vocabulary[slot] ?? {};
    const taken = names[understood[slot] ?? ""];
    if (taken === undefined) return [];
    const others = Object.values(names).filter((name) => name !== taken);
    return others.map((name) => ({ name, question: correction(taken, name) }));
  });
}
