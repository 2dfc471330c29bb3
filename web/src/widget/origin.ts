// Whose words are shown: ours, restated from the document, or the document's own.

export const RESTATED = "依据流程文档整理";
export const ORIGINAL = "流程文档原文";

/** Each layer of knowledge is named, so that the document is never taken for something added to it. */
export function layerName(layer: string): string {
  return layer === "procedure" ? RESTATED : "补充资料";
}

/** Words of the document; `marked`: what the answer rests on. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** A section of the document, line by line. */
export type OriginalText = readonly (readonly Piece[])[];
