// What an agent writes to a customer. It is kept for its conversation from the first character on.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useDesk } from "./context";
import { composing } from "./keys";

export function Reply({ id, mine, loaded }: { id: string; mine: boolean; loaded: boolean }): JSX.Element {
  const { desk, state } = useDesk();
  const area = useRef<HTMLTextAreaElement>(null);
  const { text } = desk.draft(id);
  const hides = state.hides?.id === id && state.hides.text === text ? state.hides.words : "";
  useEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 260)}px`;
  }, [text]);
  function onKey(event: KeyboardEvent): void {
    if (composing(event)) return;
    const place = event.altKey ? ["Digit1", "Digit2", "Digit3"].indexOf(event.code) : -1;
    if (place >= 0) desk.useSuggestion(place);
    else if (event.key === "Enter" && !event.shiftKey) {
      if (mine) void desk.send(id);
      else if (loaded) desk.say("接手后才能回复", true);
    } else return;
    event.preventDefault();
  }
  return (
    <form
      class="Reply"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.send(id);
      }}
    >
      <label class="Offscreen" for="reply">
        回复
      </label>
      <textarea
        id="reply"
        ref={area}
        rows={2}
        maxLength={state.profile?.limits.text ?? 2000}
        value={text}
        aria-describedby={hides ? "hides" : undefined}
        placeholder={mine ? "回复客户；Enter 发送，Shift+Enter 换行" : "接手后可以回复；可以先写好"}
        onInput={(event) => desk.write(id, event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <button type="submit" class="Primary" disabled={!mine || state.sending || !text.trim()}>
        发送
      </button>
      {hides && (
        <p id="hides" class="Reply-hides" role="alert">
          {hides}
        </p>
      )}
    </form>
  );
}
