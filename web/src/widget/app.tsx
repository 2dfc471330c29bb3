// The widget as a whole.
import type { JSX } from "preact";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Bridge } from "./bridge";
import { tellNews } from "./news";
import { ToolsProvider, useConversation, type Sheet, type Tools } from "./context";
import { Sprite } from "./icons";
import { Composer, composing, type ComposerHandle } from "./parts/composer";
import { Header } from "./parts/header";
import { Log } from "./parts/log";
import { Failed, Launcher, LineBanner, Loading, MatterChip, ModeBanner, Welcome } from "./parts/pieces";
import { PrintSheet } from "./parts/printsheet";
import { inView } from "./deadline";
import { save } from "./files";
import { read, write } from "./storage";
import { asPage, asText, entries } from "./transcript";
import type { Conversation, State } from "./store";
import { applySettings, applyTag, keepSettings, readSettings, readTag, type Settings, type Tag } from "./theme";

const TOAST_MS = 2_600;
const HUMAN = "转人工";
const ASKING = "说说您的备案有什么变化";
// Until an agent takes over, the assistant answers.
const PLACEHOLDERS: Record<State["mode"], string> = {
  bot: ASKING,
  closed: ASKING,
  waiting: "等候时可以接着问",
  human: "给人工客服留言",
};

interface Props {
  conversation: Conversation;
  bridge: Bridge;
  tag: Tag;
}

/** Whether a keyboard is at hand: on a touch screen focusing the input would cover half of the answers. */
function hasKeyboard(): boolean {
  return !window.matchMedia("(hover: none) and (pointer: coarse)").matches;
}

function lineState(state: State, writing: boolean): { text: string; tone: "fine" | "busy" | "bad" | "human" } {
  if (state.link === "offline") return { text: "网络已断开", tone: "bad" };
  if (state.link === "lost" && state.messages.length > 0) return { text: "正在重新连接…", tone: "bad" };
  if (state.phase === "failed") return { text: "连不上服务", tone: "bad" };
  if (state.patience === "gone") return { text: "回答没有来", tone: "bad" };
  if (writing) return { text: "正在输入…", tone: "busy" };
  if (state.mode === "human") return { text: "人工客服", tone: "human" };
  return { text: inView(state.messages) ?? "自动问答，每条回答都带出处", tone: "fine" };
}

