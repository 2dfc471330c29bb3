// The conversation: what is known of it, and everything that keeps it whole over a bad network, a reload,
// a second tab and a restarted server. Knows nothing of the page.
import { ApiError, newId } from "../shared/request";
import type { Api } from "./api";
import { readMatter, type Matter } from "./matter";
import { Owed, type Outcome } from "./owed";
import { EventStream } from "../shared/sse";
import { clearStorage, read, readJson, write } from "./storage";
import { zhCN } from "./words/zh-CN";
import type { Outgoing } from "./outgoing";
import type { Config, CustomerEvents, FactText, Feedback, KnownQuestion, Message, Mode, Staffing, Told } from "../shared/types";

export interface State {
  phase: "loading" | "ready" | "failed";
  config: Config;
  messages: readonly Message[];
  outbox: readonly Outgoing[];
  mode: Mode;
  /** Someone at the other end is writing. */
  typing: boolean;
  link: "idle" | "live" | "connecting" | "lost" | "offline";
  /** How long the answer has been waited for: nothing unusual, slow, or given up. */
  patience: "fine" | "slow" | "gone";
  lastRead: number;
  /** What the host page says of the customer's matter, unless the customer took it away. */
  matter: Matter | null;
}

const DEFAULTS: Config = {
  title: zhCN.title,
  greeting: "",
  starters: [],
  limits: { text: 2000 },
  phone: "",
  kb_version: "",
  vocabulary: {},
  titles: {},
};
const SLOW_MS = 12_000;
const GONE_MS = 45_000;
const POLL_MS = 8_000;
const MOST_SERVER_ERRORS = 4;
const FIRST_START_MS = 2_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 20_000;
// A hidden page that waits for nothing lets go of its connection: browsers allow six to one host.
const HIDDEN_MS = 60_000;

type Shared = { kind: "ticks"; id: number; ticked: number[] } | { kind: "feedback"; id: number; feedback: Feedback | null };

/** Why something was not delivered: the server's words, and the status for where it had none. */
function why(error: ApiError): Pick<Outgoing, "reason" | "status"> {
  return { status: error.status, ...(error.said ? { reason: error.said } : {}) };
}

/** Runs in one tab at a time, where the browser lets this frame know of other tabs at all. */
async function alone<T>(name: string, run: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined;
  try {
    await navigator.locks.request(name, () => (begun = run()));
  } catch (error) {
    // No locks here, as in a frame whose storage the browser blocks; or the run itself failed.
    if (begun === undefined) return run();
    throw error;
  }
  return begun ?? run();
}

export class Conversation {
  private state: State;
  private session: string | null = read("session");
  private readonly listeners = new Set<() => void>();
  private readonly stream: EventStream;
  private readonly facts = new Map<string, Promise<FactText>>();
  private questions: Promise<KnownQuestion[]> | null = null;
  private channel: BroadcastChannel | null = null;
  private pumping = false;
  private serverErrors = 0;
  private pumpTimer = 0;
  private retryMs = FIRST_RETRY_MS;
  private readonly ticks = this.owed<number[]>("ticks", (session, id, ticked) => this.api.ticks(session, id, ticked));
  private readonly ratings = this.owed<Feedback | null>("ratings", (session, id, said) => this.api.feedback(session, id, said));
  private typingTimer = 0;
  private hiddenTimer = 0;
  private patienceTimers: number[] = [];
  private patienceFor = 0;

  constructor(private readonly api: Api) {
    this.state = {
      phase: "loading",
      // As it was last time: the telephone number is needed most when the server cannot be reached.
      config: { ...DEFAULTS, ...readJson<Partial<Config>>("config", {}) },
      messages: [],
      outbox: readJson<Outgoing[]>("outbox", []).map((entry) =>
        entry.state === "failed" ? entry : { ...entry, state: "queued" },
      ),
      mode: "bot",
      typing: false,
      link: navigator.onLine ? "idle" : "offline",
      patience: "fine",
      lastRead: Number(read("read")) || 0,
      matter: null,
    };
    this.stream = new EventStream({
      connect: (signal) => this.api.events(this.session ?? "", this.lastId, signal),
      onEvent: (event) => this.onEvent(event.event, event.data),
      onLink: (link) => this.set({ link: link === "lost" && !navigator.onLine ? "offline" : link }),
      onRefused: (error) => this.onRefused(error),
    });
  }

