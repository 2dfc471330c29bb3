// Whose words are shown, in simplified Chinese: apart from the rest, for the desk says the same.

export const LAYERS = {
  /** What an answer says: the document restated. */
  restated: "依据流程文档整理",
  /** The document itself. */
  original: "流程文档原文",
  originalKey: "标出的是这条回答依据的话",
  /** What other sources add. */
  supplement: "补充资料",
};

export type Layers = typeof LAYERS;
