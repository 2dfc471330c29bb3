// Generated from beian/contract/ by `python -m beian contract`. Do not edit.

export interface Error {
  error: ErrorText;
}

export interface ErrorText {
  code: string;
  message: string;
}

export interface NewSession {
  session: string;
}

export interface Config {
  title: string;
  greeting: string;
  starters: Choice[];
  limits: Limits;
  phone: string;
  kb_version: string;
  vocabulary: Record<string, Record<string, string>>;
  titles: Record<string, string>;
}

export interface Choice {
  title: string;
  payload: string;
}

export interface Limits {
  text: number;
}

export interface KnownQuestions {
  questions: KnownQuestion[];
}

export interface KnownQuestion {
  text: string;
  fact: FactId;
}

export type FactId = string;

export interface FactText {
  fact: string;
  title: string;
  section: string;
  layer: string;
  text: string;
  original: OriginalPiece[][] | null;
}

export interface OriginalPiece {
  text: string;
  marked: boolean;
}

export interface NewMessage {
  client_id: ClientId;
  text: string;
}

export type ClientId = string;

export interface Accepted {
  id: MessageId;
}

export type MessageId = number;

export interface Message {
  id: MessageId;
  at: string;
  author: Author;
  client_id: string | null;
  text: string;
  buttons: Choice[];
  custom: MessageCustom;
  feedback: Feedback | null;
  ticked: number[];
}

export type Author = "user" | "bot" | "agent" | "system";

export interface MessageCustom {
  status?: Status;
  facts?: FactId[];
  sources?: Source[];
  card?: Card;
  understood?: Understood;
  kb_version?: string;
  theme?: string;
  supplement?: Supplement[];
  cancelled?: boolean;
  summary?: string;
  deadlines?: Deadline[];
  suggestion?: UsedSuggestion;
  by?: string | null;
}

export type Status = "answered" | "clarify" | "uncovered" | "out_of_scope" | "smalltalk" | "handoff" | "error";

export interface Source {
  fact: FactId;
  section: string;
  layer: string;
}

export interface Card {
  type: CardType;
  title: string;
  items: string[];
  fact?: FactId;
  verdicts?: ("ok" | "no" | "unsure")[];
}

export type CardType = "checklist" | "steps" | "choices" | "deadline" | "verdict" | "comparison";

export interface Understood {
  intent?: string;
  confidence?: number;
  change_type?: string;
  item?: string;
  subject_kind?: string;
  rejection_reason?: string;
  changed_on?: Day;
  rejected_on?: Day;
  submitted_on?: Day;
  case_text?: string;
}

export type Day = string;

export interface Supplement {
  id: string;
  title: string;
  text: string;
  sources: SupplementSource[];
  confidence: "high" | "medium";
}

export interface SupplementSource {
  publisher: string;
  title: string;
  date: string;
  url?: string;
}

export interface Deadline {
  date: Day;
  title: string;
}

export interface UsedSuggestion {
  fact: string;
  outcome: "kept" | "edited" | "replaced";
  edited: boolean;
}

export interface Feedback {
  value: "up" | "down";
  reason?: string;
}

export interface Typing {
  on: boolean;
}

export interface ModeNow {
  mode: Mode;
}

export type Mode = "bot" | "waiting" | "human" | "closed";

export interface History {
  messages: Message[];
  last_id: number;
  mode: Mode;
}

export interface Opinion {
  message_id: MessageId;
  value: "up" | "down" | null;
  reason?: string | null;
}

export interface Ok {
  ok: true;
}

export interface Ticks {
  message_id: MessageId;
  ticked: number[];
}

export interface Restart {
  client_id: ClientId;
}

export interface Satisfaction {
  value: 0 | 1;
}

export interface AskSatisfaction {
  ask: boolean;
}

export interface Staffing {
  open: boolean;
  hours: string;
  next: string | null;
  here: boolean;
  ahead: number | null;
  wait: number | null;
}

export interface PageContext {
  subject_kind?: string | null;
  change_type?: string | null;
  item?: string | null;
  phase?: string | null;
}

export interface DeskState {
  title: string;
  accounts: boolean;
}

export interface LogIn {
  name: string;
  password: string;
}

export interface Profile {
  open: boolean;
  hours: string;
  next: string | null;
  name: string;
  role: Role;
  csrf: string;
  away_until: number | null;
  change_types: Term[];
  subject_kinds: Term[];
  items: Term[];
  facts: Record<string, string>;
  originals: string[];
  limits: Limits;
}

export type Role = "agent" | "admin";

export interface Term {
  id: string;
  name: string;
}

export interface Ended {
  ended: number;
}

export interface NewPassword {
  old: string;
  new: string;
}

export interface Found {
  query: string;
  status: Status | null;
  answer: string | null;
  hits: Hit[];
  sources: FoundSource[];
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

export interface FoundSource {
  title: string;
  section: string;
  layer: string;
}

export interface ToolAnswer {
  result: ToolResult | null;
}

export interface ToolResult {
  text: string;
  card: Card | null;
}

export type Nothing = Record<string, never>;

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
  question: string;
  case: string;
  gone: boolean;
  labels: string[];
  matched?: MatchedMessage;
}

export interface MatchedMessage {
  message: MessageId;
  text: string;
}

export interface DeskMessage {
  id: MessageId;
  at: string;
  author: Author;
  client_id: string | null;
  text: string;
  buttons: Choice[];
  custom: MessageCustom;
  feedback: Feedback | null;
  ticked: number[];
  agent: string | null;
}

export interface Case {
  text: string;
  parts: Record<string, string>;
  summary: string;
}

export interface Note {
  n: number;
  at: number;
  agent: string;
  text: string;
}

