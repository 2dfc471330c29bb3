// Talk with the host page through the loader. Only the page that embeds this frame is listened to and told.

export interface Said {
  beian: "open";
  ask?: string;
}

export class Bridge {
  constructor(
    private readonly host: string | null,
    private readonly self: Window = window,
  ) {}

  get embedded(): boolean {
    return this.self.parent !== this.self;
  }

  /** `open`: 0 closed, 1 open, 2 open and enlarged. */
  tellState(open: 0 | 1 | 2, unread: number): void {
    this.tell({ beian: "state", open, unread });
  }

  tellReady(): void {
    this.tell({ beian: "ready" });
  }

  onOpen(run: (ask: string) => void): void {
    this.self.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (!this.embedded || event.source !== this.self.parent || event.origin !== this.host) return;
      const said = event.data as Partial<Said> | null;
      if (said?.beian === "open") run(typeof said.ask === "string" ? said.ask.slice(0, 500) : "");
    });
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
