// The smaller states of the widget: before the first question, without a line, with a person, closed.
import { Button } from "@chatui/core/es/components/Button";
import { Icon } from "@chatui/core/es/components/Icon";
import type { JSX, Ref } from "preact";
import { useState } from "preact/hooks";
import { useTools } from "../context";
import type { Choice, Mode } from "../types";
import { Mark } from "./header";

export function Welcome({ greeting, starters, avatar }: { greeting: string; starters: readonly Choice[]; avatar: string | null }): JSX.Element {
  const { ask } = useTools();
  return (
    <section class="Welcome" aria-label="开始">
      <Mark avatar={avatar} />
      {greeting && <p class="Greeting">{greeting}</p>}
      {starters.length > 0 && (
        <>
          <h2>大家常问</h2>
          <ul class="Starters">
            {starters.map((starter, at) => (
              <li key={at}>
                <button type="button" onClick={() => ask(starter.payload || starter.title)}>
                  <span>{starter.title}</span>
                  <Icon type="right" />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="Privacy">请不要发送身份证号、照片等个人资料，这里用不到。</p>
    </section>
  );
}

export function Loading(): JSX.Element {
  return (
    <div class="Loading" role="status">
      <span class="Offscreen">正在载入对话</span>
      <span class="Bone" aria-hidden="true" />
      <span class="Bone" aria-hidden="true" />
      <span class="Bone" aria-hidden="true" />
    </div>
  );
}

export function Failed({ onRetry }: { onRetry(): void }): JSX.Element {
  return (
    <section class="Failed" role="alert">
      <Icon type="offline" />
      <h2>暂时连不上服务</h2>
      <p>请检查网络；连上之后会自动恢复，也可以现在再试。</p>
      <Button color="primary" onClick={onRetry}>
        再试一次
      </Button>
    </section>
  );
}

export function LineBanner({ link, waiting }: { link: "lost" | "offline"; waiting: number }): JSX.Element {
  const text = link === "offline" ? "网络已断开" : "连接中断，正在重新连接";
  return (
    <p class="Banner" data-tone="bad">
      <Icon type="offline" />
      {waiting > 0 ? `${text}，${waiting} 条消息会在恢复后自动发出` : `${text}，写下的消息会在恢复后发出`}
    </p>
  );
}

export function ModeBanner({ mode, rated }: { mode: Mode; rated: boolean }): JSX.Element | null {
  const { conversation, say } = useTools();
  const [busy, setBusy] = useState(false);
  async function rate(value: 0 | 1): Promise<void> {
    setBusy(true);
    try {
      await conversation.satisfaction(value);
      say("感谢您的评价");
    } catch {
      say("评价没能保存，请稍后再试");
    } finally {
      setBusy(false);
    }
  }
  if (mode === "waiting") {
    return (
      <p class="Banner" data-tone="human">
        <Icon type="headset" />
        已转给人工客服，请稍候；接手前仍由助手回答，客服会看到全部对话
      </p>
    );
  }
  if (mode === "human") {
    return (
      <p class="Banner" data-tone="human">
        <Icon type="headset" />
        人工客服正在为您服务
      </p>
    );
  }
  if (mode === "closed" && !rated) {
    return (
      <div class="Banner" data-tone="human" role="group" aria-label="服务评价">
        <Icon type="headset" />
        <span>人工服务已结束，问题解决了吗？</span>
        <Button size="sm" disabled={busy} onClick={() => void rate(1)}>
          解决了
        </Button>
        <Button size="sm" disabled={busy} onClick={() => void rate(0)}>
          没有
        </Button>
      </div>
    );
  }
  return null;
}

export function Launcher({ title, avatar, unread, onOpen, button }: { title: string; avatar: string | null; unread: number; onOpen(): void; button: Ref<HTMLButtonElement> }): JSX.Element {
  return (
    <button
      type="button"
      class="Launcher"
      ref={button}
      onClick={onOpen}
      aria-label={unread > 0 ? `打开${title}，${unread} 条未读消息` : `打开${title}`}
    >
      <span aria-hidden="true">{avatar ? [...avatar].slice(0, 2).join("") : <Icon type="ask" />}</span>
      {unread > 0 && (
        <span class="Badge" aria-hidden="true">
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </button>
  );
}