export interface HoursNow {
  open: boolean;
  hours: string;
  next: string | null;
}

export interface Snippet {
  n: number;
  name: string;
  text: string;
}

export interface Listed {
  rows: Row[];
  labels: string[];
  open: boolean;
  counts: Record<string, number>;
  before: number | null;
}

export interface Colleagues {
  colleagues: Colleague[];
}

export interface Colleague {
  name: string;
  here: boolean;
  away_until: number | null;
}

export interface Opened {
  row: Row;
  messages: DeskMessage[];
  later: boolean;
  notes: Note[];
  labels: string[];
  satisfaction: number | null;
  case: Case;
}

export interface Earlier {
  messages: DeskMessage[];
}

export interface Suggestions {
  suggestions: Suggestion[];
  case: Case;
  open: OpenQuestion[];
  present: boolean | null;
  variables: Record<string, string>;
}

export interface Suggestion {
  fact: string | null;
  title: string;
  text: string;
  confidence: number | null;
  section: string | null;
}

export interface OpenQuestion {
  id: MessageId;
  text: string;
}

export interface Claim {
  force?: boolean;
}

export interface RowNow {
  row: Row;
}

export interface Transfer {
  to: string;
}

export interface Correction {
  change_type?: string | null;
  item?: string | null;
  subject_kind?: string | null;
  changed_on?: string | null;
  submitted_on?: string | null;
  rejected_on?: string | null;
  rejection_reason?: string | null;
}

export interface CaseNow {
  case: Case;
}

export interface AgentReply {
  client_id: ClientId;
  text: string;
  suggestion?: string;
  offered?: string;
  warn?: boolean;
}

export interface Sent {
  message: DeskMessage;
}

export interface HandBack {
  answer?: boolean;
}

export interface ReadUpTo {
  last_id: number;
}

export interface NewNote {
  text: string;
}

export interface NoteNow {
  note: Note;
}

export interface ChangedLabels {
  add?: string[];
  remove?: string[];
}

export interface Labels {
  labels: string[];
}

export interface Snippets {
  snippets: Snippet[];
  variables: string[];
}

export interface Away {
  begin?: number | null;
  until: number | null;
}

export interface Numbers {
  days: string[];
  numbers: Record<string, NumberShown>;
  figures: FigureShown[];
  headlines: string[];
  hours: Record<string, number[]>;
  themes: ThemeCount[];
  thumbs: ThumbCount[];
  never: NeverUsed[];
}

export interface NumberShown {
  value: number | null;
  of: number | null;
  by_day: (number | null)[];
  behind: number;
  before: number | null;
}

export interface FigureShown {
  id: string;
  name: string;
  kind: "share" | "count" | "seconds";
  about: string;
  opens: string;
}

export interface ThemeCount {
  id: string;
  title: string;
  count: number;
  texts: string[];
}

export interface ThumbCount {
  id: string;
  title: string;
  up: number;
  down: number;
}

export interface NeverUsed {
  id: string;
  title: string;
}

export interface Rows {
  rows: Row[];
}

export interface Agents {
  agents: AgentShown[];
}

export interface AgentShown {
  name: string;
  role: Role;
  created: number;
  disabled: boolean;
  here: boolean;
  sessions: SessionShown[];
  absence: Absence | null;
  shown: string | null;
}

export interface SessionShown {
  created: number;
  seen: number;
}

export interface Absence {
  begin: number;
  until: number;
}

export interface NewAgent {
  name: string;
  password: string;
  role?: Role;
}

export interface ChangedAgent {
  job: "log_out" | "unlock" | "disable" | "enable" | "password" | "role" | "rename" | "shown" | "away" | "back";
  password?: string;
  role?: Role;
  to?: string;
  begin?: number | null;
  until?: number | null;
}

export interface KnowledgeShown {
  version: string;
  since: number;
  refused: RefusedKnowledge | null;
}

export interface RefusedKnowledge {
  at: number;
  faults: string[];
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

export interface Closure {
  first: string;
  last: string;
  why: string;
}

export interface ChangedHours {
  hours?: string | null;
  closed: Closure[];
}

export interface NewSnippet {
  name: string;
  text: string;
}

export interface ChangedSnippet {
  name?: string;
  text?: string;
  remove?: boolean;
}

export interface AuditPage {
  entries: AuditEntry[];
  more: boolean;
}

export interface AuditEntry {
  n: number;
  at: number;
  agent: string;
  action: string;
  conversation: string | null;
  detail: string | null;
}

export interface Confirmation {
  confirm: string;
}

export interface WebhookMessage {
  sender: string;
  message: string;
  metadata?: Record<string, unknown> | null;
}

export interface Reply {
  recipient_id: string;
  text: string;
  buttons?: Choice[];
  custom: Custom;
}

export interface Custom {
  status: Status;
  facts: FactId[];
  sources: Source[];
  card?: Card;
  understood: Understood;
  kb_version: string;
  theme?: string;
  supplement?: Supplement[];
  cancelled?: boolean;
  summary?: string;
  deadlines?: Deadline[];
}

export interface Ready {
  ready: boolean;
  faults: string[];
  notices?: string[];
}

export interface CustomerEvents {
  message: Message;
  typing: Typing;
  mode: ModeNow;
}

export interface DeskEvents {
  hello: Nothing;
  rows: Row[];
  counts: Record<string, number>;
  message: DeskMessage;
  mode: Mode;
  typing: boolean;
  case: Case;
  note: Note;
  labels: string[];
  satisfaction: number;
  deleted: string;
  hours: HoursNow;
  away: number | null;
  snippets: Snippet[];
}

/** An event as it is told, by its kind. */
export type Told<Events> = { [Kind in keyof Events]: { event: Kind; data: Events[Kind] } }[keyof Events];
