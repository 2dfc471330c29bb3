// What the customer did to messages, as ticks and thumbs are, kept here until the server has it: over a bad
// network, a reload and a restarted server.
import { ApiError } from "../shared/request";
import { readJson, write } from "./storage";

const AGAIN_MS = 20_000;

/** Whether it may yet be taken: out of reach, too busy, or out of order. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.unreachable || error.status >= 429);
}

/** What became of a value: the server has it, will be given it, or will never take it. */
export type Outcome = "taken" | "kept" | "refused";

/** The newest value for each message that the server has not taken yet, by the message's id. */
export class Owed<Value> {
  private timer = 0;

  /**
   * @param key where it is stored
   * @param deliver rejects with an ApiError where the server does not take it
   * @param refused called after the server refused something for good: that is not kept any more
   */
  constructor(
    private readonly key: string,
    private readonly deliver: (id: number, value: Value) => Promise<unknown>,
    private readonly refused: () => void,
  ) {}

  of(id: number): Value | undefined {
    return this.all()[id];
  }

  /** Keeps a value in place of an older one, and tries to deliver everything. */
  async keep(id: number, value: Value): Promise<Outcome> {
    this.store({ ...this.all(), [id]: value });
    if ((await this.flush()).includes(id)) return "refused";
    return this.of(id) === undefined ? "taken" : "kept";
  }

  /** Delivers what is kept; what cannot be now is tried again by itself. The messages of what was refused. */
  async flush(): Promise<number[]> {
    clearTimeout(this.timer);
    const refused: number[] = [];
    for (const [name, value] of Object.entries(this.all())) {
      const id = Number(name);
      try {
        await this.deliver(id, value);
        this.drop(id, value);
      } catch (error) {
        if (isPassing(error)) {
          this.timer = window.setTimeout(() => void this.flush(), AGAIN_MS);
          break;
        }
        this.drop(id, value);
        refused.push(id);
      }
    }
    if (refused.length > 0) this.refused();
    return refused;
  }

  /** Forgets everything. */
  clear(): void {
    clearTimeout(this.timer);
    write(this.key, null);
  }

  private drop(id: number, value: Value): void {
    const all = this.all();
    // Changed again meanwhile: the newer value is still owed.
    if (JSON.stringify(all[id]) !== JSON.stringify(value)) return;
    delete all[id];
    this.store(all);
  }

  private all(): Record<number, Value> {
    return readJson<Record<number, Value>>(this.key, {});
  }

  private store(all: Record<number, Value>): void {
    write(this.key, Object.keys(all).length > 0 ? JSON.stringify(all) : null);
  }
}
