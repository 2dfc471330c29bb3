// The interface of the assistant for host pages: `window.Beian`, in place once embed.js has run.
// Before that, `(window.Beian = window.Beian || []).push(["open"])` keeps calls until it has.

/** Looks and texts. Everything is optional; what cannot be used is ignored. */
export interface BeianLook {
  theme?: "auto" | "light" | "dark";
  /** `#rrggbb`; made readable where it is not. */
  color?: string;
  position?: "left" | "right";
  /** Corner radius in pixels, 0 to 20. */
  radius?: number;
  /** One or two characters in place of the assistant's sign. */
  avatar?: string;
  title?: string;
  greeting?: string;
  /** Of the interface; answers are in simplified Chinese. */
  language?: "zh-CN" | "zh-TW" | "en";
  /** The button in the corner. */
  launcher?: "on" | "off";
  /** What the button says of itself once a session, in the page's words; `false` for nothing. */
  teaser?: string | boolean;
  /** Whether an unread reply shows its first line beside the button. */
  preview?: boolean;
  /** Distance from the side and from the bottom in pixels, 0 to 400. */
  offsetX?: number;
  offsetY?: number;
  /** Counts only in browsers without a top layer (`popover`). */
  zIndex?: number;
}

/** What the page knows of the customer's matter: ids or names of the vocabulary. Shown to the customer. */
export interface BeianContext {
  /** Such as `enterprise` or 企业. */
  subject_kind?: string;
  /** Such as `subject_info` or 主体信息变更. */
  change_type?: string;
  /** Such as `company_name` or 企业名称. */
  item?: string;
  /** How far the customer is. */
  phase?: "preparing" | "submitted" | "approved" | "rejected";
  /** The name of the site in question: shown, and used for nothing else. */
  site_name?: string;
}

/** No event carries what was said: the conversation stays in its frame. */
export interface BeianEvents {
  ready: Record<string, never>;
  open: Record<string, never>;
  close: Record<string, never>;
  unread: { count: number };
  message: { id: number; author: "user" | "bot" | "agent" | "system" };
  answer: { id: number; status: string; facts: string[] };
  handoff: { mode: "bot" | "waiting" | "human" | "closed" };
  error: { reason: "refused" | "unreachable" };
}

export interface BeianApi {
  /** Opens the window; with a question, asks it (the same one again within a second is dropped). */
  open(question?: string): void;
  close(): void;
  toggle(): void;
  /** Shows or hides the button in the corner; the window opens all the same. */
  showLauncher(): void;
  hideLauncher(): void;
  /** Opens the window with a text in the input, not sent. */
  prefill(text: string): void;
  set(look: BeianLook): void;
  /** `null` takes it back. */
  context(context: BeianContext | null): void;
  /** For log-out: ends the conversation in this browser and empties the frame's storage. */
  reset(): void;
  /** Takes everything off the page; embed.js may be loaded anew afterwards. */
  destroy(): void;
  on<Name extends keyof BeianEvents>(name: Name, run: (detail: BeianEvents[Name]) => void): () => void;
  off<Name extends keyof BeianEvents>(name: Name, run: (detail: BeianEvents[Name]) => void): void;
  /** Runs calls at once; before embed.js is there it keeps them. */
  push(...calls: BeianCall[]): void;
  readonly opened: boolean;
  readonly unread: number;
}

export type BeianCall = {
  [Name in Exclude<keyof BeianApi, "push" | "opened" | "unread">]: [Name, ...Parameters<BeianApi[Name]>];
}[Exclude<keyof BeianApi, "push" | "opened" | "unread">];

declare global {
  interface Window {
    /** A plain array of calls until embed.js has run: of the methods, only `push` is sure to be there. */
    Beian?: { push(...calls: BeianCall[]): unknown } & Partial<Omit<BeianApi, "push">>;
  }
}
