// The desk's state, and everything that changes it.
import { EventStream, type ServerEvent } from "../shared/sse";
import { ApiError, newId } from "../shared/request";
import { api } from "./api";
import { Caller, calls, changedHands, countCalls, newCalls } from "./calling";
import { type Draft, type Drafts, EMPTY, keepDrafts, readDrafts, withDraft } from "./drafts";
import { merge } from "./list";
import { type Place, readPlace, type Show, START, type View, writePlace } from "./place";
import type { DeskEvents, DeskMessage, Found, Mode, Note, Numbers, OpenQuestion, Opened, HoursNow, Profile, Row, Snippet, Snippets, Suggestion, Told } from "../shared/types";

export type { View } from "./place";

export interface Behind {
  title: string;
  number: string;
  day: string;
  from: string;
  to: string;
}

/** An act that has something to be settled before: what is open, or what was written and not sent. */
export interface Asking {
  act: "hand-back" | "close";
  id: string;
}

export interface State {
  phase: "loading" | "login" | "ready";
  accounts: boolean;
  profile: Profile | null;
  view: View;
  place: Place;
  link: "connecting" | "live" | "lost";
  rows: readonly Row[];
  listed: "all" | "search" | "number";
  query: string;
  /** Where the search goes on: the time of the last message found, null at the end. */
  searchBefore: number | null;
  label: string;
  behind: Behind | null;
  knownLabels: readonly string[];
  inHours: boolean;
  counts: Readonly<Record<Mode, number>>;
  /** The same of the rows with the label that is filtered by. */
  labelled: Readonly<Record<Mode, number>> | null;
  /** How many rows call this agent. */
  calling: number;
  /** The conversations that are the agent's own, and those of them with a message that has no reply. */
  mine: number;
  owed: number;
  opened: Opened | null;
  opening: string | null;
  suggestions: readonly Suggestion[];
  /** The canned replies, the variables there are in them, and what the case fills in. */
  snippets: readonly Snippet[];
  variables: readonly string[];
  values: Readonly<Record<string, string>>;
  /** What the customer asked a person and nobody has answered. */
  left: readonly OpenQuestion[];
  /** Whether the customer has the conversation open; null where that is not known. */
  present: boolean | null;
  asking: Asking | null;
  /** Whether the drawer with suggestions and notes is open, where there is no room beside the talk. */
  side: boolean;
  drafts: Drafts;
  sending: boolean;
  /** A reply that was held back, because numbers in it would not reach the customer. */
  hides: { id: string; text: string; words: string } | null;
  /** What screen readers are told. */
  spoken: string;
  toast: { text: string; bad: boolean; n: number } | null;
  found: Found | null;
  lookupMs: number;
  numbers: Numbers | null;
}

const TOAST_MS = 4_000;

const NONE: Record<Mode, number> = { waiting: 0, human: 0, bot: 0, closed: 0 };

