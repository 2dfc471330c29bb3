// Plain text of answers as blocks. Nothing is ever read as markup: the blocks become text nodes.
import { ADDED } from "./said";
import type { Card } from "../shared/types";

export type Block =
  | { kind: "heading"; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "list"; ordered: boolean; items: string[] };

const ENTRY = /^\s*(?:(\d{1,2})[.、]\s*|[·•\-*]\s+|·)(.+)$/;

/** Paragraphs, 【headings】 and lists, as the renderer of answers writes them. */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  for (const line of text.split("\n")) {
    if (!line.trim()) continue;
    const heading = /^【(.+)】$/.exec(line.trim());
    const entry = ENTRY.exec(line);
    if (heading?.[1]) found.push({ kind: "heading", text: heading[1] });
    else if (entry?.[2]) {
      const ordered = entry[1] !== undefined;
      const last = found[found.length - 1];
      if (last?.kind === "list" && last.ordered === ordered) last.items.push(entry[2]);
      else found.push({ kind: "list", ordered, items: [entry[2]] });
    } else found.push({ kind: "paragraph", text: line.trim() });
  }
  return found;
}

/** The answer's text around the paragraph of the second layer, and that paragraph without its mark. */
export function apart(text: string): { head: string; added: string | null; tail: string } {
  const parts = text.split("\n\n");
  const at = parts.findIndex((part) => part.startsWith(`${ADDED}：`));
  if (at < 0) return { head: text, added: null, tail: "" };
  return {
    head: parts.slice(0, at).join("\n\n"),
    added: String(parts[at]).slice(ADDED.length + 1).trim(),
    tail: parts.slice(at + 1).join("\n\n"),
  };
}

/** An entry and what its document adds in brackets at the end of it: a second line, where there is one. */
export function detailed(item: string): readonly [string, string] {
  const found = /^([^（）]+)（([^（）]+)）$/.exec(item.trim());
  return [found?.[1] ?? item, found?.[2] ?? ""];
}

/** Entries of a card under the heading they have in the text; `from` is the place of the first one. */
export interface Group {
  heading: string | null;
  from: number;
  items: string[];
}

/** What the text says under one heading, around the card where that belongs to it. */
export interface Part {
  /** Null for what stands before the first heading. */
  heading: string | null;
  /** The card's head says the heading as well. */
  headed: boolean;
  before: Block[];
  /** Whether the card stands here. */
  card: boolean;
  after: Block[];
}

export interface Layout {
  parts: Part[];
  /** The card's entries as the text groups them; one group without a heading where it does not. */
  groups: Group[];
  /** The text ends with the buttons' titles as a numbered list: they are an answer's choices. */
  choosing: boolean;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item.trim() === String(b[at]).trim());
}

function unended(text: string): string {
  return text.trim().replace(/[：。]$/, "");
}

/** What of the text to show beside a card and buttons, which show some of it in another way. */
export function layout(text: string, card: Card | null, titles: readonly string[] = []): Layout {
  const all = blocks(text);
  const end = all[all.length - 1];
  const choosing = titles.length > 0 && end?.kind === "list" && end.ordered && same(end.items, titles);
  if (choosing) all.pop();
  const items = (card?.items ?? []).map(String);
  const groups: Group[] = [];
  const taken = new Set<number>();
  const whole: Layout = { parts: partsOf(all, taken, null), groups: [{ heading: null, from: 0, items }], choosing };
  if (!card || card.type === "choices" || items.length === 0) return whole;

  let next = 0;
  for (const [at, block] of all.entries()) {
    if (block.kind === "heading" || next === items.length) continue;
    const entries = block.kind === "list" ? block.items : [block.text];
    if (!same(entries, items.slice(next, next + entries.length))) continue;
    const intro = all[at - 1];
    const opens = intro?.kind === "paragraph" && intro.text.endsWith("：");
    const heading = all[opens ? at - 2 : at - 1];
    groups.push({ heading: heading?.kind === "heading" ? heading.text : null, from: next, items: entries });
    taken.add(at);
    next += entries.length;
  }
  // The card says something else than the text: both are shown whole.
  if (next < items.length) return whole;
  if (groups.length > 1) {
    // Each list's heading and opening go with it into the card.
    for (const at of [...taken]) {
      const before = all[at - 1];
      const opens = before?.kind === "paragraph" && before.text.endsWith("：");
      if (opens) taken.add(at - 1);
      if (all[opens ? at - 2 : at - 1]?.kind === "heading") taken.add(opens ? at - 2 : at - 1);
    }
  }
  if (groups.length === 1 && groups[0]) groups[0].heading = null;
  return { parts: partsOf(all, taken, card), groups, choosing };
}

/** The text by its headings. What is `taken` is in the card; what the card's title says is not said again. */
function partsOf(all: readonly Block[], taken: ReadonlySet<number>, card: Card | null): Part[] {
  const found: Part[] = [{ heading: null, headed: false, before: [], card: false, after: [] }];
  let placed = taken.size === 0;
  all.forEach((block, at) => {
    let part = found[found.length - 1] as Part;
    const isTitle = card !== null && block.kind !== "list" && unended(block.text) === unended(card.title ?? "");
    if (taken.has(at)) {
      part.card ||= !placed;
      placed = true;
    } else if (block.kind === "heading") {
      part = { heading: block.text, headed: !isTitle, before: [], card: false, after: [] };
      found.push(part);
    } else if (!isTitle) (part.card ? part.after : part.before).push(block);
  });
  return found.filter(({ headed, before, card: has, after }) => headed || has || before.length + after.length > 0);
}

/** The blocks without the lines that open as the buttons' heading does: the buttons offer the same below. */
export function withoutOffer(found: readonly Block[], heading: string): readonly Block[] {
  return found.filter((block) => block.kind !== "paragraph" || !block.text.startsWith(`${heading}：`));
}

export interface Piece {
  text: string;
  href?: string;
}

const LINK = /https?:\/\/[\w\-./?=&%#~:+]+[\w/]|(?<![\d-])(?:\d{3}-\d{3}-\d{4}|\d{3,4}-\d{7,8}|400-?\d{3}-?\d{4})(?![\d-])/g;

/** Splits text at web addresses and telephone numbers. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(LINK)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index) });
    const hit = match[0];
    found.push({ text: hit, href: hit.startsWith("http") ? hit : `tel:${hit.replace(/-/g, "")}` });
    at = match.index + hit.length;
  }
  if (at < text.length) found.push({ text: text.slice(at) });
  return found;
}
