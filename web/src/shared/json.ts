// What is sent as JSON: the server takes text only, and people paste anything.

const PAIR_OR_ODD = /[\uD800-\uDBFF][\uDC00-\uDFFF]|[\0\uD800-\uDFFF]/g;

/** The text without NUL and without halves of emoji. */
export function storable(text: string): string {
  return text.replace(PAIR_OR_ODD, (found) => (found.length === 2 ? found : ""));
}

/** The value as JSON, all text in it storable. */
export function written(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? storable(part) : part));
}