  private owed<Value>(key: string, send: (session: string, id: number, value: Value) => Promise<unknown>): Owed<Value> {
    const deliver = async (id: number, value: Value): Promise<void> => {
      if (!this.session) throw new ApiError(0);
      await send(this.session, id, value);
    };
    // What the server has instead is shown.
    return new Owed(key, deliver, () => void this.load());
  }

  // --- reading ------------------------------------------------------------------------------

  readonly get = (): State => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  get lastId(): number {
    return this.state.messages[this.state.messages.length - 1]?.id ?? 0;
  }

  /** Whether the customer waits for an answer of the assistant's. */
  get awaiting(): boolean {
    const { messages, outbox, mode } = this.state;
    if (mode === "waiting" || mode === "human") return false;
    if (outbox.some((entry) => entry.state === "sending" || entry.state === "sent")) return true;
    return messages[messages.length - 1]?.author === "user";
  }

  get unread(): number {
    const { messages, lastRead } = this.state;
    return messages.filter((one) => one.id > lastRead && (one.author === "bot" || one.author === "agent")).length;
  }

  // --- life -----------------------------------------------------------------------------------

  async start(): Promise<void> {
    this.listen();
    clearTimeout(this.startTimer);
    // Trying again by itself does not take the message off the screen.
    if (this.state.phase !== "failed") this.set({ phase: "loading" });
    const config = this.api.config().then(
      (found) => {
        this.set({ config: { ...DEFAULTS, ...found } });
        write("config", JSON.stringify(found));
        this.readContext();
      },
      (error: unknown) => error,
    );
    const history = this.session ? this.load() : Promise.resolve(true);
    const [configFailed, loaded] = await Promise.all([config, history]);
    if (configFailed && (this.session === null || !loaded)) {
      this.set({ phase: "failed" });
      this.startLater();
      return;
    }
    this.startMs = FIRST_START_MS;
    this.set({ phase: "ready" });
    if (this.session) this.stream.start();
    void this.pump();
  }

  private startMs = FIRST_START_MS;
  private startTimer = 0;

  private startLater(): void {
    this.startTimer = window.setTimeout(() => void this.start(), this.startMs * (0.75 + Math.random() / 2));
    this.startMs = Math.min(this.startMs * 2, LONGEST_RETRY_MS);
  }

  private listening = false;

  private listen(): void {
    if (this.listening) return;
    this.listening = true;
    window.addEventListener("online", () => {
      this.set({ link: this.stream.running ? "connecting" : "idle" });
      if (this.state.phase === "failed") return void this.start();
      this.stream.hurry();
      this.retryNow();
      this.flushOwed();
    });
    window.addEventListener("offline", () => this.set({ link: "offline" }));
    window.addEventListener("storage", (event) => {
      if (event.key === "beian.session" && event.newValue !== this.session) this.adopt(event.newValue);
      if (event.key === "beian.read") this.set({ lastRead: Number(event.newValue) || 0 });
    });
    document.addEventListener("visibilitychange", () => this.onVisibility());
    try {
      this.channel = new BroadcastChannel("beian");
    } catch {
      // Blocked with the storage: other tabs see ticks and thumbs when they read the history.
    }
    if (this.channel) {
      this.channel.onmessage = ({ data }: MessageEvent<Shared>) => {
        if (data.kind === "ticks") this.amend(data.id, { ticked: data.ticked });
        if (data.kind === "feedback") this.amend(data.id, { feedback: data.feedback });
      };
    }
  }

  private onVisibility(): void {
    clearTimeout(this.hiddenTimer);
    if (document.hidden) {
      this.hiddenTimer = window.setTimeout(() => {
        if (this.awaiting || this.state.mode === "waiting" || this.state.mode === "human") return;
        this.stream.close();
        this.set({ link: "idle" });
      }, HIDDEN_MS);
    } else if (this.session && this.state.phase === "ready") {
      this.stream.start();
      this.stream.hurry();
      this.retryNow();
    }
  }

  /** Takes over a session that another tab opened, or dropped. */
  private adopt(session: string | null): void {
    this.session = session;
    this.stream.close();
    this.set({ messages: [], mode: "bot", typing: false });
    if (session) void this.load().then(() => this.stream.start());
  }

