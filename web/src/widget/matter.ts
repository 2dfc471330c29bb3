// What the host page says of the customer's matter, before anything is asked.

/** The values the server knows, by slot, and the words the customer sees. */
export interface Matter {
  values: Record<string, string>;
  text: string;
}

const SLOTS = ["subject_kind", "change_type", "item", "phase"] as const;
const MOST_CHARACTERS = 40;

/** Reads ids or names; what the vocabulary does not have is left out. Null where nothing is left. */
export function readMatter(
  given: Readonly<Record<string, string>> | null,
  vocabulary: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Matter | null {
  if (!given) return null;
  const values: Record<string, string> = {};
  const words: string[] = [];
  const site = given.site_name?.trim();
  if (site) words.push([...site].slice(0, MOST_CHARACTERS).join(""));
  for (const slot of SLOTS) {
    const names = vocabulary[slot] ?? {};
    const wanted = given[slot]?.trim();
    const id = Object.keys(names).find((one) => one === wanted || names[one] === wanted);
    if (id === undefined) continue;
    values[slot] = id;
    words.push(names[id] ?? id);
  }
  return words.length > 0 ? { values, text: words.join(" · ") } : null;
}
