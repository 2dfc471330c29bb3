// Server-Sent Events read from a fetch stream: EventSource can not send the session's header.

export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

/** Feeds on pieces of an event stream and calls `emit` for each whole event. */
export function parser(emit: (event: ServerEvent) => void): (piece: string) => void {
  let rest = "";
  let id = "";
  let event = "";
  let data: string[] = [];

  function line(text: string): void {
    if (text === "") {
      if (data.length > 0) emit({ id, event: event || "message", data: data.join("\n") });
      event = "";
      data = [];
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id") id = value;
  }

  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    lines.forEach(line);
  };
}

export interface StreamOptions {
  connect(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  onEvent(event: ServerEvent): void;
  onLink(link: "connecting" | "live" | "lost"): void;
  /** Told when the server refuses; returns true where trying again makes no sense. */
  onRefused(error: unknown): boolean;
}

// The server writes at least a comment every 15 s: after this long a silent connection is a dead one.
const SILENCE_MS = 40_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;

/** Keeps an event stream open: connects again after a break, waiting longer each time. */
export class EventStream {
  private stop: AbortController | null = null;
  private timer = 0;
  private failures = 0;

  constructor(private readonly options: StreamOptions) {}

  get running(): boolean {
    return this.stop !== null || this.timer !== 0;
  }

  start(): void {
    if (!this.running) void this.run();
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.stop?.abort();
    this.stop = null;
    this.failures = 0;
  }

  /** Tries at once instead of waiting, for when the network is known to be back. */
  hurry(): void {
    if (this.timer) {
      this.close();
      this.start();
    }
  }

  private async run(): Promise<void> {
    const stop = new AbortController();
    this.stop = stop;
    this.timer = 0;
    let watchdog = 0;
    const alive = (): void => {
      clearTimeout(watchdog);
      watchdog = window.setTimeout(() => stop.abort(), SILENCE_MS);
    };
    this.options.onLink("connecting");
    alive();
    let over = false;
    try {
      const reader = (await this.options.connect(stop.signal)).getReader();
      this.failures = 0;
      this.options.onLink("live");
      const decoder = new TextDecoder();
      const feed = parser((event) => this.options.onEvent(event));
      for (;;) {
        alive();
        const { done, value } = await reader.read();
        if (done) break;
        feed(decoder.decode(value, { stream: true }));
      }
    } catch (error) {
      over = this.options.onRefused(error);
    } finally {
      clearTimeout(watchdog);
    }
    // Closed, or closed and started anew meanwhile: the newer run is in charge.
    if (this.stop !== stop) return;
    this.stop = null;
    this.options.onLink("lost");
    if (over) return;
    const wait = Math.min(FIRST_RETRY_MS * 2 ** this.failures, LONGEST_RETRY_MS);
    this.failures += 1;
    // Spread, so that a restarted server is not met by every client in the same moment.
    this.timer = window.setTimeout(() => void this.run(), wait * (0.75 + Math.random() / 2));
  }
}