export function App({ conversation, bridge, tag: first }: Props): JSX.Element {
  const state = useConversation(conversation);
  const [said, setSaid] = useState<Record<string, string>>({});
  const tag = useMemo(() => (Object.keys(said).length > 0 ? readTag(location.hash, said) : first), [first, said]);
  const embedded = bridge.embedded;
  const [open, setOpen] = useState(!embedded || read("open", "session") === "1");
  const [enlarged, setEnlarged] = useState(false);
  const [settings, setSettings] = useState<Settings>(() => readSettings(tag));
  const [toast, setToast] = useState("");
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const launcher = useRef<HTMLButtonElement>(null);
  const toastTimer = useRef(0);
  const moved = useRef(false);
  const title = tag.title ?? state.config.title;
  const writing = state.typing || conversation.awaiting;
  const unread = conversation.unread;

  const say = useCallback((text: string): void => {
    clearTimeout(toastTimer.current);
    setToast(text);
    toastTimer.current = window.setTimeout(() => setToast(""), TOAST_MS);
  }, []);

  const focusInput = useCallback((): void => {
    if (hasKeyboard()) composer.current?.focus();
  }, []);

  const tools = useMemo<Tools>(
    () => ({
      conversation,
      say,
      print: setSheet,
      ask: (text) => {
        conversation.send(text);
        focusInput();
      },
    }),
    [conversation, say, focusInput],
  );
  const askAgain = useCallback(() => conversation.askAgain(), [conversation]);

  function show(next: boolean): void {
    moved.current = true;
    setOpen(next);
    write("open", next ? "1" : null, "session");
  }

  async function restart(): Promise<void> {
    try {
      await conversation.restart();
      focusInput();
    } catch {
      say("没能重新开始，请稍后再试");
    }
  }

  function take(how: "print" | "txt" | "html"): void {
    const all = entries(state.messages);
    if (how === "print") return setSheet({ title: "对话记录", entries: all });
    const [kind, text] = how === "txt" ? ["text/plain", asText(title, all)] : ["text/html", asPage(title, all)];
    save(new Blob([text], { type: `${kind};charset=utf-8` }), `${title} 对话记录.${how}`);
    say("对话已下载");
  }

  async function forget(): Promise<void> {
    try {
      await conversation.forget();
      composer.current?.fill("");
      say("对话已删除");
    } catch {
      say("没能删除，请稍后再试");
    }
  }

  // Ctrl+P prints the conversation, and not a picture of the window.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || state.messages.length === 0) return;
      event.preventDefault();
      take("print");
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [state.messages]);

  // Before the next picture, so that nothing is seen in the old look.
  useLayoutEffect(() => applySettings(settings, document.documentElement), [settings]);
  useLayoutEffect(() => void document.documentElement.toggleAttribute("data-open", open), [open]);

  useEffect(() => bridge.tellState(open ? (enlarged ? 2 : 1) : 0, unread), [bridge, open, enlarged, unread]);

  useLayoutEffect(() => applyTag(tag, document.documentElement), [tag]);
  // The page's wish, unless the customer has chosen.
  useEffect(() => {
    if (said.theme) setSettings(readSettings(tag));
  }, [said.theme, tag]);

  useEffect(() => {
    const end = bridge.onCommand((command) => {
      switch (command.beian) {
        case "open":
          show(true);
          if (command.ask) conversation.send(command.ask, command.id || undefined);
          break;
        case "close":
          return show(false);
        case "prefill":
          show(true);
          return composer.current?.fill(command.text);
        case "set":
          return setSaid((before) => ({ ...before, ...command.look }));
        case "context":
          return conversation.setContext(command.context);
        case "reset":
          composer.current?.fill("");
          conversation.reset();
          return show(false);
      }
    });
    bridge.tellReady();
    return end;
  }, [bridge, conversation]);

  useEffect(() => tellNews(bridge, conversation), [bridge, conversation]);

  // For measurements: from here on the customer can ask.
  useEffect(() => {
    if (state.phase === "ready") performance.mark("beian-ready");
  }, [state.phase]);

  // The focus goes with the customer: into the input on opening, back to the button on closing.
  useEffect(() => {
    if (!moved.current) return;
    if (open) focusInput();
    // Closed by the page, the focus is the page's.
    else if (document.hasFocus()) launcher.current?.focus();
  }, [open, focusInput]);

  useEffect(() => {
    const seen = (): void => {
      if (open && !document.hidden) conversation.markRead();
    };
    seen();
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [conversation, open, state.messages]);

  useEffect(() => {
    if (!embedded) document.title = unread > 0 ? `(${unread}) ${title}` : title;
  }, [embedded, title, unread]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || composing(event) || !embedded || !open) return;
      event.preventDefault();
      show(false);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [embedded, open]);

  const quiet = state.messages.length === 0 && state.outbox.length === 0;
  const waiting = state.outbox.filter((entry) => entry.state === "queued").length;
  const broken = state.link === "offline" || (state.link === "lost" && !quiet);

  return (
    <ToolsProvider value={tools}>
      <Sprite />
      {!open && <Launcher title={title} avatar={tag.avatar} unread={unread} onOpen={() => show(true)} button={launcher} />}
      <main class="Panel" hidden={!open} aria-label={title}>
        <Header
          title={title}
          avatar={tag.avatar}
          status={lineState(state, writing)}
          settings={settings}
          canRestart={!quiet}
          canAskHuman={state.mode === "bot" || state.mode === "closed"}
          enlarged={embedded && window.screen.width > 480 ? enlarged : null}
          onSettings={(next) => {
            setSettings(next);
            keepSettings(next);
          }}
          onRestart={() => void restart()}
          onHuman={() => tools.ask(HUMAN)}
          onTake={(how) => take(how)}
          onForget={() => void forget()}
          onEnlarge={() => setEnlarged(!enlarged)}
          onClose={embedded ? () => show(false) : null}
        />
        {broken && <LineBanner link={state.link === "offline" ? "offline" : "lost"} waiting={waiting} />}
        <ModeBanner mode={state.mode} rated={state.rated} phone={state.config.phone} />
        {state.phase === "failed" && quiet ? (
          <Failed offline={state.link === "offline"} phone={state.config.phone} onRetry={() => void conversation.start()} />
        ) : (
          <Log
            messages={state.messages}
            outbox={state.outbox}
            typing={writing && state.patience !== "gone"}
            patience={state.patience}
            phone={state.config.phone}
            waiting={state.mode === "waiting"}
            starters={state.mode === "bot" ? state.config.starters : []}
            ready={state.phase === "ready"}
            visible={open}
            onAskAgain={askAgain}
          >
            {state.phase === "loading" && quiet && <Loading />}
            {state.phase === "ready" && quiet && (
              <Welcome greeting={tag.greeting ?? state.config.greeting} starters={state.config.starters} />
            )}
          </Log>
        )}
        {state.matter && <MatterChip text={state.matter.text} onRemove={() => conversation.removeContext()} />}
        <Composer
          ref={composer}
          limit={state.config.limits.text}
          placeholder={PLACEHOLDERS[state.mode]}
          suggesting={state.mode === "bot" || state.mode === "closed"}
          onSend={tools.ask}
        />
        <p class="Toast" role="status" data-shown={toast !== ""}>
          {toast}
        </p>
      </main>
      {sheet && <PrintSheet sheet={sheet} title={title} phone={state.config.phone} onDone={() => setSheet(null)} />}
    </ToolsProvider>
  );
}
