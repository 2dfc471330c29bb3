// What the server says to the desk: docs/desk.md.
import type { Custom, Feedback, Mode } from "../widget/types";

export type { Mode } from "../widget/types";

export interface Term {
  id: string;
  name: string;
}

export interface Profile {
  name: string;
  role: "agent" | "admin";
  csrf: string;
  hours: string;
  open: boolean;
  /** When somebody is there next, in words; null while somebody is, or where no such time is near. */
  next: string | null;
  /** Until when this agent is away (seconds since 1970), null for being there. */
  away_until: number | null;
  change_types: Term[];
  subject_kinds: Term[];
  items: Term[];
  facts: Record<string, string>;
  /** The facts whose section of the document can be shown. */
  originals: string[];
  limits: { text: number };
}

export interface Hit {
  fact: string;
  title: string;
  text: string;
  section: string;
  layer: string;
  confidence: number | null;
  matched: string | null;
  by: "answer" | "likely" | "text";
  change_type: string | null;
  subject_kind: string | null;
}

export interface Found {
  query: string;
  status: string | null;
  answer: string | null;
  hits: Hit[];
  sources: { title: string; section: string; layer: string }[];
}

export interface Row {
  id: string;
  mode: Mode;
  since: number;
  updated: number;
  agent: string | null;
  last_id: number;
  last_author: string;
  preview: string;
  unread: number;
  unanswered: number | null;
  labels: string[];
  /** What the customer asked last; "" when nothing is known. */
  question: string;
  /** The case of those who wait for a person or have one, in words. */
  case: string;
  /** Whether the holder is gone: anybody may take over. */
  gone: boolean;
  matched?: { message: number; text: string } | null;
}

export interface OpenQuestion {
  id: number;
  text: string;
}

export interface DeskMessage {
  id: number;
  at: string;
  author: "user" | "bot" | "agent" | "system";
  agent: string | null;
  text: string;
  buttons: { title: string; payload: string }[];
  custom: Custom & {
    understood?: { intent?: string; confidence?: number; case_text?: string };
    suggestion?: { fact: string; edited: boolean; outcome?: "kept" | "edited" | "replaced" };
  };
  feedback: Feedback | null;
  ticked: number[];
}

export interface Note {
  n: number;
  at: number;
  agent: string;
  text: string;
}

export interface Case {
  text: string;
  parts: Record<string, string>;
  summary: string;
}

export interface Opened {
  row: Row;
  messages: DeskMessage[];
  case: Case;
  notes: Note[];
  labels: string[];
  satisfaction: number | null;
  /** Whether there are later messages than those shown. */
  later: boolean;
}

export interface Suggestion {
  fact: string | null;
  title: string;
  text: string;
  confidence: number | null;
  section: string | null;
}

export interface NumberShown {
  value: number | null;
  of: number | null;
  by_day: (number | null)[];
  behind: number;
  /** The value of the period of the same length before. */
  before: number | null;
}

export interface Figure {
  id: string;
  name: string;
  kind: "share" | "count" | "seconds";
  /** How it is counted. */
  about: string;
  /** What its conversations are. */
  opens: string;
}

export interface Numbers {
  days: string[];
  numbers: Record<string, NumberShown>;
  figures: Figure[];
  headlines: string[];
  hours: Record<string, number[]>;
  themes: { id: string; title: string; count: number; texts: string[] }[];
  thumbs: { id: string; title: string; up: number; down: number }[];
  never: { id: string; title: string }[];
}

/** A reply the team shares; what stands in braces is filled in from the case. */
export interface Snippet {
  n: number;
  name: string;
  text: string;
}

export interface Snippets {
  snippets: Snippet[];
  variables: string[];
}

/** Whether it is the hours of people, as every desk is told. */
export interface Staffing {
  open: boolean;
  hours: string;
  next: string | null;
}

export interface Closure {
  first: string;
  last: string;
  why: string;
}

/** Which state of the knowledge base is answered from, and why a later one is not; times in seconds. */
export interface KnowledgeShown {
  version: string;
  since: number;
  refused: { at: number; faults: string[] } | null;
}

export interface HoursShown {
  hours: string;
  setting: string;
  is_written: boolean;
  text: string;
  open: boolean;
  next: string | null;
  closed: Closure[];
}

export interface ToolResult {
  text: string;
}
