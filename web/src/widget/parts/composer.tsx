// The input: Enter in the middle of composing Chinese sends nothing, and questions are suggested while one types.
import type { JSX, Ref } from "preact";
import { useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "./button";
import { onComposing } from "../../shared/parts";
import { useTools } from "../context";
import { read, write } from "../storage";
import { makeEditable, toEnd, written } from "./editable";
import { marked, suggest } from "../typeahead";
import type { KnownQuestion } from "../../shared/types";
import { ANSWERS, useWords } from "../words";
import "./composer.css";

const WARN_LEFT = 200;

export interface ComposerHandle {
  focus(): void;
  /** Puts a text into the input, unsent, in place of what is there. */
  fill(text: string): void;
}

interface Props {
  handle: Ref<ComposerHandle>;
  limit: number;
  placeholder: string;
  /** Suggestions are for the assistant; a person is simply written to. */
  suggesting: boolean;
  onSend(text: string): void;
}

/** Whether a key belongs to the input method: Chrome says so while composing, Safari by code 229 just after. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

function Marked({ text, typed }: { text: string; typed: string }): JSX.Element {
  const [before, hit, after] = marked(text, typed);
  return (
    <>
      {before}
      {hit && <mark>{hit}</mark>}
      {after}
    </>
  );
}

export function Composer({ handle, limit, placeholder, suggesting, onSend }: Props): JSX.Element {
  const { conversation } = useTools();
  const words = useWords();
  const [text, setText] = useState("");
  const kept = useRef(false);
  const [active, setActive] = useState(-1);
  const [closed, setClosed] = useState(true);
  const [questions, setQuestions] = useState<readonly KnownQuestion[]>([]);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const id = useId();

  function fill(value: string): void {
    const box = area.current;
    if (!box) return;
    box.textContent = value;
    setText(value);
    setClosed(true);
    if (value && document.activeElement === box) toEnd(box);
  }

  useImperativeHandle(handle, () => ({ focus: () => area.current?.focus(), fill }), []);

  useLayoutEffect(() => {
    makeEditable(area.current as HTMLDivElement);
    // Half a sentence outlives a reload, and another page of the host's.
    fill(read("draft", "session") ?? "");
  }, []);

  useEffect(() => {
    // The first one is what was read above.
    if (kept.current) write("draft", text || null, "session");
    kept.current = true;
  }, [text]);

  const found = suggesting && !busy && !closed ? suggest(text, questions) : [];
  const open = found.length > 0;
  const over = text.length > limit;

  useEffect(() => setActive(-1), [text]);

  function send(value: string): void {
    if (!value.trim() || value.length > limit) return;
    setText("");
    setClosed(true);
    area.current?.replaceChildren();
    onSend(value);
    area.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (busy || composing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const chosen = open ? found[active] : undefined;
      send(chosen ? chosen.text : text);
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place more than there are options: between last and first the text itself is active.
      setActive((now) => ((now + 1 + step + found.length + 1) % (found.length + 1)) - 1);
    } else if (open && event.key === "Escape") {
      event.stopPropagation();
      setClosed(true);
    }
  }

  return (
    <form
      class="Composer"
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      {open && (
        <div class="Suggestions" id={`${id}-list`} role="listbox" aria-label={words.similar}>
          {found.map((question, at) => (
            <div
              key={question.text}
              id={`${id}-${at}`}
              role="option"
              lang={ANSWERS}
              class="Suggestion"
              aria-selected={at === active}
              // The input keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => send(question.text)}
            >
              <Marked text={question.text} typed={text} />
            </div>
          ))}
          <p class="Suggestions-hint" aria-hidden="true">
            {words.similarKeys}
          </p>
        </div>
      )}
      <div class="Composer-box" data-over={over}>
        {/* Its text belongs to the browser: written back while composing, it would break the composition. */}
        <div
          ref={area}
          role="combobox"
          class="Composer-text"
          tabIndex={0}
          data-placeholder={text ? undefined : placeholder}
          aria-label={words.input}
          aria-describedby={over || text.length > limit - WARN_LEFT ? `${id}-count` : undefined}
          aria-invalid={over}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-expanded={open}
          aria-controls={open ? `${id}-list` : undefined}
          aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
          enterkeyhint="send"
          onInput={(event) => {
            setText(written(event.currentTarget));
            setClosed(false);
          }}
          onFocus={() => void conversation.knownQuestions().then(setQuestions, () => undefined)}
          onBlur={() => setClosed(true)}
          {...onComposing(
            (box) => {
              setBusy(false);
              setText(written(box));
            },
            () => setBusy(true),
          )}
          onKeyDown={onKeyDown}
        />
        {text.length > limit - WARN_LEFT && (
          <span class="Counter" id={`${id}-count`}>
            {over ? words.over(text.length - limit) : words.room(limit - text.length)}
          </span>
        )}
        <IconButton class="Send" icon="send" type="submit" disabled={!text.trim() || over} aria-label={words.send} />
      </div>
      <p class="Offscreen" role="status">
        {open ? words.similarFound(found.length) : ""}
      </p>
    </form>
  );
}
