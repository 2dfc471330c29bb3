// What an agent writes to a customer. It is kept for its conversation from the first character on.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { filled, firstUnfilled, matching, slashed, unfilled } from "./canned";
import { useDesk } from "./context";
import { composing } from "./keys";
import { Key } from "./parts";
import type { Snippet } from "../shared/types";
import "./reply.css";

const MOST_SHOWN = 8;

export function Reply({ id, mine, loaded }: { id: string; mine: boolean; loaded: boolean }): JSX.Element {
  const { desk, state } = useDesk();
  const area = useRef<HTMLTextAreaElement>(null);
  const { text } = desk.draft(id);
  const hides = state.hides?.id === id && state.hides.text === text ? state.hides.words : "";
  const left = unfilled(text, state.variables);
  const menu = useMenu(id, area);
  useEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 260)}px`;
  }, [text]);
  function send(): void {
    const missing = firstUnfilled(text, state.variables);
    if (!missing) return void desk.send(id);
    desk.say(`还没填：{${missing.name}}`, true);
    area.current?.focus();
    area.current?.setSelectionRange(missing.from, missing.to);
  }
  function onKey(event: KeyboardEvent): void {
    if (composing(event)) return;
    if (menu.onKey(event)) return event.preventDefault();
    const place = event.altKey ? ["Digit1", "Digit2", "Digit3"].indexOf(event.code) : -1;
    if (place >= 0) desk.useSuggestion(place);
    else if (event.key === "Enter" && !event.shiftKey) {
      if (mine) send();
      else if (loaded) desk.say("接手后才能回复", true);
    } else return;
    event.preventDefault();
  }
  return (
    <form
      class="Reply"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label class="Offscreen" for="reply">
        回复
      </label>
      {menu.list}
      <textarea
        id="reply"
        ref={area}
        rows={2}
        maxLength={state.profile?.limits.text ?? 2000}
        value={text}
        aria-describedby={[hides && "hides", left.length > 0 && "left"].filter(Boolean).join(" ") || undefined}
        aria-autocomplete="list"
        aria-controls={menu.list ? "canned" : undefined}
        aria-activedescendant={menu.active}
        placeholder={mine ? "回复客户；Enter 发送，Shift+Enter 换行" : "接手后可以回复；可以先写好"}
        onInput={(event) => {
          desk.write(id, event.currentTarget.value);
          menu.look();
        }}
        onKeyUp={menu.look}
        onClick={menu.look}
        onBlur={menu.close}
        onKeyDown={onKey}
      />
      <div class="Reply-do">
        {state.snippets.length > 0 && (
          <button type="button" onClick={menu.open}>
            常用语<Key>/</Key>
          </button>
        )}
        <button type="submit" class="Primary" disabled={!mine || state.sending || !text.trim()}>
          发送
        </button>
      </div>
      {left.length > 0 && (
        <p id="left" class="Reply-hides" role="status">
          还没填：
          {left.map((name) => (
            <button
              key={name}
              type="button"
              class="Link"
              onClick={() => {
                const from = text.indexOf(`{${name}}`);
                area.current?.focus();
                area.current?.setSelectionRange(from, from + name.length + 2);
              }}
            >{`{${name}}`}</button>
          ))}
          换成实际内容才能发送。
        </p>
      )}
      {hides && (
        <p id="hides" class="Reply-hides" role="alert">
          {hides}
        </p>
      )}
    </form>
  );
}

interface Menu {
  list: JSX.Element | null;
  active: string | undefined;
  look(): void;
  open(): void;
  close(): void;
  /** Whether the key was for the menu. */
  onKey(event: KeyboardEvent): boolean;
}

/** The canned replies that what follows a slash in the reply may mean. */
function useMenu(id: string, area: { readonly current: HTMLTextAreaElement | null }): Menu {
  const { desk, state } = useDesk();
  const [typed, setTyped] = useState<{ from: number; query: string } | null>(null);
  const [at, setAt] = useState(0);
  // Of the slash at this place nothing is wanted.
  const [shut, setShut] = useState(-1);
  const select = useRef<[number, number] | null>(null);
  const { text } = desk.draft(id);
  const found = typed && typed.from !== shut ? matching(state.snippets, typed.query).slice(0, MOST_SHOWN) : [];
  useEffect(() => {
    if (select.current) area.current?.setSelectionRange(...select.current);
    select.current = null;
  }, [text]);
  useEffect(() => setTyped(null), [id]);
  function look(): void {
    const box = area.current;
    const now = box && box.selectionStart === box.selectionEnd ? slashed(box.value, box.selectionStart) : null;
    if (now?.from !== typed?.from || now?.query !== typed?.query) {
      setTyped(now);
      setAt(0);
    }
    if (now === null) setShut(-1);
  }
  function choose({ text: chosen }: Snippet): void {
    const box = area.current;
    if (!typed || !box) return;
    const whole = filled(chosen, state.values);
    const before = text.slice(0, typed.from);
    const missing = firstUnfilled(whole, state.variables);
    const end = before.length + whole.length;
    select.current = missing ? [before.length + missing.from, before.length + missing.to] : [end, end];
    desk.write(id, before + whole + text.slice(box.selectionStart));
    setTyped(null);
    box.focus();
  }
  function open(): void {
    const box = area.current;
    if (!box) return;
    const place = box.selectionStart;
    const before = text.slice(0, place);
    const slash = /\S$/.test(before) ? " /" : "/";
    const from = place + slash.length - 1;
    select.current = [from + 1, from + 1];
    desk.write(id, before + slash + text.slice(place));
    setShut(-1);
    setTyped({ from, query: "" });
    box.focus();
  }
  function onKey(event: KeyboardEvent): boolean {
    const chosen = found[at];
    if (!chosen || !typed) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setAt((at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") choose(chosen);
    else if (event.key === "Escape") {
      setShut(typed.from);
      event.stopPropagation();
    } else return false;
    return true;
  }
  const list =
    found.length === 0 ? null : (
      <ul id="canned" class="Canned" role="listbox" aria-label="常用语">
        {found.map((one, place) => (
          <li
            key={one.n}
            id={`canned-${one.n}`}
            role="option"
            aria-selected={place === at}
            // Before the reply loses the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(one);
            }}
          >
            <strong>{one.name}</strong>
            <span>{filled(one.text, state.values)}</span>
          </li>
        ))}
      </ul>
    );
  const active = list ? `canned-${found[at]?.n ?? ""}` : undefined;
  return { list, active, look, open, close: () => setTyped(null), onKey };
}
