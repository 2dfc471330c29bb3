// Calling the agent: the tab's title and icon, and, for those who want it, a sound and a notification.
import { shortName } from "./list";
import type { Row } from "../shared/types";

const KEY = "beian.desk.call";
const AGAIN_MS = 60_000;
const TOO_LATE_MS = 2_000;
const TITLE = "客服工作台 - 备案变更助手";

export interface Wishes {
  sound: boolean;
  notify: boolean;
}

export function readWishes(): Wishes {
  try {
    const kept = localStorage.getItem(KEY) ?? "";
    // The browser's own settings may have changed since.
    return { sound: kept.includes("sound"), notify: kept.includes("notify") && Notification.permission === "granted" };
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

/** How many call: those of the rows, and whoever waits beyond the rows that are loaded. */
export function countCalls(calling: readonly Row[], waiting: number): number {
  const loaded = calling.filter((row) => row.mode === "waiting").length;
  return calling.length + Math.max(0, waiting - loaded);
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
  private calling: readonly Row[] = [];

  constructor() {
    // A browser lets a page sound only after somebody has touched it: what was wished for earlier wakes then.
    for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, () => this.wake(), { capture: true });
  }

  /** Shows how many call, until the agent looks. */
  show(count: number, rows: readonly Row[]): void {
    this.calling = rows;
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
      // Whoever called may be served by now, and others not.
      const still = this.calling.find(({ id }) => rows.some((row) => row.id === id)) ?? this.calling[0];
      if (document.visibilityState === "visible" || !still) this.quiet();
      else this.ring(still);
    }, AGAIN_MS);
  }

  quiet(): void {
    clearInterval(this.timer);
    this.timer = 0;
  }

  /** Changes what the agent wants, and lets it be heard and seen; false where the browser does not allow it. */
  async wish(wishes: Wishes): Promise<boolean> {
    const before = this.wishes;
    if (wishes.notify && !before.notify) {
      const leave = "Notification" in window ? await Notification.requestPermission() : "denied";
      if (leave !== "granted" || !this.notify("通知已打开", "有人等您时这样告诉您", "wish")) return false;
    }
    this.wishes = wishes;
    keepWishes(wishes);
    if (wishes.sound && !before.sound) this.beep();
    return true;
  }

  private ring(row: Row): void {
    if (this.wishes.sound) this.beep();
    const away = document.visibilityState !== "visible" || !document.hasFocus();
    if (!this.wishes.notify || !away || !("Notification" in window) || Notification.permission !== "granted") return;
    // No words of the customer's: a notification may show on a locked screen.
    const place = `#/conversations/${encodeURIComponent(row.id)}`;
    this.notify(shortName(row.id), row.mode === "waiting" ? "在等人工" : "等您回复", row.id, place);
  }

  /** False where the browser shows none from a page, as phones do. */
  private notify(title: string, body: string, tag: string, place = ""): boolean {
    try {
      const shown = new Notification(title, { body, tag });
      shown.onclick = () => {
        window.focus();
        if (place) location.hash = place;
        shown.close();
      };
      return true;
    } catch {
      return false;
    }
  }

  private wake(): void {
    if (!this.wishes.sound || this.sound?.state === "running") return;
    this.sound ??= new AudioContext();
    void this.sound.resume();
  }

  private beep(): void {
    const due = Date.now();
    this.sound ??= new AudioContext();
    const { sound } = this;
    void sound.resume().then(() => {
      // A page that nobody has touched is silent until then; what it has not said is not made up for.
      if (Date.now() - due < TOO_LATE_MS) tone(sound);
    });
  }
}

function tone(sound: AudioContext): void {
  const at = sound.currentTime;
  const wave = sound.createOscillator();
  const volume = sound.createGain();
  wave.frequency.setValueAtTime(660, at);
  wave.frequency.setValueAtTime(880, at + 0.12);
  volume.gain.setValueAtTime(0.12, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.4);
  wave.connect(volume).connect(sound.destination);
  wave.start(at);
  wave.stop(at + 0.4);
}