  /** Reads the history from the server; true when it could be read. */
  private async load(): Promise<boolean> {
    const session = this.session;
    if (!session) return false;
    try {
      const history = await this.api.history(session);
      this.receive(history.messages);
      this.setMode(history.mode);
      this.flushOwed();
      return true;
    } catch (error) {
      return this.onRefused(error);
    }
  }

  private async ensureSession(): Promise<string> {
    if (this.session) return this.session;
    const open = async (): Promise<string> => {
      // Another tab may have been first.
      const found = read("session") ?? (await this.api.open());
      write("session", found);
      return found;
    };
    this.session = await alone("beian.session", open);
    this.stream.start();
    return this.session;
  }

  /** The server no longer knows this session: the next message opens a new one. */
  private forgetSession(): void {
    this.session = null;
    write("session", null);
    this.ticks.clear();
    this.ratings.clear();
    write("matter", null);
    this.stream.close();
    write("read", null);
    write("rated", null);
    // What only the lost conversation had goes to the new one.
    this.store(this.state.outbox.map((entry) => (entry.state === "sent" ? { ...entry, state: "queued" } : entry)));
    this.set({ messages: [], mode: "bot", typing: false, link: "idle", lastRead: 0 });
  }

  private onRefused(error: unknown): boolean {
    if (error instanceof ApiError && error.status === 401) {
      this.forgetSession();
      if (this.state.outbox.length > 0) this.retryNow();
      return true;
    }
    return false;
  }

  // --- what comes in ----------------------------------------------------------------------------

  private onEvent(event: string, data: string): void {
    const told = { event, data: JSON.parse(data) } as Told<CustomerEvents>;
    if (told.event === "message") this.receive([told.data]);
    else if (told.event === "mode") this.setMode(told.data.mode);
    else if (told.event === "typing") this.showTyping(told.data.on);
  }

  private setMode(mode: Mode): void {
    this.set({ mode });
  }

  private showTyping(on: boolean): void {
    clearTimeout(this.typingTimer);
    // An "off" that never comes must not leave the dots there for ever.
    if (on) this.typingTimer = window.setTimeout(() => this.set({ typing: false }), 20_000);
    this.set({ typing: on });
  }

  private receive(incoming: readonly Message[]): void {
    if (incoming.length === 0) return;
    const known = new Map(this.state.messages.map((one) => [one.id, one]));
    for (const one of incoming) {
      const [ticked, feedback] = [this.ticks.of(one.id), this.ratings.of(one.id)];
      known.set(one.id, { ...one, ...(ticked && { ticked }), ...(feedback !== undefined && { feedback }) });
    }
    const messages = [...known.values()].sort((a, b) => a.id - b.id);
    const arrived = new Set(incoming.map((one) => one.client_id));
    const outbox = this.state.outbox.filter((entry) => !arrived.has(entry.clientId));
    const answered = incoming.some((one) => one.author !== "user");
    if (outbox.length < this.state.outbox.length) this.store(outbox);
    this.set({ messages, outbox, ...(answered ? { typing: false } : {}) });
    this.watchPatience();
  }

