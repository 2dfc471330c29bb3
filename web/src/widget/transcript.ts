// The whole conversation to take away: as lines of text, and as a page of its own.
import type { Message } from "../shared/types";
import { writerOf } from "./person";
import type { Words } from "./words";

/** One message as it is taken away. */
export interface Entry {
  own: boolean;
  who: string;
  when: string;
  text: string;
  sources: readonly string[];
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A moment by the customer's clock, to the minute. */
export function moment(at: string): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function entries(messages: readonly Message[], words: Words): Entry[] {
  const names: Partial<Record<Message["author"], string>> = { user: words.me, bot: words.assistant };
  return messages.map((message) => {
    const items = message.custom?.card?.items ?? [];
    // Ticked entries of a list are marked in the text that names them.
    const ticked = new Set((message.ticked ?? []).map((at) => String(items[at])));
    const lines = message.text.split("\n").map((line) => {
      const entry = /^(\s*[·•]\s*)(.+)$/.exec(line);
      return entry?.[2] && ticked.has(entry[2]) ? `${line}${words.itemDone}` : line;
    });
    return {
      own: message.author === "user",
      who: message.author === "agent" ? writerOf(message, words) : (names[message.author] ?? ""),
      when: moment(message.at),
      text: lines.join("\n"),
      sources: [...new Set((message.custom?.sources ?? []).map((source) => source.section))],
    };
  });
}

export function asText(title: string, all: readonly Entry[], words: Words): string {
  const parts = all.map(({ who, when, text, sources }) =>
    [`${when}${who ? `  ${who}` : ""}`, text, ...sources.map((section) => words.labelled(words.restated, section))].join("\n"),
  );
  // CR LF and a byte order mark: for the editors of old office computers.
  return `\uFEFF${[words.logOf(title), ...parts].join("\n\n").replace(/\n/g, "\r\n")}\r\n`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

const STYLE =
  "body{max-width:46em;margin:2em auto;padding:0 1em;font:16px/1.7 system-ui,sans-serif;color:#18202e;background:#fff}" +
  "h1{font-size:1.3em}article{margin:1.2em 0;padding-left:1em;border-left:3px solid #d5dce6}.me{border-color:#0b57c7}" +
  "header,footer{font-size:.85em;color:#556173}p{margin:.2em 0;white-space:pre-wrap;overflow-wrap:anywhere}";

/** A page that needs nothing else: for a file, and to be printed from. */
export function asPage(title: string, all: readonly Entry[], words: Words): string {
  const parts = all.map(
    ({ own, who, when, text, sources }) =>
      `<article${own ? ' class="me"' : ""}><header>${escaped(`${who} ${when}`.trim())}</header>` +
      `<p>${escaped(text)}</p>${sources.map((one) => `<footer>${escaped(words.labelled(words.restated, one))}</footer>`).join("")}</article>`,
  );
  return (
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${escaped(title)}</title><style>${STYLE}</style><h1>${escaped(words.logOf(title))}</h1>${parts.join("")}</html>\n`
  );
}
