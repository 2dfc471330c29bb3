// Whose words are shown: ours, restated from the document, or the document's own.

import type { FactText } from "./types";
import type { Layers } from "./layers";

/** Each layer of knowledge is named, so that the document is never taken for something added to it. */
export function layerName(layer: string, words: Layers): string {
  return layer === "procedure" ? words.restated : words.supplement;
}

/** A section of the document, line by line; `marked`: what the answer rests on. */
export type OriginalText = NonNullable<FactText["original"]>;
