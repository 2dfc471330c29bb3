// What an agent has begun to write, by conversation. It outlives a reload of the tab, and belongs to one agent.

export interface Draft {
  text: string;
  /** The suggestion it began as, and its text then. */
  suggestion: { fact: string | null; text: string } | null;
  clientId: string;
  note: string;
}

export type Drafts = Readonly<Record<string, Draft>>;

export const EMPTY: Draft = { text: "", suggestion: null, clientId: "", note: "" };
const KEY = "beian.desk.drafts";

/** The drafts with one changed; an empty one is left out. */
export function withDraft(drafts: Drafts, id: string, change: Partial<Draft>): Drafts {
  const { [id]: before = EMPTY, ...others } = drafts;
  const after = { ...before, ...change };
  return after.text || after.note ? { ...others, [id]: after } : others;
}

/** Those this agent left in this tab. */
export function readDrafts(agent: string): Drafts {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as { agent: string; drafts: Drafts } | null;
    return kept?.agent === agent ? kept.drafts : {};
  } catch {
    return {};
  }
}

export function keepDrafts(agent: string, drafts: Drafts): void {
  try {
    if (Object.keys(drafts).length > 0) sessionStorage.setItem(KEY, JSON.stringify({ agent, drafts }));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Not kept where the browser keeps nothing.
  }
}
