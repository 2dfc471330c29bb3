// Whose words are shown: ours, restated from the document, or the document's own.

import type { Layers } from "./words/layers";

/** Each layer of knowledge is named, so that the document is never taken for something added to it. */
export function layerName(layer: string, words: Layers): string {
  return layer === "procedure" ? words.restated : words.supplement;
}

/** Words of the document; `marked`: what the answer rests on. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** A section of the document, line by line. */
export type OriginalText = readonly (readonly Piece[])[];
