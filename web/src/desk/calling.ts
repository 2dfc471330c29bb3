// Calling the agent: the tab's title and icon, and, for those who want it, a sound and a notification.
import { shortName } from "./list";
import type { Row } from "../shared/types";

const KEY = "beian.desk.call";
const AGAIN_MS = 60_000;
const TITLE = "客服工作台 - 备案变更助手";

export interface Wishes {
  sound: boolean;
  notify: boolean;
}

export function readWishes(): Wishes {
  try {
    const kept = localStorage.getItem(KEY) ?? "";
    return { sound: kept.includes("sound"), notify: kept.includes("notify") };
  } catch {
    return { sound: false, notify: false };
  }
}

export function keepWishes({ sound, notify }: Wishes): void {
  try {
    localStorage.setItem(KEY, [sound && "sound", notify && "notify"].filter(Boolean).join(" "));
  } catch {
    // Not kept where the browser keeps nothing.
  }
}

/** Whether the row calls this agent: somebody waits for a person, or for this one's reply. */
export function calls(row: Row, me: string): boolean {
  return row.mode === "waiting" || (row.mode === "human" && row.agent === me && row.unanswered !== null);
}

/** The rows that call now and did not before. */
export function newCalls(before: readonly Row[], after: readonly Row[], me: string): Row[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return after.filter((row) => {
    if (!calls(row, me)) return false;
    const old = known.get(row.id);
    return !old || !calls(old, me) || old.unanswered !== row.unanswered || old.mode !== row.mode;
  });
}

/** What happened to this agent's conversations through somebody else, in words. */
export function changedHands(before: readonly Row[], after: readonly Row[], me: string): string[] {
  const known = new Map(before.map((row) => [row.id, row]));
  const words: string[] = [];
  for (const row of after) {
    const old = known.get(row.id);
    const was = old?.mode === "human" && old.agent === me;
    const is = row.mode === "human" && row.agent === me;
    if (was && row.mode === "human" && !is) words.push(`${shortName(row.id)} 现在由 ${row.agent ?? "同事"} 接手`);
    else if (was && row.mode === "waiting") words.push(`${shortName(row.id)} 已回到等待人工`);
    else if (is && old?.mode === "human" && !was) words.push(`${shortName(row.id)} 转给了您`);
  }
  return words;
}

export class Caller {
  wishes = readWishes();
  private timer = 0;
  private sound: AudioContext | null = null;

  /** Shows how many call, until the agent looks. */
  show(count: number): void {
    document.title = `${count > 0 ? `(${count}) ` : ""}${TITLE}`;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const href = count > 0 ? "static/icon-call.svg" : "static/icon.svg";
    if (icon && icon.getAttribute("href") !== href) icon.setAttribute("href", href);
    if (count === 0) this.quiet();
  }

  /** Somebody new calls: heard once, and again every minute while nobody looks at the page. */
  call(rows: readonly Row[]): void {
    const [first] = rows;
    if (!first) return;
    this.ring(first);
    clearInterval(this.timer);
    this.timer = window.setInterval(() => {
      if (document.visibilityState === "visible") this.quiet();
      else this.ring(first);
    }, AGAIN_MS);
  }

  quiet(): void {
    clearInterval(this.timer);
    this.timer = 0;
  }

  /** Changes what the agent wants; asks the browser for its leave where that is needed. */
  async wish(wishes: Wishes): Promise<boolean> {
    if (wishes.notify && (!("Notification" in window) || (await Notification.requestPermission()) !== "granted")) {
      return false;
    }
    this.wishes = wishes;
    keepWishes(wishes);
    if (wishes.sound) this.beep();
    return true;
  }

  private ring(row: Row): void {
    if (this.wishes.sound) this.beep();
    const away = document.visibilityState !== "visible" || !document.hasFocus();
    if (!this.wishes.notify || !away || !("Notification" in window) || Notification.permission !== "granted") return;
    // No words of the customer's: a notification may show on a locked screen.
    const body = row.mode === "waiting" ? "在等人工" : "等您回复";
    const shown = new Notification(shortName(row.id), { body, tag: row.id });
    shown.onclick = () => {
      window.focus();
      location.hash = `#/conversations/${encodeURIComponent(row.id)}`;
      shown.close();
    };
  }

  private beep(): void {
    try {
      this.sound ??= new AudioContext();
      const { currentTime: at, destination } = this.sound;
      const tone = this.sound.createOscillator();
      const volume = this.sound.createGain();
      tone.frequency.setValueAtTime(660, at);
      tone.frequency.setValueAtTime(880, at + 0.12);
      volume.gain.setValueAtTime(0.12, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.4);
      tone.connect(volume).connect(destination);
      tone.start(at);
      tone.stop(at + 0.4);
    } catch {
      // A page nobody has touched yet may not sound.
    }
  }
}
