// The desk's state, and everything that changes it.
import { EventStream, type ServerEvent } from "../widget/sse";
import { api, ApiError } from "./api";
import { merge } from "./list";
import type { DeskMessage, Found, Note, Numbers, Opened, Profile, Row, Suggestion } from "./types";

export type View = "lookup" | "conversations" | "numbers";

export interface Behind {
  title: string;
  number: string;
  day: string;
  from: string;
  to: string;
}

export interface Draft {
  text: string;
  /** The suggestion it began as, and its text then. */
  suggestion: { fact: string | null; text: string } | null;
  clientId: string;
}

export interface State {
  phase: "loading" | "login" | "ready";
  accounts: boolean;
  profile: Profile | null;
  view: View;
  link: "connecting" | "live" | "lost";
  rows: readonly Row[];
  listed: "all" | "search" | "number";
  query: string;
  label: string;
  behind: Behind | null;
  knownLabels: readonly string[];
  inHours: boolean;
  waiting: number;
  opened: Opened | null;
  opening: string | null;
  suggestions: readonly Suggestion[];
  drafts: Readonly<Record<string, Draft>>;
  sending: boolean;
  toast: { text: string; bad: boolean; n: number } | null;
  found: Found | null;
  lookupMs: number;
  numbers: Numbers | null;
}

const TOAST_MS = 4_000;

