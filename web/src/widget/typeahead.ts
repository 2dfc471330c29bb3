// Which known questions fit what is being typed.
import type { KnownQuestion } from "../shared/types";

const MOST = 5;

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s，。？！、,.?!“”"'（）()：:]/g, "");
}

function pairs(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2)));
}

/** The best-fitting questions, best first: those that hold the text whole, then those that share most of it. */
export function suggest(typed: string, questions: readonly KnownQuestion[]): KnownQuestion[] {
  const wanted = plain(typed);
  if (wanted.length < 2 || wanted.length > 30) return [];
  const parts = pairs(wanted);
  const scored = questions.flatMap((question) => {
    const text = plain(question.text);
    if (text === wanted) return [];
    const at = text.indexOf(wanted);
    if (at >= 0) return [{ question, score: 2 - at / 100 }];
    const has = pairs(text);
    const share = [...parts].filter((part) => has.has(part)).length / parts.size;
    return share >= 0.5 ? [{ question, score: share }] : [];
  });
  scored.sort((a, b) => b.score - a.score || a.question.text.length - b.question.text.length);
  const seen = new Set<string>();
  const best: KnownQuestion[] = [];
  for (const { question } of scored) {
    // One phrasing for each fact: five ways to ask one thing are no choice.
    if (seen.has(question.fact)) continue;
    seen.add(question.fact);
    best.push(question);
    if (best.length === MOST) break;
  }
  return best;
}

/** The question cut at what was typed of it, to be marked; whole where it holds the words in another order. */
export function marked(question: string, typed: string): readonly [string, string, string] {
  const wanted = typed.trim();
  const at = wanted ? question.toLowerCase().indexOf(wanted.toLowerCase()) : -1;
  return at < 0 ? [question, "", ""] : [question.slice(0, at), question.slice(at, at + wanted.length), question.slice(at + wanted.length)];
}