export class Desk {
  state: State = {
    phase: "loading",
    accounts: true,
    profile: null,
    view: "conversations",
    place: START,
    link: "connecting",
    rows: [],
    listed: "all",
    query: "",
    searchBefore: null,
    label: "",
    behind: null,
    knownLabels: [],
    inHours: true,
    counts: NONE,
    labelled: null,
    calling: 0,
    mine: 0,
    owed: 0,
    opened: null,
    opening: null,
    suggestions: [],
    snippets: [],
    variables: [],
    values: {},
    left: [],
    present: null,
    asking: null,
    side: false,
    drafts: {},
    sending: false,
    hides: null,
    spoken: "",
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
  private acting = "";
  /** The reply that is being sent, if any: over when it is known whether it arrived. */
  private underWay: Promise<void> = Promise.resolve();
  readonly caller = new Caller();

  constructor() {
    this.stream = this.newStream();
    window.addEventListener("popstate", () => void this.goTo(readPlace(location.hash)));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.caller.quiet();
    });
  }

  get me(): string {
    return this.state.profile?.name ?? "";
  }

  /** The conversation on the page, whether it is loaded yet or not. */
  get current(): string | null {
    return this.state.opening ?? this.state.opened?.row.id ?? null;
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
    this.set({ phase: "ready", profile, inHours: profile.open, drafts: readDrafts(profile.name) });
    this.stream.start();
    void this.attempt(api.snippets).then((found) => found && this.takeSnippets(found));
    const place = readPlace(location.hash);
    this.set({ place, view: place.view, label: place.label });
    await this.list();
    // Whoever has gone elsewhere meanwhile stays there.
    if (this.state.place === place) await this.goTo(place);
  }

  // --- the address --------------------------------------------------------------------------------

  /** Notes where the desk is; another view or conversation is a step that can be taken back. */
  private moved(change: Partial<Place>): void {
    const before = this.state.place;
    const place = { ...before, ...change };
    const address = writePlace(place);
    this.set({ place });
    if (writePlace(before) === address && location.hash === address) return;
    const step = before.view !== place.view || (place.open !== null && before.open !== null && before.open !== place.open);
    const opens = before.open === null && place.open !== null;
    history[step || opens ? "pushState" : "replaceState"](null, "", address);
  }

  /** Shows what an address names: after a reload, or back and forward. */
  private async goTo(place: Place): Promise<void> {
    if (this.state.phase !== "ready") return;
    this.set({ place, view: place.view, label: place.label });
    if (place.view === "lookup" && place.query && place.query !== this.state.found?.query) {
      void this.lookup(place.query, "", "");
    }
    if (place.view !== "conversations") return;
    if (place.query !== this.state.query) this.search(place.query);
    if (place.open === null) this.shut();
    else if (place.open !== this.current) await this.open(place.open);
  }

  private leave(text: string): void {
    this.stream.close();
    this.all = [];
    this.caller.show(0, []);
    // What was written stays for the next log-in of this page; what was read goes.
    this.set({
      phase: "login", profile: null, rows: [], opened: null, opening: null, suggestions: [], left: [], asking: null,
      found: null, numbers: null, listed: "all", query: "", behind: null, calling: 0, mine: 0, owed: 0,
    });
    this.say(text);
  }

  async logout(everywhere: boolean): Promise<void> {
    await this.attempt(() => (everywhere ? api.logoutEverywhere() : api.logout()));
    this.keep({});
    this.leave(everywhere ? "已在所有设备上退出" : "已退出");
  }

  async changePassword(old: string, fresh: string): Promise<void> {
    await api.password(old, fresh);
    this.leave("口令已改，请重新登录");
  }

  show(view: View): void {
    this.set({ view });
    const { place, found } = this.state;
    const query = view === "lookup" ? (found?.query ?? "") : view === "conversations" ? this.state.query : "";
    this.moved({ ...place, view, query, open: view === "conversations" ? this.current : place.open });
  }

  showSide(side: boolean): void {
    this.set({ side });
  }

  filter(show: Show): void {
    this.moved({ show });
  }

  period(from: string, to: string): void {
    this.moved({ from, to });
  }

  // --- what happens --------------------------------------------------------------------------------

  private newStream(): EventStream {
    return new EventStream({
      connect: (signal) => {
        const opened = this.state.opened;
        const last = opened?.later ? opened.row.last_id : (opened?.messages[opened.messages.length - 1]?.id ?? 0);
        return api.events(opened?.row.id ?? null, last, signal);
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
    const told = { event, data: (JSON.parse(data) as { value: unknown }).value } as Told<DeskEvents>;
    if (told.event === "rows") this.takeRows(told.data);
    else if (told.event === "message") this.takeMessage(told.data);
    else if (told.event === "note") this.amend((opened) => ({ notes: withNote(opened.notes, told.data) }));
    else if (told.event === "satisfaction") this.amend(() => ({ satisfaction: told.data }));
    else if (told.event === "labels") this.amend(() => ({ labels: told.data }));
    else if (told.event === "hours") this.takeHours(told.data);
    else if (told.event === "away") this.amendProfile({ away_until: told.data });
    else if (told.event === "snippets") this.set({ snippets: told.data });
    else if (told.event === "deleted") this.forget(told.data);
    else if (told.event === "case") this.amend(() => ({ case: told.data }));
    else if (told.event === "counts") this.takeCounts(told.data);
  }

  private takeCounts(counts: Readonly<Partial<Record<Mode, number>>>): void {
    this.set({ counts: { ...NONE, ...counts } });
    this.recount();
  }

  private takeHours({ open, hours, next }: HoursNow): void {
    this.set({ inHours: open });
    this.amendProfile({ hours, next });
  }

  takeSnippets({ snippets, variables }: Snippets): void {
    this.set({ snippets, variables });
  }

  private amendProfile(change: Partial<Profile>): void {
    const { profile } = this.state;
    if (profile) this.set({ profile: { ...profile, ...change } });
  }

  /** Away from `begin` (null: from now) until then, in seconds since 1970; null: back. */
  async beAway(begin: number | null, until: number | null): Promise<boolean> {
    return (await this.attempt(() => api.away(begin, until))) !== null;
  }

  private takeRows(changed: readonly Row[]): void {
    const before = this.all;
    const theirs = changed.filter((row) => row.id !== this.acting);
    for (const words of changedHands(before, theirs, this.me)) {
      this.say(words);
      this.speak(words);
    }
    const calling = newCalls(before, theirs, this.me).filter((row) => !this.looksAt(row.id));
    if (calling.length > 0) {
      this.caller.call(calling);
      this.speak(calling.length === 1 && calling[0]?.mode === "human" ? "您的客户写了新消息" : `${calling.length} 个会话在等`);
    }
    this.all = merge(before, changed, false);
    const rows = this.state.listed === "all" ? this.all : merge(this.state.rows, changed, true);
    this.set({ rows });
    this.recount();
    const mine = changed.find((row) => row.id === this.state.opened?.row.id);
    if (mine) this.amend(() => ({ row: mine }));
  }

  /** A conversation that an admin has removed. */
  private forget(id: string): void {
    this.all = this.all.filter((row) => row.id !== id);
    this.set({ rows: this.state.rows.filter((row) => row.id !== id) });
    this.recount();
    if (this.current === id) this.leaveConversation();
  }

  private looksAt(id: string): boolean {
    const { view, opened } = this.state;
    return view === "conversations" && opened?.row.id === id && document.visibilityState === "visible";
  }

  private speak(spoken: string): void {
    this.set({ spoken: "" });
    window.setTimeout(() => this.set({ spoken }), 50);
  }

  private recount(): void {
    const { counts } = this.state;
    const rows = this.all.filter((row) => calls(row, this.me));
    const calling = countCalls(rows, counts.waiting);
    const mine = this.all.filter((row) => row.mode === "human" && row.agent === this.me);
    this.set({ calling, mine: mine.length, owed: mine.filter((row) => row.unanswered !== null).length });
    this.caller.show(calling, rows);
  }

  private amend(change: (opened: Opened) => Partial<Opened>): void {
    const { opened } = this.state;
    if (opened) this.set({ opened: { ...opened, ...change(opened) } });
  }

  private takeMessage(message: DeskMessage): void {
    const { opened } = this.state;
    if (!opened || opened.messages.some((known) => known.id === message.id)) return;
    // Whoever of the agents wrote it: what was asked for before knows nothing of it.
    if (message.author === "agent") this.set({ left: [] });
    // Where older messages are looked at, there is a gap to the newest.
    if (opened.later) return this.amend(() => ({ later: true }));
    this.amend(() => ({ messages: [...opened.messages, message].sort((a, b) => a.id - b.id) }));
    if (message.author === "user" || message.author === "agent") void this.suggest(opened.row.id);
    if (document.visibilityState === "visible") void this.markRead(opened.row.id, message.id);
  }

  private async markRead(id: string, last: number): Promise<void> {
    // Not worth a word to the agent when it fails: the next message tries again.
    await api.read(id, last).catch(() => undefined);
  }

  // --- the list ------------------------------------------------------------------------------------

  async list(query = this.state.listed === "search" ? this.state.query : ""): Promise<void> {
    const turn = ++this.listing;
    const found = await this.attempt(() => api.list({ q: query, label: this.state.label }));
    if (!found || turn !== this.listing) return;
    const change: Partial<State> = { knownLabels: found.labels, inHours: found.open };
    if (!query) {
      const { label } = this.state;
      this.all = label ? merge(this.all, found.rows, false) : found.rows;
      change[label ? "labelled" : "counts"] = { ...NONE, ...found.counts };
      if (!label) change.labelled = null;
    }
    if (query) Object.assign(change, { rows: found.rows, listed: "search", behind: null, searchBefore: found.before });
    else if (this.state.listed !== "number") Object.assign(change, { rows: found.rows, listed: "all" });
    this.set(change);
    this.recount();
  }

  /** The results before those shown. */
  async searchOn(): Promise<void> {
    const { query, searchBefore, rows } = this.state;
    if (searchBefore === null) return;
    const found = await this.attempt(() => api.list({ q: query.trim(), before: String(searchBefore) }));
    if (!found || this.state.query !== query) return;
    const known = new Set(rows.map((row) => row.id));
    this.set({ rows: [...rows, ...found.rows.filter((row) => !known.has(row.id))], searchBefore: found.before });
  }

  openLongest(): void {
    const first = this.all.find((row) => row.mode === "waiting");
    if (first) void this.open(first.id);
    else this.say("没有人在等");
  }

  /** Looks a customer's question up, as it was asked. */
  lookUpAbout(question: string): void {
    void this.lookup(question, "", "");
    this.show("lookup");
  }

  /** The next rows of a section. */
  async more(mode: Mode): Promise<void> {
    const of = this.loaded(mode);
    const last = of[of.length - 1];
    if (!last) return;
    const after = `${mode === "waiting" ? last.since : last.updated},${last.id}`;
    const found = await this.attempt(() => api.list({ modes: mode, after, label: this.state.label }));
    if (!found) return;
    this.all = merge(this.all, found.rows, false);
    if (this.state.listed === "all") this.set({ rows: this.all });
  }

  /** Whether the database has more of a section than the page. */
  hasMore(mode: Mode): boolean {
    const { listed, counts, labelled } = this.state;
    return listed === "all" && (labelled ?? counts)[mode] > this.loaded(mode).length;
  }

  private loaded(mode: Mode): Row[] {
    const { label } = this.state;
    return this.all.filter((row) => row.mode === mode && (!label || row.labels.includes(label)));
  }

  search(query: string): void {
    this.set({ query, ...(query.trim() ? {} : { listed: "all", rows: this.all, behind: null }) });
    this.moved({ query: query.trim() });
    void this.list(query.trim());
  }

  filterLabel(label: string): void {
    this.set({ label });
    this.moved({ label });
    void this.list();
  }

  async showBehind(behind: Behind): Promise<void> {
    const found = await this.attempt(() => api.behind(behind.number, behind.day, behind.from, behind.to));
    if (!found) return;
    this.listing += 1;
    this.set({ view: "conversations", listed: "number", behind, rows: found.rows, query: "", label: "" });
    this.moved({ view: "conversations", query: "", label: "", open: this.current });
  }

  clearFilter(): void {
    this.set({ listed: "all", behind: null, query: "", label: "", rows: this.all });
    this.moved({ query: "", label: "" });
    void this.list("");
  }

  // --- one conversation -------------------------------------------------------------------------------

  /** Opens a conversation. From this moment nothing of the one before can be seen or acted on. */
  async open(id: string, around = this.matched(id)): Promise<void> {
    this.set({
      opening: id, opened: null, suggestions: [], values: {}, left: [], present: null, asking: null, side: false,
      view: "conversations",
    });
    this.moved({ view: "conversations", open: id, query: this.state.query.trim() });
    const opened = await this.attempt(() => api.open(id, around));
    if (this.state.opening !== id) return;
    if (!opened) {
      this.set({ opening: null });
      this.moved({ open: null });
      return;
    }
    this.set({ opened, opening: null });
    this.restartStream();
    void this.suggest(id);
    void this.markRead(id, opened.row.last_id);
  }

  /** The message a search found in a conversation; 0 without one. */
  private matched(id: string): number {
    return (this.state.listed === "search" && this.state.rows.find((row) => row.id === id)?.matched?.message) || 0;
  }

  async earlier(): Promise<void> {
    const { opened } = this.state;
    const first = opened?.messages[0]?.id ?? 1;
    if (!opened || first <= 1) return;
    const found = await this.attempt(() => api.earlier(opened.row.id, first));
    if (!found || this.state.opened?.row.id !== opened.row.id) return;
    this.amend((now) => ({ messages: [...found.messages.filter(({ id }) => id < (now.messages[0]?.id ?? 0)), ...now.messages] }));
  }

  /** From a message far back to the newest ones. */
  async newest(): Promise<void> {
    const id = this.state.opened?.row.id;
    if (id) await this.open(id, 0);
  }

  leaveConversation(): void {
    this.shut();
    this.moved({ open: null });
  }

  private shut(): void {
    if (this.current === null) return;
    this.set({ opened: null, opening: null, suggestions: [], left: [], asking: null });
    this.restartStream();
  }

  private async suggest(id: string): Promise<void> {
    const turn = ++this.suggesting;
    try {
      const found = await api.suggestions(id);
      if (turn !== this.suggesting || this.state.opened?.row.id !== id) return;
      this.set({ suggestions: found.suggestions, left: found.open, present: found.present, values: found.variables });
      this.amend(() => ({ case: found.case }));
    } catch (error) {
      // Suggestions are a help: without them the agent writes.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  private async change(work: (id: string) => Promise<{ row: Row }>, done: string): Promise<void> {
    const id = this.state.opened?.row.id;
    if (!id) return;
    this.acting = id;
    const changed = await this.attempt(() => work(id));
    if (changed) {
      this.takeRows([changed.row]);
      this.say(done);
    } else void this.list();
    this.acting = "";
  }

  claim(force = false): Promise<void> {
    return this.change((id) => api.claim(id, force), "已接手，助手不再应答");
  }

  /** Ends the agent's part; what is open, or written and not sent, is asked about first. */
  async finish(act: Asking["act"]): Promise<void> {
    const id = this.state.opened?.row.id;
    if (!id) return;
    // A reply on its way is not unsent, and may answer what is open.
    await this.underWay;
    if (this.state.opened?.row.id !== id) return;
    const isMine = this.state.opened.row.mode === "human";
    if (isMine && (this.state.left.length > 0 || this.draft(id).text.trim())) this.set({ asking: { act, id } });
    else await (act === "close" ? this.close() : this.handBack(false));
  }

  settle(answer: boolean | null): Promise<void> {
    const { asking } = this.state;
    this.set({ asking: null });
    if (!asking || answer === null || asking.id !== this.state.opened?.row.id) return Promise.resolve();
    return asking.act === "close" ? this.close() : this.handBack(answer);
  }

  private handBack(answer: boolean): Promise<void> {
    return this.change((id) => api.handBack(id, answer), answer ? "已交还，助手正在回答" : "已交还助手");
  }

  private close(): Promise<void> {
    return this.change(api.close, "已结束");
  }

  transfer(to: string): Promise<void> {
    return this.change((id) => api.transfer(id, to), `已转给 ${to}`);
  }

  toQueue(): Promise<void> {
    return this.change(api.queue, "已放回等待人工");
  }

  /** Sets a part of the customer's case right; null forgets it. */
  async correct(part: string, value: string | null): Promise<void> {
    const id = this.state.opened?.row.id;
    if (!id) return;
    const kept = await this.attempt(() => api.correct(id, { [part]: value }));
    if (!kept || this.state.opened?.row.id !== id) return;
    this.amend(() => ({ case: kept.case }));
    void this.suggest(id);
  }

  // --- what is written ----------------------------------------------------------------------------------

  draft(id: string): Draft {
    return this.state.drafts[id] ?? EMPTY;
  }

  private keep(drafts: Drafts): void {
    this.set({ drafts });
    keepDrafts(this.me, drafts);
  }

  /** Keeps what is written to the customer of this conversation, whichever is on the page. */
  write(id: string, text: string, suggestion: Draft["suggestion"] = this.draft(id).suggestion): void {
    const clientId = this.draft(id).clientId || newId();
    this.keep(withDraft(this.state.drafts, id, { text, suggestion: text ? suggestion : null, clientId }));
  }

  writeNote(id: string, note: string): void {
    this.keep(withDraft(this.state.drafts, id, { note }));
  }

  /** Puts a text into the reply; what is there already stays, unless it is an untouched suggestion. */
  insert(text: string, fact: string | null): boolean {
    const id = this.state.opened?.row.id;
    if (!id) return false;
    const { text: before, suggestion } = this.draft(id);
    const untouched = suggestion !== null && suggestion.text === before;
    const whole = before.trim() && !untouched ? `${before.trimEnd()}\n${text}` : text;
    this.write(id, whole, { fact, text: whole });
    return true;
  }

  useSuggestion(place: number): void {
    const chosen = this.state.suggestions[place];
    if (chosen) this.insert(chosen.text, chosen.fact);
  }

  /** Sends what was written in conversation `id`, if that is the one on the page. */
  send(id: string): Promise<void> {
    const draft = this.draft(id);
    if (this.state.opened?.row.id !== id || this.state.sending || !draft.text.trim()) return this.underWay;
    this.set({ sending: true });
    return (this.underWay = this.deliver(id, draft));
  }

  private async deliver(id: string, draft: Draft): Promise<void> {
    const fact = draft.suggestion?.fact;
    const sent = await this.attempt(async () => {
      try {
        return await api.say(id, {
          client_id: draft.clientId,
          text: draft.text.trim(),
          // Whoever sends the same again has read the warning.
          warn: this.state.hides?.text !== draft.text,
          ...(fact ? { suggestion: fact, offered: draft.suggestion?.text ?? "" } : {}),
        });
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "hidden") throw error;
        this.set({ hides: { id, text: draft.text, words: error.message } });
        return null;
      }
    });
    this.set({ sending: false });
    if (!sent) return;
    this.set({ hides: null });
    // What was typed meanwhile is a reply of its own.
    const now = this.draft(id);
    const rest = now.text === draft.text ? "" : now.text;
    this.keep(withDraft(this.state.drafts, id, { text: rest, suggestion: null, clientId: newId() }));
    if (this.state.opened?.row.id === id) this.takeMessage(sent.message);
  }

  async sendNote(id: string): Promise<void> {
    const text = this.draft(id).note.trim();
    if (!text) return;
    const kept = await this.attempt(() => api.note(id, text));
    if (!kept) return;
    this.writeNote(id, "");
    if (this.state.opened?.row.id === id) this.amend((opened) => ({ notes: withNote(opened.notes, kept.note) }));
  }

  async labels(add: string[], remove: string[] = []): Promise<void> {
    const id = this.state.opened?.row.id;
    if (!id) return;
    const kept = await this.attempt(() => api.labels(id, add, remove));
    if (!kept || this.state.opened?.row.id !== id) return;
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
        if (!found) continue;
        this.set({ found, lookupMs: performance.now() - begun });
        if (this.state.view === "lookup") this.moved({ query: q.trim() });
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
