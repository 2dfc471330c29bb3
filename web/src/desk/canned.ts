// Canned replies: finding one, filling it in, and what is left for the agent to write.
import type { Snippet } from "../shared/types";

/** The text with every variable that is known filled in. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{([^{}]*)\}/g, (whole, name: string) => Object.entries(values).find(([known]) => known === name)?.[1] ?? whole);
}

/** Where the first variable stands that nobody has filled in; null without one. */
export function firstUnfilled(text: string, variables: readonly string[]): { from: number; to: number; name: string } | null {
  for (const match of text.matchAll(/\{([^{}]*)\}/g)) {
    const name = match[1] ?? "";
    if (variables.includes(name)) return { from: match.index, to: match.index + match[0].length, name };
  }
  return null;
}

/** The variables that stand in a text, each once. */
export function unfilled(text: string, variables: readonly string[]): string[] {
  return variables.filter((name) => text.includes(`{${name}}`));
}

/** What is typed after a slash that begins a word before the caret; null where no slash does. */
export function slashed(text: string, caret: number): { from: number; query: string } | null {
  const from = text.slice(0, caret).lastIndexOf("/");
  if (from < 0 || (from > 0 && /\S/.test(text.charAt(from - 1)))) return null;
  const query = text.slice(from + 1, caret);
  return /\s/.test(query) ? null : { from, query };
}

/** Those a query may mean: names that begin with it, then names and texts that hold it. */
export function matching(snippets: readonly Snippet[], query: string): Snippet[] {
  const wanted = query.toLowerCase();
  const rank = ({ name, text }: Snippet): number => {
    const place = name.toLowerCase().indexOf(wanted);
    if (place >= 0) return place === 0 ? 0 : 1;
    return text.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return snippets.filter((one) => rank(one) < 3).sort((a, b) => rank(a) - rank(b));
}
