// The one instance on a page: its frame, what is said to it and heard from it, and `window.Beian`.
import type { BeianApi, BeianCall, BeianContext, BeianEvents, BeianLook } from "./beian";
import { listen } from "./links";
import { backer, counter, onPrint, stiller } from "./page";
import type { FrameState } from "../widget/bridge";
import { fillsScreen, onMove, place, type Place } from "./place";

const TITLE = "备案变更助手";
const LOADED_MS = 5_000;
const LOADING_MS = 20_000;
const REPEAT_MS = 1_000;
const CLOSED = [80, 80] as const;

type Command = { beian: string; id: string; [more: string]: unknown };
type Handler = (detail: never) => void;

const number = (text: unknown, least: number, most: number, otherwise: number): number => {
  const value = text === undefined || text === "" ? NaN : Number(text);
  return value >= least && value <= most ? value : otherwise;
};

/** Runs once the page has loaded and has nothing else to do. */
function whenIdle(run: () => void): void {
  const soon = (): unknown =>
    typeof requestIdleCallback === "function" ? requestIdleCallback(run, { timeout: 2_000 }) : setTimeout(run, 200);
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
}

export function start(base: URL, tag: Readonly<Record<string, string | undefined>>, calls: readonly BeianCall[]): BeianApi {
  const look: Record<string, unknown> = { ...tag };
  const chat = `${base}chat`;
  const frame = document.createElement("iframe");
  const handlers = new Map<string, Set<Handler>>();
  const pending = new Map<string, Command>();
  const at: Place = { open: 0, size: CLOSED, shown: false, left: false, x: 16, y: 16, z: 0, radius: 14, ground: "#fff" };
  let ready = false;
  let refused = false;
  let gone = false;
  let printing = false;
  let unread = 0;
  let known: BeianContext | null = null;
  let changed: Record<string, unknown> = {};
  let from: HTMLElement | null = null;
  let last = { question: "", at: -REPEAT_MS };
  let counting = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const shows = (): boolean => look.launcher !== "off";
  const setTitle = counter();
  const still = stiller();
  const emit = <Name extends keyof BeianEvents>(name: Name, detail: BeianEvents[Name]): void =>
    handlers.get(name)?.forEach((run) => {
      try {
        run(detail as never);
      } catch (error) {
        // One handler's fault is not the next one's; the page's own reporting hears of it.
        setTimeout(() => {
          throw error;
        });
      }
    });

  function draw(): void {
    at.left = look.position === "left";
    at.x = number(look.offsetX, 0, 400, 16);
    at.y = number(look.offsetY, 0, 400, 16);
    at.z = number(look.zIndex, 0, 2147483647, 2147483000);
    at.radius = number(look.radius, 0, 20, 10);
    at.shown = ready && !printing && (shows() || at.open > 0);
    place(frame, at);
    still(ready && at.open > 0 && fillsScreen());
  }

  const tell = (message: unknown): void => frame.contentWindow?.postMessage(message, base.origin);

  /** Says it now or once the frame is there, and until it has heard: a frame that is moved loads anew. */
  function command(name: string, more: Record<string, unknown> = {}): void {
    const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}-${(counting += 1)}`;
    const message = { beian: name, id, ...more };
    pending.set(id, message);
    if (ready) tell(message);
    else mount();
  }

  function ask(question: string): void {
    const now = performance.now();
    const repeated = question !== "" && question === last.question && now - last.at < REPEAT_MS;
    if (question) last = { question, at: now };
    command("open", repeated ? {} : { ask: question });
  }

  // --- the frame ------------------------------------------------------------------------------------

  function mount(): void {
    if (gone || frame.isConnected) return;
    ready = false;
    at.open = 0;
    draw();
    // Beside the body: it may be swapped, transformed or hidden by the page.
    document.documentElement.append(frame);
    observer.observe(document.documentElement, { childList: true });
    try {
      // The top layer is above everything, whatever z-index anyone has.
      frame.popover = "manual";
      frame.showPopover();
    } catch {
      // A browser without it: z-index has to do.
    }
    clearTimeout(timer);
    timer = setTimeout(giveUp, LOADING_MS);
  }

  function giveUp(): void {
    if (ready || gone) return;
    refused = true;
    console.warn(
      `${TITLE}没有显示：${base} 没有应答，或不允许 ${location.origin} 嵌入。请在助手的服务端把这个来源写进 ` +
        `BEIAN_FRAME_ANCESTORS，例如 BEIAN_FRAME_ANCESTORS="'self' ${location.origin}"。`,
    );
    emit("error", { reason: "refused" });
  }

  function onState({ open, size, unread: said, label, ground }: FrameState): void {
    const before = at.open;
    const count = Number(said) || 0;
    at.open = open;
    frame.title = String(label);
    if (/^#[0-9a-f]{3,6}$/i.test(ground)) at.ground = ground;
    at.size = Array.isArray(size) ? [number(size[0], 40, 400, 80), number(size[1], 40, 400, 80)] : CLOSED;
    if (count !== unread) {
      setTitle((unread = count));
      emit("unread", { count });
    }
    draw();
    back?.show(open > 0);
    if (!before === !open) return;
    emit(open ? "open" : "close", {});
    if (open) return;
    // Back to what opened it, if the focus has not moved on meanwhile.
    if (document.activeElement === frame) {
      if (from?.isConnected) from.focus({ preventScroll: true });
      else if (!shows()) frame.blur();
    }
    from = null;
  }

  function onMessage({ source, origin, data }: MessageEvent): void {
    if (!data || source !== frame.contentWindow || origin !== base.origin) return;
    if (data.beian === "ready") {
      clearTimeout(timer);
      const first = !ready;
      ready = true;
      refused = false;
      if (Object.keys(changed).length) tell({ beian: "set", look: changed });
      if (known) tell({ beian: "context", context: known });
      pending.forEach(tell);
      draw();
      if (first) emit("ready", {});
    } else if (data.beian === "done") pending.delete(data.id);
    else if (data.beian === "state") onState(data);
    else if (data.beian === "event") emit(data.name, data.detail);
  }

  frame.allow = "clipboard-write";
  frame.onload = () => {
    clearTimeout(timer);
    if (!ready) timer = setTimeout(giveUp, LOADED_MS);
  };
  frame.src = `${base}frame#${new URLSearchParams({ ...tag, host: location.origin } as Record<string, string>)}`;

  const back = tag.back === "off" ? null : backer(() => command("close"));
  const observer = new MutationObserver(() => frame.isConnected || whenIdle(mount));
  const ends = [
    onMove(draw),
    onPrint((on) => {
      printing = on;
      draw();
    }),
    listen(
      {
        ready: () => ready,
        open: (question, link) => {
          from = link;
          // A button that has nowhere to go: the page that is the chat alone is never refused.
          if (refused) open(question ? `${chat}#ask=${encodeURIComponent(question)}` : chat, "_blank", "noopener");
          else ask(question);
        },
      },
      chat,
    ),
    () => back?.end(),
    () => observer.disconnect(),
  ];
  addEventListener("message", onMessage);
  observer.observe(document, { childList: true });
  whenIdle(mount);

  // --- window.Beian ---------------------------------------------------------------------------------

  const api: BeianApi = {
    open(question = "") {
      const focused = document.activeElement;
      if (!at.open && focused instanceof HTMLElement && focused !== document.body && focused !== frame) from = focused;
      ask(String(question).trim());
    },
    close: () => command("close"),
    toggle: () => (at.open ? api.close() : api.open()),
    showLauncher: () => api.set({ launcher: "on" }),
    hideLauncher: () => api.set({ launcher: "off" }),
    prefill: (text) => command("prefill", { text: String(text) }),
    set(next: BeianLook) {
      const texts = Object.fromEntries(Object.entries(next).map(([name, value]) => [name, String(value)]));
      Object.assign(look, texts);
      changed = { ...changed, ...texts };
      if (ready) tell({ beian: "set", look: texts });
      draw();
    },
    context(next) {
      known = next;
      if (ready) tell({ beian: "context", context: next });
    },
    reset() {
      known = null;
      pending.clear();
      setTitle((unread = 0));
      command("reset");
    },
    destroy() {
      gone = true;
      clearTimeout(timer);
      ends.forEach((end) => end());
      removeEventListener("message", onMessage);
      still(false);
      setTitle(0);
      frame.remove();
      handlers.clear();
      delete window.Beian;
    },
    on(name, run) {
      let some = handlers.get(name);
      if (!some) handlers.set(name, (some = new Set()));
      some.add(run as Handler);
      // Whoever comes late hears of it all the same.
      if (name === "ready" && ready) run({} as never);
      return () => api.off(name, run);
    },
    off: (name, run) => void handlers.get(name)?.delete(run as Handler),
    push: (...more) => more.forEach(([name, ...given]) => (api[name] as ((...all: unknown[]) => void) | undefined)?.(...given)),
    get opened() {
      return at.open > 0;
    },
    get unread() {
      return unread;
    },
  };
  window.Beian = api;
  api.push(...calls);
  return api;
}
