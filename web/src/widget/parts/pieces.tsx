// The smaller states of the widget: before the first question, without a line, with a person, closed.
import { Button } from "@chatui/core/es/components/Button";
import { Icon } from "@chatui/core/es/components/Icon";
import type { JSX, Ref } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useTools } from "../context";
import type { Choice, Mode } from "../types";

/** What the assistant does beyond answering, each with a question that shows it. */
const ABILITIES: readonly { icon: string; name: string; example: string }[] = [
  { icon: "calendar", name: "算期限", example: "上周五改的公司名，最晚哪天提交" },
  { icon: "ok", name: "查名称", example: "网站名称用“云岸官网”可以吗" },
  { icon: "list", name: "列清单", example: "公司改名了，要准备什么材料" },
];

export function Welcome({ greeting, starters }: { greeting: string; starters: readonly Choice[] }): JSX.Element {
  const { ask } = useTools();
  return (
    <section class="Welcome" aria-label="开始">
      {greeting && <p class="Greeting">{greeting}</p>}
      <h2>我能帮您</h2>
      <ul class="Abilities">
        {ABILITIES.map(({ icon, name, example }) => (
          <li key={name}>
            <button type="button" onClick={() => ask(example)}>
              <Icon type={icon} />
              <span class="Abilities-name">{name}</span>
              <span class="Abilities-example">{example}</span>
            </button>
          </li>
        ))}
      </ul>
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

/** What the page around the widget says of the customer's matter; the customer may take it away. */
export function MatterChip({ text, onRemove }: { text: string; onRemove(): void }): JSX.Element {
  return (
    <p class="Matter">
      <span class="Matter-label">本页</span>
      <span class="Matter-text">{text}</span>
      <button type="button" class="Tool" aria-label={`不按“${text}”回答`} title="不按这个回答" onClick={onRemove}>
        <Icon type="close" />
      </button>
    </p>
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

/** The start page without a server. It tries again by itself: store.ts. */
export function Failed({ offline, phone, onRetry }: { offline: boolean; phone: string; onRetry(): void }): JSX.Element {
  return (
    <section class="Failed" role="alert">
      <Icon type="offline" />
      <h2>{offline ? "网络已断开" : "暂时连不上服务"}</h2>
      <p>{offline ? "网络恢复后会自动连上。" : "正在自动重试，连上之后会自动恢复。"}</p>
      {phone && (
        <p>
          急事可以拨打备案客服 <a href={`tel:${dialled(phone)}`}>{phone}</a>
        </p>
      )}
      <Button color="primary" onClick={onRetry}>
        再试一次
      </Button>
    </section>
  );
}

/** A telephone number as it is dialled. */
export function dialled(phone: string): string {
  return phone.replace(/[^\d+]/g, "");
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

export function ModeBanner({ mode, rated, phone }: { mode: Mode; rated: boolean; phone: string }): JSX.Element | null {
  const { conversation, say } = useTools();
  const [busy, setBusy] = useState(false);
  // Ending the talk takes a second tap.
  const [sure, setSure] = useState(false);
  useEffect(() => setSure(false), [mode]);
  async function leave(): Promise<void> {
    setBusy(true);
    try {
      await conversation.leave();
    } catch {
      say(mode === "waiting" ? "没能取消，请稍后再试" : "没能结束，请稍后再试");
    } finally {
      setBusy(false);
    }
  }
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
  if (mode === "waiting" || mode === "human") {
    const waiting = mode === "waiting";
    return (
      <div class="Banner" data-tone="human" role="group" aria-label="人工客服">
        <Icon type="headset" />
        <span>
          {waiting ? "正在等人工客服接手" : "人工客服正在为您服务"}
          {waiting && phone && (
            <>
              ，急事可拨 <a href={`tel:${dialled(phone)}`}>{phone}</a>
            </>
          )}
        </span>
        <Button size="sm" disabled={busy} onClick={() => (waiting || sure ? void leave() : setSure(true))}>
          {waiting ? "取消等候" : sure ? "确定结束" : "结束"}
        </Button>
      </div>
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
