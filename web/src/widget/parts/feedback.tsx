// Thumbs, and the reason of a thumb down.
import { Button } from "@chatui/core/es/components/Button";
import { Icon } from "@chatui/core/es/components/Icon";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useTools } from "../context";
import { copyText } from "../files";
import { RESTATED } from "../origin";
import type { Feedback, Message } from "../types";

const REASONS = ["答非所问", "不完整", "过时", "看不懂"];

export function FeedbackBar({ message }: { message: Message }): JSX.Element {
  const { conversation, say } = useTools();
  const given = message.feedback ?? { value: null };
  const [asking, setAsking] = useState(false);
  const [other, setOther] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const downButton = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (asking) form.current?.scrollIntoView({ block: "nearest" });
  }, [asking]);

  async function rate(feedback: Feedback, thanks = ""): Promise<void> {
    try {
      await conversation.rate(message.id, feedback);
      if (thanks) say(thanks);
    } catch {
      say("评价没能保存，请稍后再试");
    }
  }

  function press(value: "up" | "down"): void {
    if (given.value === value) {
      setAsking(false);
      void rate({ value: null }, "已取消评价");
      return;
    }
    setAsking(value === "down");
    // After a thumb down the reasons appear: that is the answer to the press.
    void rate({ value }, value === "up" ? "感谢您的评价" : "");
  }

  function reason(text: string): void {
    if (!text.trim()) return;
    setAsking(false);
    setOther("");
    downButton.current?.focus();
    void rate({ value: "down", reason: text.trim() }, "原因已记下，谢谢");
  }

  async function copy(): Promise<void> {
    try {
      const from = [...new Set((message.custom?.sources ?? []).map((source) => `${RESTATED}：${source.section}`))];
      await copyText([message.text, ...from].join("\n"));
      say("回答已复制");
    } catch {
      say("浏览器不允许复制，请手动选择文字");
    }
  }

  return (
    <>
      <div class="Feedback" role="group" aria-label="评价这条回答">
        <button type="button" class="Tool" aria-label="复制回答" title="复制" onClick={() => void copy()}>
          <Icon type="copy" />
          <span class="Tool-word">复制</span>
        </button>
        <button type="button" class="Tool" aria-label="有帮助" title="有帮助" aria-pressed={given.value === "up"} onClick={() => press("up")}>
          <Icon type="up" />
          <span class="Tool-word">有帮助</span>
        </button>
        <button
          type="button"
          class="Tool"
          aria-label="没帮助"
          title="没帮助"
          aria-pressed={given.value === "down"}
          ref={downButton}
          onClick={() => press("down")}
        >
          <Icon type="thumbsdown" />
          <span class="Tool-word">没帮助</span>
        </button>
        {given.value === "down" && given.reason && !asking && (
          <button type="button" class="Reason-given" onClick={() => setAsking(true)}>
            <span class="Offscreen">原因：</span>
            {given.reason}
          </button>
        )}
      </div>
      {asking && (
        <form
          class="Reasons"
          ref={form}
          aria-label="没帮助的原因"
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
          <p>哪里不好？</p>
          <div class="Reasons-list">
            {REASONS.map((text) => (
              <Button key={text} size="sm" onClick={() => reason(text)} aria-pressed={given.reason === text}>
                {text}
              </Button>
            ))}
          </div>
          <div class="Reasons-other">
            <input
              type="text"
              aria-label="其他原因"
              placeholder="其他原因"
              maxLength={200}
              value={other}
              onInput={(event) => setOther(event.currentTarget.value)}
            />
            <Button size="sm" disabled={!other.trim()} onClick={() => reason(other)}>
              提交
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