function newId(): string {
  return crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

const EMPTY: Draft = { text: "", suggestion: null, clientId: "" };

export class Desk {
  state: State = {
    phase: "loading",
    accounts: true,
    profile: null,
    view: "conversations",
    link: "connecting",
    rows: [],
    listed: "all",
    query: "",
    label: "",
    behind: null,
    knownLabels: [],
    inHours: true,
    waiting: 0,
    opened: null,
    opening: null,
    suggestions: [],
    drafts: {},
    sending: false,
    toast: null,
    found: null,
    lookupMs: 0,
    numbers: null,
  };

  private readonly listeners = new Set<() => void>();
  private stream: EventStream;
  private all: readonly Row[] = [];
  private toastTimer = 0;
  private lookupBusy = false;
  private lookupNext: [string, string, string] | null = null;
  private suggesting = 0;
  private listing = 0;

  constructor() {
    this.stream = this.newStream();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    this.listeners.forEach((listener) => listener());
  }

  say(text: string, bad = false): void {
    clearTimeout(this.toastTimer);
    this.set({ toast: { text, bad, n: (this.state.toast?.n ?? 0) + 1 } });
    this.toastTimer = window.setTimeout(() => this.set({ toast: null }), TOAST_MS);
  }

  /** Runs something the agent asked for; tells what went wrong, and goes to the log-in where that is it. */
  async attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 401 && this.state.phase === "ready") this.leave("登录已失效，请重新登录");
      else this.say(error.message, true);
      return null;
    }
  }

  // --- log-in ------------------------------------------------------------------------------------

  async start(): Promise<void> {
    try {
      await this.enter(await api.me());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.set({ phase: "login" });
      if (error.status !== 401) this.say(error.message, true);
      const state = await this.attempt(() => api.state());
      if (state) this.set({ accounts: state.accounts });
    }
  }

  async login(name: string, password: string): Promise<void> {
    await this.enter(await api.login(name, password));
  }

  private async enter(profile: Profile): Promise<void> {
    this.set({ phase: "ready", profile, inHours: profile.open });
    this.stream.start();
    await this.list();
    const wanted = decodeURIComponent(location.hash.slice(1));
    if (wanted) await this.open(wanted);
  }

  private leave(text: string): void {
    this.stream.close();
    this.all = [];
    // What was written stays for the next log-in of this page; what was read goes.
    this.set({
      phase: "login", profile: null, rows: [], opened: null, opening: null, suggestions: [], found: null, numbers: null,
      listed: "all", query: "", behind: null,
    });
    this.say(text);
  }

  async logout(everywhere: boolean): Promise<void> {
    await this.attempt(() => (everywhere ? api.logoutEverywhere() : api.logout()));
    this.set({ drafts: {} });
    this.leave(everywhere ? "已在所有设备上退出" : "已退出");
  }

  async changePassword(old: string, fresh: string): Promise<void> {
    await api.password(old, fresh);
    this.leave("口令已改，请重新登录");
  }

  show(view: View): void {
    this.set({ view });
  }

  // --- what happens --------------------------------------------------------------------------------

  private newStream(): EventStream {
    return new EventStream({
      connect: (signal) => {
        const opened = this.state.opened;
        return api.events(opened?.row.id ?? null, opened?.messages[opened.messages.length - 1]?.id ?? 0, signal);
      },
      onEvent: (event) => this.onEvent(event),
      onLink: (link) => {
        const back = this.state.link === "lost" && link === "live";
        this.set({ link: link === "connecting" && this.state.link === "lost" ? "lost" : link });
        if (back) void this.list();
      },
      onRefused: (error) => {
        if (error instanceof ApiError && error.status === 401) {
          this.leave("登录已失效，请重新登录");
          return true;
        }
        return false;
      },
    });
  }

  private restartStream(): void {
    this.stream.close();
    this.stream = this.newStream();
    this.stream.start();
  }

  private onEvent({ event, data }: ServerEvent): void {
    if (event === "hello") return;
    const { value } = JSON.parse(data) as { value: unknown };
    if (event === "rows") this.takeRows(value as Row[]);
    else if (event === "message") this.takeMessage(value as DeskMessage);
    else if (event === "note") this.amend((opened) => ({ notes: withNote(opened.notes, value as Note) }));
    else if (event === "satisfaction") this.amend(() => ({ satisfaction: value as number }));
    else if (event === "labels") this.amend(() => ({ labels: value as string[] }));
  }

  private takeRows(changed: readonly Row[]): void {
    this.all = merge(this.all, changed, false);
    const rows = this.state.listed === "all" ? this.all : merge(this.state.rows, changed, true);
    this.set({ rows, waiting: waitingIn(this.all) });
    const mine = changed.find((row) => row.id === this.state.opened?.row.id);
    if (mine) this.amend(() => ({ row: mine }));
  }

  private amend(change: (opened: Opened) => Partial<Opened>): void {
    const { opened } = this.state;
    if (opened) this.set({ opened: { ...opened, ...change(opened) } });
  }

  private takeMessage(message: DeskMessage): void {
    const { opened } = this.state;
    if (!opened || opened.messages.some((known) => known.id === message.id)) return;
    this.amend(() => ({ messages: [...opened.messages, message].sort((a, b) => a.id - b.id) }));
    if (message.author === "user") void this.suggest(opened.row.id);
    if (document.visibilityState === "visible") void this.markRead(opened.row.id, message.id);
  }

  private async markRead(id: string, last: number): Promise<void> {
    // Not worth a word to the agent when it fails: the next message tries again.
    await api.read(id, last).catch(() => undefined);
  }

  // --- the list ------------------------------------------------------------------------------------

  async list(query = this.state.listed === "search" ? this.state.query : ""): Promise<void> {
    const turn = ++this.listing;
    const found = await this.attempt(() => api.list(query));
    if (!found || turn !== this.listing) return;
    if (!query) this.all = found.rows;
    const change: Partial<State> = { knownLabels: found.labels, inHours: found.open, waiting: waitingIn(this.all) };
    if (query) Object.assign(change, { rows: found.rows, listed: "search", behind: null });
    else if (this.state.listed !== "number") Object.assign(change, { rows: found.rows, listed: "all" });
    this.set(change);
  }

  search(query: string): void {
    this.set({ query, ...(query.trim() ? {} : { listed: "all", rows: this.all, behind: null }) });
    void this.list(query.trim());
  }

  filterLabel(label: string): void {
    this.set({ label });
  }

  async showBehind(behind: Behind): Promise<void> {
    const found = await this.attempt(() => api.behind(behind.number, behind.day, behind.from, behind.to));
    if (!found) return;
    this.listing += 1;
    this.set({ view: "conversations", listed: "number", behind, rows: found.rows, query: "", label: "" });
  }

  clearFilter(): void {
    this.set({ listed: "all", behind: null, query: "", label: "", rows: this.all });
    void this.list("");
  }

  // --- one conversation -------------------------------------------------------------------------------

  async open(id: string): Promise<void> {
    this.set({ opening: id, view: "conversations" });
    const opened = await this.attempt(() => api.open(id));
    if (this.state.opening !== id) return;
    if (!opened) return this.set({ opening: null });
    this.set({ opened, opening: null, suggestions: [] });
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    this.restartStream();
    void this.suggest(id);
    void this.markRead(id, opened.row.last_id);
  }

  async earlier(): Promise<void> {
    const { opened } = this.state;
    const first = opened?.messages[0]?.id ?? 1;
    if (!opened || first <= 1) return;
    const found = await this.attempt(() => api.earlier(opened.row.id, first));
    if (found) this.amend((now) => ({ messages: [...found.messages, ...now.messages] }));
  }

  leaveConversation(): void {
    this.set({ opened: null, suggestions: [] });
    history.replaceState(null, "", location.pathname);
    this.restartStream();
  }

  private async suggest(id: string): Promise<void> {
    const turn = ++this.suggesting;
    try {
      const found = await api.suggestions(id);
      if (turn !== this.suggesting || this.state.opened?.row.id !== id) return;
      this.set({ suggestions: found.suggestions });
      this.amend(() => ({ case: found.case }));
    } catch (error) {
      // Suggestions are a help: without them the agent writes.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  private async change(work: (id: string) => Promise<{ row: Row }>, done: string): Promise<void> {
    const id = this.state.opened?.row.id;
    if (!id) return;
    const changed = await this.attempt(() => work(id));
    if (changed) {
      this.takeRows([changed.row]);
      this.say(done);
    } else void this.list();
  }

  claim(force = false): Promise<void> {
    return this.change((id) => api.claim(id, force), "已接手，助手不再应答");
  }

  handBack(): Promise<void> {
    return this.change(api.handBack, "已交还助手");
  }

  close(): Promise<void> {
    return this.change(api.close, "已结束，正在请客户评价");
  }

  draft(): Draft {
    return this.state.drafts[this.state.opened?.row.id ?? ""] ?? EMPTY;
  }

  write(text: string, suggestion: Draft["suggestion"] = this.draft().suggestion): void {
    const id = this.state.opened?.row.id;
    if (!id) return;
    const draft = { text, suggestion: text ? suggestion : null, clientId: this.draft().clientId || newId() };
    this.set({ drafts: { ...this.state.drafts, [id]: draft } });
  }

  /** Puts a text into the reply; what is there already stays, unless it is an untouched suggestion. */
  insert(text: string, fact: string | null): boolean {
    if (!this.state.opened) return false;
    const { text: before, suggestion } = this.draft();
    const untouched = suggestion !== null && suggestion.text === before;
    const whole = before.trim() && !untouched ? `${before.trimEnd()}\n${text}` : text;
    this.write(whole, { fact, text: whole });
    return true;
  }

  useSuggestion(place: number): void {
    const chosen = this.state.suggestions[place];
    if (chosen) this.insert(chosen.text, chosen.fact);
  }

  async send(): Promise<void> {
    const { opened, sending } = this.state;
    const draft = this.draft();
    if (!opened || sending || !draft.text.trim()) return;
    const id = opened.row.id;
    this.set({ sending: true });
    const fact = draft.suggestion?.fact;
    const sent = await this.attempt(() =>
      api.say(id, {
        client_id: draft.clientId,
        text: draft.text.trim(),
        ...(fact ? { suggestion: fact, edited: draft.text !== draft.suggestion?.text } : {}),
      }),
    );
    this.set({ sending: false });
    if (!sent) return;
    const { [id]: _, ...drafts } = this.state.drafts;
    this.set({ drafts });
    if (this.state.opened?.row.id === id) this.takeMessage(sent.message);
  }

  async note(text: string): Promise<boolean> {
    const id = this.state.opened?.row.id;
    if (!id) return false;
    const kept = await this.attempt(() => api.note(id, text));
    if (kept) this.amend((opened) => ({ notes: withNote(opened.notes, kept.note) }));
    return kept !== null;
  }

  async labels(labels: string[]): Promise<void> {
    const id = this.state.opened?.row.id;
    if (!id) return;
    const kept = await this.attempt(() => api.labels(id, labels));
    if (!kept) return;
    this.amend((opened) => ({ labels: kept.labels, row: { ...opened.row, labels: kept.labels } }));
    this.set({ knownLabels: [...new Set([...this.state.knownLabels, ...kept.labels])] });
  }

  // --- look-up and numbers --------------------------------------------------------------------------

  /** Looks up what is typed. While one request is under way only the newest query waits. */
  async lookup(query: string, changeType: string, subjectKind: string): Promise<void> {
    this.lookupNext = [query, changeType, subjectKind];
    if (this.lookupBusy) return;
    this.lookupBusy = true;
    try {
      while (this.lookupNext) {
        const [q, type, kind]: [string, string, string] = this.lookupNext;
        this.lookupNext = null;
        if (!q.trim()) {
          this.set({ found: null });
          continue;
        }
        const begun = performance.now();
        const found = await this.attempt(() => api.lookup(q, type, kind));
        if (found) this.set({ found, lookupMs: performance.now() - begun });
      }
    } finally {
      this.lookupBusy = false;
    }
  }

  async count(from: string, to: string): Promise<void> {
    const numbers = await this.attempt(() => api.numbers(from, to));
    if (numbers) this.set({ numbers });
  }
}

function withNote(notes: readonly Note[], note: Note): Note[] {
  return notes.some((known) => known.n === note.n) ? [...notes] : [...notes, note];
}

function waitingIn(rows: readonly Row[]): number {
  return rows.filter((row) => row.mode === "waiting").length;
}
