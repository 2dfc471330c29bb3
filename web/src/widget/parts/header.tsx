// The widget's head: who answers, the state of the line, and the menu.
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../icons";
import { IconButton } from "./button";
import { THEMES, type Settings } from "../theme";
import { useWords } from "../words";
import "./header.css";

export function Mark({ avatar }: { avatar: string | null }): JSX.Element {
  // Up to two characters of the host's choice, or our own sign.
  return (
    <span class="Mark" aria-hidden="true">
      {avatar ? [...avatar].slice(0, 2).join("") : <Icon type="mark" />}
    </span>
  );
}

interface Props {
  title: string;
  avatar: string | null;
  status: { text: string; tone: "fine" | "busy" | "bad" | "human" };
  settings: Settings;
  /** Something has been said. */
  canRestart: boolean;
  canAskHuman: boolean;
  /** Absent where there is nothing to close or enlarge: on the page of its own, on a phone. */
  enlarged: boolean | null;
  onSettings(settings: Settings): void;
  onRestart(): void;
  onHuman(): void;
  /** Takes the conversation away: on paper, or as a file. */
  onTake(how: "print" | "txt" | "html"): void;
  onForget(): void;
  onEnlarge(): void;
  onClose: (() => void) | null;
}

export function Header(props: Props): JSX.Element {
  const { settings } = props;
  const words = useWords();
  const [open, setOpen] = useState(false);
  // Deleting takes a second tap.
  const [sure, setSure] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    setSure(false);
    if (!open) return;
    menu.current?.querySelector<HTMLElement>("button")?.focus();
    const away = (event: Event): void => {
      const target = event.target as Node;
      if (!menu.current?.contains(target) && !button.current?.contains(target)) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  function run(action: () => void): void {
    setOpen(false);
    button.current?.focus();
    action();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      return close();
    }
    if (event.key === "Tab") return setOpen(false);
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const entries = [...(menu.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    entries[(at + step + entries.length) % entries.length]?.focus();
  }

  return (
    <header class="Header">
      <Mark avatar={props.avatar} />
      <div class="Header-text">
        <h1>{props.title}</h1>
        <p class="LineState" data-tone={props.status.tone} role="status">
          {props.status.text}
        </p>
      </div>
      <div class="Header-tools">
        <IconButton
          icon="menu"
          button={button}
          aria-label={words.more}
          aria-haspopup="menu"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        />
        {props.enlarged !== null && (
          <IconButton
            class="Enlarge"
            icon={props.enlarged ? "shrink" : "enlarge"}
            aria-label={props.enlarged ? words.shrink : words.enlarge}
            onClick={props.onEnlarge}
          />
        )}
        {props.onClose && <IconButton icon="close" aria-label={words.close} onClick={props.onClose} />}
      </div>
      {open && (
        <div class="Menu" id={id} role="menu" aria-label={words.more} ref={menu} onKeyDown={onKeyDown}>
          {props.canAskHuman && (
            <button type="button" role="menuitem" tabIndex={-1} onClick={() => run(props.onHuman)}>
              <Icon type="headset" />
              {words.human}
            </button>
          )}
          {props.canRestart && (
            <button type="button" role="menuitem" tabIndex={-1} onClick={() => run(props.onRestart)}>
              <Icon type="restart" />
              {words.restart}
            </button>
          )}
          {props.canRestart && (
            <>
              <button type="button" role="menuitem" tabIndex={-1} onClick={() => run(() => props.onTake("print"))}>
                <Icon type="print" />
                {words.printTalk}
              </button>
              <div class="Menu-row" role="group" aria-label={words.downloadTalk}>
                <Icon type="download" />
                <span aria-hidden="true">{words.downloadTalk}</span>
                {(["txt", "html"] as const).map((how) => (
                  <button key={how} type="button" role="menuitem" tabIndex={-1} aria-label={words.downloadTalkAs(how)} onClick={() => run(() => props.onTake(how))}>
                    {`.${how}`}
                  </button>
                ))}
              </div>
              <button
                type="button"
                role="menuitem"
                tabIndex={-1}
                data-danger={sure}
                onClick={() => (sure ? run(props.onForget) : setSure(true))}
              >
                <Icon type="bin" />
                {sure ? words.deleteSure : words.deleteTalk}
              </button>
            </>
          )}
          <button
            type="button"
            role="menuitemcheckbox"
            tabIndex={-1}
            aria-checked={settings.large}
            onClick={() => props.onSettings({ ...settings, large: !settings.large })}
          >
            <Icon type="text" />
            {words.large}
            <span class="Switch" aria-hidden="true" />
          </button>
          <div class="Menu-themes" role="group" aria-label={words.look}>
            {THEMES.map((theme) => (
              <button
                key={theme}
                type="button"
                role="menuitemradio"
                tabIndex={-1}
                aria-checked={settings.theme === theme}
                onClick={() => props.onSettings({ ...settings, theme })}
              >
                {words.themes[theme]}
              </button>
            ))}
          </div>
        </div>
      )}
    </header>
  );
}
