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
import { Launcher } from "./parts/launcher";
import { Failed, LineBanner, Loading, MatterChip, ModeBanner, Welcome } from "./parts/pieces";
import { PrintSheet } from "./parts/printsheet";
import { inView } from "./deadline";
import { save } from "../shared/files";
import { useNudge } from "./nudge";
import { personOf } from "./person";
import { HUMAN } from "./said";
import { useRating } from "./rating";
import { read, write } from "./storage";
import { asPage, asText, entries } from "./transcript";
import type { Conversation, State } from "./store";
import { applySettings, applyTag, keepSettings, readSettings, readTag, type Settings, type Tag } from "./theme";
import { loadWords, WordsProvider, type Words } from "./words";
import { zhCN } from "./words/zh-CN";
import "./app.css";

const TOAST_MS = 2_600;
/** What the input asks for, by who answers: until an agent takes over, the assistant does. */
const PLACEHOLDERS = { bot: "placeholder", closed: "placeholder", waiting: "placeholderWaiting", human: "placeholderHuman" } as const;

interface Props {
  conversation: Conversation;
  bridge: Bridge;
  tag: Tag;
  /** The interface's words to begin with. */
  words: Words;
}

/** Whether a keyboard is at hand: on a touch screen focusing the input would cover half of the answers. */
function hasKeyboard(): boolean {
  return !window.matchMedia("(hover: none) and (pointer: coarse)").matches;
}

function lineState(state: State, writing: boolean, words: Words): { text: string; tone: "fine" | "busy" | "bad" | "human" } {
  if (state.link === "offline") return { text: words.offline, tone: "bad" };
  if (state.link === "lost" && state.messages.length > 0) return { text: words.reconnecting, tone: "bad" };
  if (state.phase === "failed") return { text: words.noService, tone: "bad" };
  if (state.patience === "gone") return { text: words.noAnswer, tone: "bad" };
  if (writing) return { text: words.typing, tone: "busy" };
  if (state.mode === "human") return { text: personOf(state.messages, words), tone: "human" };
  return { text: inView(state.messages, words) ?? words.auto, tone: "fine" };
}

export function App({ conversation, bridge, tag: first, words: firstWords }: Props): JSX.Element {
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
  const [words, setWords] = useState(firstWords);
  const [size, setSize] = useState<readonly [number, number] | null>(null);
  const named = state.config.title;
  // A name of the operator's own is not translated.
  const title = tag.title ?? (named === zhCN.title ? words.title : named);
  const writing = state.typing || conversation.awaiting;
  // What arrives before the customer's eyes is never unread, not even until it is noted as read.
  const unread = open && !document.hidden ? 0 : conversation.unread;
  const nudge = useNudge(state, tag, !open, words.teaser);
  const rating = useRating(conversation, state);

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
      prefill: (text) => {
        // In this order: the caret goes behind the text of a box that is being typed into.
        composer.current?.focus();
        composer.current?.fill(text);
      },
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
      say(words.restartFailed);
    }
  }

  function take(how: "print" | "txt" | "html"): void {
    const all = entries(state.messages, words);
    if (how === "print") return setSheet({ title: words.log, entries: all });
    const [kind, text] = how === "txt" ? ["text/plain", asText(title, all, words)] : ["text/html", asPage(title, all, words)];
    save(new Blob([text], { type: `${kind};charset=utf-8` }), `${words.logOf(title)}.${how}`);
    say(words.talkDownloaded);
  }

  async function forget(): Promise<void> {
    try {
      await conversation.forget();
      composer.current?.fill("");
      say(words.talkDeleted);
    } catch {
      say(words.deleteFailed);
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
  }, [state.messages, words]);

  // Before the next picture, so that nothing is seen in the old look.
  useLayoutEffect(() => applySettings(settings, document.documentElement), [settings]);
  useLayoutEffect(() => void document.documentElement.toggleAttribute("data-open", open), [open]);

  useEffect(() => {
    const label = unread > 0 ? words.unread(title, unread) : title;
    const ground = getComputedStyle(document.documentElement).getPropertyValue("--surface").trim();
    bridge.tellState({ open: open ? (enlarged ? 2 : 1) : 0, unread, size, label, ground });
  }, [bridge, open, enlarged, unread, size, words, title, settings]);

  useEffect(() => {
    let wanted = true;
    void loadWords(tag.language).then((found) => wanted && setWords(found));
    return () => void (wanted = false);
  }, [tag.language]);
  useLayoutEffect(() => void (document.documentElement.lang = words.lang), [words]);

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
    <WordsProvider value={words}>
      <ToolsProvider value={tools}>
        <Sprite />
        {!open && (
          <Launcher
            title={title}
            avatar={tag.avatar}
            unread={unread}
            nudge={nudge}
            button={launcher}
            onOpen={() => show(true)}
            onSize={setSize}
          />
        )}
        <main class="Panel" hidden={!open} aria-label={title}>
          <Header
            title={title}
            avatar={tag.avatar}
            status={lineState(state, writing, words)}
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
          <ModeBanner mode={state.mode} rating={rating} phone={state.config.phone} who={personOf(state.messages, words)} />
          {state.phase === "failed" && quiet ? (
            <Failed offline={state.link === "offline"} phone={state.config.phone} onRetry={() => void conversation.start()} />
          ) : (
            <Log
              messages={state.messages}
              outbox={state.outbox}
              typing={writing && state.patience !== "gone"}
              patience={state.patience}
              phone={state.config.phone}
              attended={state.mode === "waiting" || state.mode === "human"}
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
            handle={composer}
            limit={state.config.limits.text}
            placeholder={words[PLACEHOLDERS[state.mode]]}
            suggesting={state.mode === "bot" || state.mode === "closed"}
            onSend={tools.ask}
          />
          <p class="Toast" role="status" data-shown={toast !== ""}>
            {toast}
          </p>
        </main>
        {sheet && <PrintSheet sheet={sheet} title={title} phone={state.config.phone} onDone={() => setSheet(null)} />}
      </ToolsProvider>
    </WordsProvider>
  );
}