  private amend(id: number, change: Partial<Message>): void {
    this.set({ messages: this.state.messages.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  }

  /** Follows how long the answer takes; asks for the history when the stream may have missed it. */
  private watchPatience(): void {
    const awaited = this.awaiting ? Math.max(this.lastId, 1) : 0;
    if (awaited === this.patienceFor) return;
    this.patienceFor = awaited;
    this.patienceTimers.forEach(clearTimeout);
    this.patienceTimers = [];
    this.set({ patience: "fine" });
    if (!awaited) return;
    const later = (ms: number, run: () => void): void => void this.patienceTimers.push(window.setTimeout(run, ms));
    const poll = async (): Promise<void> => {
      await this.catchUp();
      if (this.patienceFor === awaited) later(POLL_MS, () => void poll());
    };
    later(POLL_MS, () => void poll());
    later(SLOW_MS, () => this.set({ patience: "slow" }));
    later(GONE_MS, () => this.set({ patience: "gone" }));
  }

  private async catchUp(): Promise<void> {
    if (!this.session || this.state.link === "offline") return;
    try {
      const history = await this.api.history(this.session, this.lastId);
      this.receive(history.messages);
      this.setMode(history.mode);
    } catch (error) {
      this.onRefused(error);
    }
  }

  // --- what goes out ----------------------------------------------------------------------------

  /** Sends a text. With an id of the caller's own it is sent once, however often it is said. */
  send(text: string, clientId = newId()): void {
    const trimmed = text.trim();
    const { messages, outbox } = this.state;
    if (!trimmed || outbox.some((one) => one.clientId === clientId)) return;
    if (messages.some((one) => one.client_id === clientId)) return;
    const entry: Outgoing = { clientId, text: trimmed, at: new Date().toISOString(), state: "queued" };
    this.store([...this.state.outbox, entry]);
    if (this.state.mode === "closed") this.setMode("bot");
    this.markRead();
    this.retryNow();
  }

  /** Sends a message again that could not be delivered. */
  resend(clientId: string): void {
    this.change(clientId, { state: "queued" });
    this.serverErrors = 0;
    this.retryNow();
  }

  discard(clientId: string): void {
    this.store(this.state.outbox.filter((entry) => entry.clientId !== clientId));
    this.watchPatience();
  }

  /** Asks the last question again, after an answer that never came. */
  askAgain(): void {
    const { messages, outbox } = this.state;
    const stuck = outbox.find((entry) => entry.state === "sent");
    if (stuck) return this.resend(stuck.clientId);
    const last = [...messages].reverse().find((one) => one.author === "user");
    if (last) this.send(last.text);
  }

  private retryNow(): void {
    clearTimeout(this.pumpTimer);
    this.retryMs = FIRST_RETRY_MS;
    void this.pump();
  }

  private retryLater(seconds = 0): void {
    clearTimeout(this.pumpTimer);
    const wait = seconds > 0 ? seconds * 1000 : this.retryMs * (0.75 + Math.random() / 2);
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
    this.pumpTimer = window.setTimeout(() => void this.pump(), wait);
  }

  /** Delivers what is queued, one after the other, so that the order is the one it was written in. */
  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    try {
      for (;;) {
        const next = this.state.outbox.find((entry) => entry.state === "queued");
        if (!next) return;
        if (!(await this.deliver(next))) return;
      }
    } finally {
      this.pumping = false;
    }
  }

  private async deliver(entry: Outgoing): Promise<boolean> {
    if (!navigator.onLine) return false;
    this.change(entry.clientId, { state: "sending" });
    try {
      const session = await this.ensureSession();
      await this.tellMatter(session);
      await this.api.send(session, entry.clientId, entry.text);
      this.serverErrors = 0;
      this.retryMs = FIRST_RETRY_MS;
      this.change(entry.clientId, { state: "sent" });
      this.watchPatience();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.onUndelivered(entry, error);
    }
  }

  private onUndelivered(entry: Outgoing, error: ApiError): boolean {
    if (error.status === 401) {
      this.change(entry.clientId, { state: "queued" });
      this.forgetSession();
      this.serverErrors += 1;
      if (this.serverErrors < MOST_SERVER_ERRORS) return true;
    }
    if (error.status === 429) {
      this.change(entry.clientId, { state: "queued", ...why(error) });
      this.retryLater(error.retryAfter || 5);
      return false;
    }
    if (error.status >= 500) this.serverErrors += 1;
    if (error.unreachable || (error.status >= 500 && this.serverErrors < MOST_SERVER_ERRORS)) {
      this.change(entry.clientId, { state: "queued", ...why(error) });
      this.retryLater(error.retryAfter);
      return false;
    }
    this.serverErrors = 0;
    this.change(entry.clientId, { state: "failed", ...why(error) });
    return true;
  }

  private change(clientId: string, change: Partial<Outgoing>): void {
    this.store(
      this.state.outbox.map((entry) => {
        if (entry.clientId !== clientId) return entry;
        const { reason: _, status: __, ...rest } = entry;
        return { ...rest, ...change };
      }),
    );
  }

  private store(outbox: readonly Outgoing[]): void {
    write("outbox", outbox.length > 0 ? JSON.stringify(outbox) : null);
    this.set({ outbox });
  }

  // --- what the page knows ------------------------------------------------------------------------

  private context: Readonly<Record<string, string>> | null = null;

  /** What the host page says of the customer's matter; null where it says nothing any more. */
  setContext(context: Readonly<Record<string, string>> | null): void {
    const text = JSON.stringify(context);
    // Taken away by the customer, it stays away until the page says something else.
    if (text === read("context-removed", "session")) return;
    this.context = context;
    this.readContext();
  }

  removeContext(): void {
    write("context-removed", JSON.stringify(this.context), "session");
    this.context = null;
    this.readContext();
    if (this.session) void this.tellMatter(this.session).catch(() => undefined);
  }

  private readContext(): void {
    this.set({ matter: readMatter(this.context, this.state.config.vocabulary ?? {}) });
  }

  /** Tells the server what changed of it since it was told last: values anew, null for what is taken back. */
  private async tellMatter(session: string): Promise<void> {
    const told = readJson<Record<string, string>>("matter", {});
    const values = this.state.matter?.values ?? {};
    const changes: Record<string, string | null> = {};
    for (const slot of Object.keys({ ...told, ...values })) {
      if (told[slot] !== values[slot]) changes[slot] = values[slot] ?? null;
    }
    if (Object.keys(changes).length === 0) return;
    await this.api.context(session, changes);
    write("matter", Object.keys(values).length > 0 ? JSON.stringify(values) : null);
  }

  // --- the rest ------------------------------------------------------------------------------

  async restart(): Promise<void> {
    if (!this.session) return;
    this.store([]);
    await this.api.restart(this.session, newId());
    await this.catchUp();
  }

  /** Ends waiting for a person, or the talk with one. */
  async leave(): Promise<void> {
    if (!this.session) return;
    const { mode } = await this.api.leave(this.session);
    this.setMode(mode);
    await this.catchUp();
  }

  /** Forgets everything here: the next customer at this computer begins anew. What is stored stays stored. */
  reset(): void {
    if (this.session && (this.state.mode === "waiting" || this.state.mode === "human")) {
      void this.api.leave(this.session).catch(() => undefined);
    }
    this.context = null;
    this.store([]);
    this.forgetSession();
    clearStorage();
    this.set({ matter: null, patience: "fine" });
    this.watchPatience();
  }

  /** Deletes the conversation everywhere, and begins anew. Fails where the server could not do it. */
  async forget(): Promise<void> {
    if (this.session) {
      try {
        await this.api.forget(this.session);
      } catch (error) {
        // A session that the server does not know has nothing to delete.
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
      }
    }
    this.reset();
  }

  /** Keeps a thumb, null takes it back: here at once, on the server as soon as it can be reached. */
  async rate(id: number, feedback: Feedback | null): Promise<Outcome> {
    this.amend(id, { feedback });
    this.channel?.postMessage({ kind: "feedback", id, feedback } satisfies Shared);
    return this.ratings.keep(id, feedback);
  }

  /** Keeps a checklist's ticks: here at once, on the server as soon as it can be reached. */
  tick(id: number, ticked: number[]): void {
    this.amend(id, { ticked });
    this.channel?.postMessage({ kind: "ticks", id, ticked } satisfies Shared);
    void this.ticks.keep(id, ticked);
  }

  private flushOwed(): void {
    void this.ticks.flush();
    void this.ratings.flush();
  }

  async satisfaction(value: 0 | 1): Promise<void> {
    if (!this.session) return;
    await this.api.satisfaction(this.session, value);
  }

  /** Whether a person has served, is done, and the customer has not said yet whether it helped. */
  async mayRate(): Promise<boolean> {
    return this.session !== null && this.api.mayRate(this.session);
  }

  /** Whether people are there, and when. Fails where the server does not say. */
  async staffing(): Promise<Staffing> {
    if (!this.session) throw new ApiError(0);
    return this.api.staffing(this.session);
  }

  async download(id: number, kind: "txt" | "ics"): Promise<Blob> {
    if (!this.session) throw new ApiError(0);
    return this.api.download(this.session, id, kind);
  }

  fact(id: string): Promise<FactText> {
    const known = this.facts.get(id);
    if (known) return known;
    const asked = this.api.fact(id);
    this.facts.set(id, asked);
    // A failure is not kept: opening the source again asks again.
    asked.catch(() => this.facts.delete(id));
    return asked;
  }

  knownQuestions(): Promise<KnownQuestion[]> {
    if (!this.questions) {
      this.questions = this.api.questions();
      this.questions.catch(() => (this.questions = null));
    }
    return this.questions;
  }

  markRead(): void {
    if (this.state.lastRead >= this.lastId) return;
    write("read", String(this.lastId));
    this.set({ lastRead: this.lastId });
  }

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    this.listeners.forEach((listener) => listener());
  }
}
