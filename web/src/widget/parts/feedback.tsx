// Thumbs, and the reason of a thumb down.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../icons";
import { Button } from "./button";
import { useTools } from "../context";
import { copyText } from "../../shared/files";
import { REASONS } from "../said";
import type { Feedback, Message } from "../../shared/types";
import { useWords } from "../words";
import "./feedback.css";

export function FeedbackBar({ message }: { message: Message }): JSX.Element {
  const { conversation, say } = useTools();
  const words = useWords();
  const given = message.feedback;
  const [asking, setAsking] = useState(false);
  const [other, setOther] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const downButton = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (asking) form.current?.scrollIntoView({ block: "nearest" });
  }, [asking]);

  async function rate(feedback: Feedback | null, thanks = ""): Promise<void> {
    const outcome = await conversation.rate(message.id, feedback);
    if (outcome === "refused") say(words.ratingFailed);
    else if (outcome === "kept") say(words.ratingKept);
    else if (thanks) say(thanks);
  }

  function press(value: "up" | "down"): void {
    if (given?.value === value) {
      setAsking(false);
      void rate(null, words.ratingTaken);
      return;
    }
    setAsking(value === "down");
    // After a thumb down the reasons appear: that is the answer to the press.
    void rate({ value }, value === "up" ? words.thanks : "");
  }

  function reason(text: string): void {
    if (!text.trim()) return;
    setAsking(false);
    setOther("");
    downButton.current?.focus();
    void rate({ value: "down", reason: text.trim() }, words.reasonKept);
  }

  async function copy(): Promise<void> {
    try {
      const from = [...new Set((message.custom?.sources ?? []).map((source) => words.labelled(words.restated, source.section)))];
      await copyText([message.text, ...from].join("\n"));
      say(words.answerCopied);
    } catch {
      say(words.copyRefused);
    }
  }

  return (
    <>
      <div class="Feedback" role="group" aria-label={words.rateAnswer}>
        <button type="button" class="Tool" aria-label={words.copyAnswer} title={words.copy} onClick={() => void copy()}>
          <Icon type="copy" />
          <span class="Tool-word">{words.copy}</span>
        </button>
        <button type="button" class="Tool" aria-label={words.helpful} title={words.helpful} aria-pressed={given?.value === "up"} onClick={() => press("up")}>
          <Icon type="up" />
          <span class="Tool-word">{words.helpful}</span>
        </button>
        <button
          type="button"
          class="Tool"
          aria-label={words.unhelpful}
          title={words.unhelpful}
          aria-pressed={given?.value === "down"}
          ref={downButton}
          onClick={() => press("down")}
        >
          <Icon type="thumbsdown" />
          <span class="Tool-word">{words.unhelpful}</span>
        </button>
        {given?.value === "down" && given?.reason && !asking && (
          <button type="button" class="Reason-given" onClick={() => setAsking(true)}>
            <span class="Offscreen">{words.reason}</span>
            {words.reasons[REASONS.indexOf(given?.reason)] ?? given?.reason}
          </button>
        )}
      </div>
      {asking && (
        <form
          class="Reasons"
          ref={form}
          aria-label={words.reasonsOf}
          onSubmit={(event) => {
            event.preventDefault();
            reason(other);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
            event.stopPropagation();
            setAsking(false);
            downButton.current?.focus();
          }}
        >
          <p>{words.reasonsAsk}</p>
          <div class="Reasons-list">
            {REASONS.map((text, at) => (
              <Button key={text} small onClick={() => reason(text)} aria-pressed={given?.reason === text}>
                {words.reasons[at]}
              </Button>
            ))}
          </div>
          <div class="Reasons-other">
            <input
              type="text"
              aria-label={words.reasonOther}
              placeholder={words.reasonOther}
              maxLength={200}
              value={other}
              onInput={(event) => setOther(event.currentTarget.value)}
            />
            <Button small disabled={!other.trim()} onClick={() => reason(other)}>
              {words.submit}
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
