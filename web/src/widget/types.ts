// What the server says: docs/api.md and docs/reply.md.
import type { OriginalText } from "./origin";

export type Author = "user" | "bot" | "agent" | "system";
export type Mode = "bot" | "waiting" | "human" | "closed";
export type Status =
  | "answered"
  | "clarify"
  | "uncovered"
  | "out_of_scope"
  | "smalltalk"
  | "handoff"
  | "error";

export interface Choice {
  title: string;
  payload: string;
}

export interface Source {
  fact: string;
  section: string;
  layer: string;
}

/** What public sources say where the document is silent, or differs from them: never part of its facts. */
export interface Added {
  id: string;
  title: string;
  text: string;
  sources: { publisher: string; title: string; date: string; url?: string }[];
  confidence: string;
}

export interface Card {
  type: "checklist" | "steps" | "choices" | "deadline" | "verdict";
  title?: string;
  items?: string[];
  /** ISO date a deadline ends on, where the customer's dates are known. */
  date?: string;
  /** How each entry of a verdict turned out. */
  verdicts?: ("ok" | "no" | "unsure")[];
  [more: string]: unknown;
}

export interface Custom {
  status?: Status;
  facts?: string[];
  sources?: Source[];
  card?: Card;
  supplement?: Added[];
  understood?: { case_text?: string; [more: string]: unknown };
  summary?: string;
  /** Dates of the customer's, for the calendar. */
  deadlines?: { date?: string; title?: string; note?: string }[];
  kb_version?: string;
}

export interface Feedback {
  value: "up" | "down" | null;
  reason?: string | null;
}

export interface Message {
  id: number;
  at: string;
  author: Author;
  client_id?: string | null;
  text: string;
  buttons?: Choice[] | null;
  custom?: Custom | null;
  feedback?: Feedback | null;
  ticked?: number[] | null;
}

export interface Config {
  title: string;
  greeting: string;
  starters: Choice[];
  limits: { text: number };
  phone: string;
  kb_version?: string;
  /** Names of what a page may say of the customer's matter, by slot and id. */
  vocabulary?: Record<string, Record<string, string>>;
  /** Titles of the facts, by id: an answer to several questions has each part under one. */
  titles?: Record<string, string>;
}

export interface KnownQuestion {
  text: string;
  fact: string;
}

export interface FactText {
  fact: string;
  title: string;
  section: string;
  layer: string;
  /** The document restated. */
  text: string;
  /** The document's own words, where the server has them. */
  original: OriginalText | null;
}

export interface History {
  messages: Message[];
  last_id: number;
  mode: Mode;
}

/** A message of the customer's that the conversation's history does not hold yet. */
export interface Outgoing {
  clientId: string;
  text: string;
  at: string;
  /** queued: waits for the connection; sent: taken by the server; failed: needs the customer. */
  state: "queued" | "sending" | "sent" | "failed";
  /** Why it was not delivered: in the server's words, else by the HTTP status (0: out of reach). */
  reason?: string;
  status?: number;
}

/** Whether people are there, and when: docs/api.md. */
export interface Staffing {
  open: boolean;
  hours: string;
  next: string | null;
  here: boolean;
  /** How many have waited longer for a person; null for who does not wait. */
  ahead: number | null;
  /** How many seconds one usually waits, where that is known. */
  wait: number | null;
}
