// Talk with the host page through the loader. Only the page that embeds this frame is listened to and told.

/** What the page wants. Each has an id, and is said again until it is confirmed. */
export type Command =
  | { beian: "open"; ask: string; id: string }
  | { beian: "close" | "reset" }
  | { beian: "prefill"; text: string }
  | { beian: "set"; look: Record<string, string> }
  | { beian: "context"; context: Record<string, string> | null };

export interface FrameState {
  /** 0 closed, 1 open, 2 open and enlarged. */
  open: 0 | 1 | 2;
  unread: number;
  /** Of the closed frame, in pixels; null for that of the button alone. */
  size: readonly [number, number] | null;
  /** The frame's name, in the language of the interface. */
  label: string;
  /** Colour of the window's edge, for what a full screen leaves free beside it. */
  ground: string;
}

const MOST_CHARACTERS = 500;
const MOST_REMEMBERED = 50;

function texts(given: unknown): Record<string, string> {
  if (typeof given !== "object" || given === null) return {};
  return Object.fromEntries(
    Object.entries(given)
      .filter((entry): entry is [string, string] => typeof entry[1] === "string")
      .map(([name, value]) => [name, value.slice(0, MOST_CHARACTERS)]),
  );
}

/** The command in a message of the page's, or null: the page may send anything. */
export function readCommand(data: unknown): Command | null {
  if (typeof data !== "object" || data === null) return null;
  const said = data as Record<string, unknown>;
  const id = typeof said.id === "string" && /^[\w.-]{1,64}$/.test(said.id) ? said.id : "";
  switch (said.beian) {
    case "open":
      return { beian: "open", ask: typeof said.ask === "string" ? said.ask.slice(0, MOST_CHARACTERS) : "", id };
    case "close":
    case "reset":
      return { beian: said.beian };
    case "prefill":
      return typeof said.text === "string" ? { beian: "prefill", text: said.text.slice(0, MOST_CHARACTERS) } : null;
    case "set":
      return { beian: "set", look: texts(said.look) };
    case "context":
      return { beian: "context", context: said.context === null ? null : texts(said.context) };
    default:
      return null;
  }
}

export class Bridge {
  private readonly done: string[] = [];

  constructor(
    private readonly host: string | null,
    private readonly self: Window = window,
  ) {}

  get embedded(): boolean {
    return this.self.parent !== this.self;
  }

  /** What the frame around this document needs to know. */
  tellState(state: FrameState): void {
    this.tell({ beian: "state", ...state });
  }

  tellReady(): void {
    this.tell({ beian: "ready" });
  }

  /** Something the page may want to know of; never what was said. */
  tellEvent(name: string, detail: object): void {
    this.tell({ beian: "event", name, detail });
  }

  /** Runs each command once, however often the page says it. */
  onCommand(run: (command: Command) => void): () => void {
    const listener = (event: MessageEvent<unknown>): void => {
      if (!this.embedded || event.source !== this.self.parent || event.origin !== this.host) return;
      const command = readCommand(event.data);
      if (!command) return;
      const id = String((event.data as { id?: unknown }).id ?? "");
      if (!id || !this.done.includes(id)) run(command);
      if (!id) return;
      this.done.push(id);
      if (this.done.length > MOST_REMEMBERED) this.done.shift();
      this.tell({ beian: "done", id });
    };
    this.self.addEventListener("message", listener);
    return () => this.self.removeEventListener("message", listener);
  }

  private tell(message: object): void {
    if (!this.embedded || !this.host) return;
    try {
      // The browser delivers it only if the embedding page is of this origin.
      this.self.parent.postMessage(message, this.host);
    } catch {
      // The tag named something that is no origin: the frame then works without the host page's help.
    }
  }
}
