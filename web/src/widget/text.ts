// Plain text of answers as blocks. Nothing is ever read as markup: the blocks become text nodes.
import type { Card } from "./types";

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

/** The blocks before and after those that a card shows in another way; without them. */
export function around(all: readonly Block[], card: Card | null): [Block[], Block[]] {
  const items = (card?.items ?? []).map((item) => String(item).trim());
  if (items.length === 0) return [[...all], []];
  const shown = (block: Block): boolean =>
    block.kind === "list"
      ? block.items.length === items.length && block.items.every((item, at) => item.trim() === items[at])
      : block.kind === "paragraph" && items.includes(block.text);
  const at = all.findIndex(shown);
  if (at < 0) return [[...all], []];
  return [all.slice(0, at), all.slice(at).filter((block) => !shown(block))];
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
