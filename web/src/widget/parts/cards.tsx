// Cards: what an answer's text says, in a form that can be worked with.
import { Button } from "@chatui/core/es/components/Button";
import { Card as Frame } from "@chatui/core/es/components/Card";
import { Checkbox } from "@chatui/core/es/components/Checkbox";
import { Icon } from "@chatui/core/es/components/Icon";
import { Step, Stepper } from "@chatui/core/es/components/Stepper";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../api";
import { useTools } from "../context";
import { daysUntil } from "../deadline";
import { copyText, save } from "../files";
import { RESTATED } from "../origin";
import type { Group } from "../text";
import type { Card, Message } from "../types";
import { Linked } from "./prose";

interface Props {
  card: Card;
  groups: readonly Group[];
  message: Message;
}

/** A card's title without the colon that makes it open a list in the text. */
function titleOf(card: Card, fallback: string): string {
  return card.title?.trim().replace(/[：:]$/, "") || fallback;
}

function Head({ icon, title, children }: { icon: string; title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="CardHead">
      <Icon type={icon} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

function section(message: Message): string {
  return message.custom?.sources?.[0]?.section ?? "";
}

const WEEKDAYS = "日一二三四五六";

/** The message's last days as lines for paper. */
function lastDays(message: Message): string[] {
  return (message.custom?.deadlines ?? []).flatMap(({ date, title }) => {
    if (!date || !/^\d{4}-\d{2}-\d{2}/.test(date)) return [];
    const [year = 0, month = 1, day = 1] = date.slice(0, 10).split("-").map(Number);
    const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
    return [`${title ?? "最后一天"}：${year} 年 ${month} 月 ${day} 日（周${weekday}）`];
  });
}

function hasDates(message: Message): boolean {
  return (message.custom?.deadlines ?? []).length > 0;
}

/** Buttons for files the server makes. `calendar` for a calendar file of the dates. */
function Downloads({ message, name, list, calendar }: { message: Message; name: string; list: boolean; calendar: boolean }): JSX.Element {
  const { conversation, say } = useTools();
  const [busy, setBusy] = useState(false);
  async function fetchFile(kind: "txt" | "ics"): Promise<void> {
    setBusy(true);
    try {
      save(await conversation.download(message.id, kind), `${name}.${kind}`);
      say(kind === "txt" ? "清单已下载" : "日历文件已下载");
    } catch (error) {
      say(error instanceof ApiError ? `下载失败：${error.message}` : "下载失败");
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      {list && (
        <Button variant="text" icon="download" disabled={busy} onClick={() => void fetchFile("txt")} aria-label="下载清单（.txt）">
          下载
        </Button>
      )}
      {calendar && (
        <Button variant="text" icon="calendar" disabled={busy} onClick={() => void fetchFile("ics")} aria-label="下载日历文件（.ics）">
          加到日历
        </Button>
      )}
    </>
  );
}

// What comes after the materials.
const SUBMITTING = "怎么提交变更申请";

function Checklist({ card, groups, message }: Props): JSX.Element {
  const { ask, conversation, say, print } = useTools();
  const items = card.items ?? [];
  const title = titleOf(card, "清单");
  const ticked = new Set((message.ticked ?? []).filter((index) => index < items.length));
  const done = ticked.size;

  function toggle(index: number): void {
    const next = new Set(ticked);
    if (!next.delete(index)) next.add(index);
    conversation.tick(message.id, [...next].sort((a, b) => a - b));
  }

  async function copy(): Promise<void> {
    const lines = items.map((item, index) => `${ticked.has(index) ? "☑" : "☐"} ${item}`);
    const from = section(message);
    try {
      await copyText([title, ...lines, ...(from ? [`${RESTATED}：${from}`] : [])].join("\n"));
      say("清单已复制");
    } catch {
      say("浏览器不允许复制，请手动选择文字");
    }
  }

  return (
    <Frame className="Checklist">
      <Head icon="list" title={title}>
        <span class="Count" data-done={done === items.length}>
          <span aria-hidden="true">{`${done}/${items.length}`}</span>
          <span class="Offscreen">{`已备齐 ${done} 项，共 ${items.length} 项`}</span>
        </span>
      </Head>
      {groups.map((group) => (
        <div key={group.from} class="TickGroup">
          {group.heading && <h3>{group.heading}</h3>}
          <ul class="Ticks" aria-label={group.heading ?? title}>
            {group.items.map((item, at) => (
              <li key={at}>
                <Checkbox
                  label={item}
                  checked={ticked.has(group.from + at)}
                  onChange={() => toggle(group.from + at)}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p class="Done" role="status" hidden={done < items.length || items.length === 0}>
        <Icon type="ok" />
        <span>材料已备齐，可以去提交了。</span>
        <Button variant="text" onClick={() => ask(SUBMITTING)}>
          怎么提交
        </Button>
      </p>
      <div class="Tools" role="group" aria-label="清单操作">
        <Button variant="text" icon="copy" onClick={() => void copy()} aria-label="复制清单">
          复制
        </Button>
        <Button
          variant="text"
          icon="print"
          onClick={() => print({ title, items, ticked: [...ticked], days: lastDays(message), source: section(message) })}
          aria-label="打印清单"
        >
          打印
        </Button>
        <Downloads message={message} name={title} list calendar={hasDates(message)} />
      </div>
    </Frame>
  );
}

function Steps({ card }: Props): JSX.Element {
  const items = card.items ?? [];
  return (
    <Frame className="Steps">
      {card.title && <Head icon="steps" title={titleOf(card, "")} />}
      <Stepper current={items.length}>
        {items.map((item, index) => {
          // A step that begins with a short name has it set apart.
          const named = /^([^：。，；]{2,14})：(.+)$/.exec(item);
          return (
            <Step key={index} data-step={index + 1}>
              <span class="Offscreen">{`第 ${index + 1} 步：`}</span>
              {named ? (
                <>
                  <div class="Step-title">{named[1]}</div>
                  <div class="Step-desc">
                    <Linked text={named[2] ?? ""} />
                  </div>
                </>
              ) : (
                <div class="Step-desc">
                  <Linked text={item} />
                </div>
              )}
            </Step>
          );
        })}
      </Stepper>
    </Frame>
  );
}

function left(days: number): string {
  if (days < 0) return `已过 ${-days} 天`;
  return days === 0 ? "就是今天" : `还有 ${days} 天`;
}

function Deadline({ card, message }: Props): JSX.Element {
  const title = titleOf(card, "期限");
  const date = [card.date, message.custom?.deadlines?.[0]?.date].find((one) => /^\d{4}-\d{2}-\d{2}/.test(one ?? ""));
  const days = date ? daysUntil(date) : 0;
  const pairs = (card.items ?? []).map((item) => /^([^：]{1,12})：(.+)$/.exec(item));
  return (
    <Frame className="Deadline">
      <Head icon="calendar" title={title} />
      {date && (
        <p class="Date" data-urgency={days < 0 ? "past" : days <= 7 ? "soon" : "fine"}>
          <time dateTime={date.slice(0, 10)}>
            {`${Number(date.slice(0, 4))} 年 ${Number(date.slice(5, 7))} 月 ${Number(date.slice(8, 10))} 日`}
          </time>
          <span class="Left">{left(days)}</span>
        </p>
      )}
      {pairs.some((pair) => pair) ? (
        <dl class="Pairs">
          {pairs.map((pair, at) => {
            if (pair) {
              return (
                <div key={at}>
                  <dt>{pair[1]}</dt>
                  <dd>{pair[2]}</dd>
                </div>
              );
            }
            // The days left as of the answer: out of date tomorrow, so the line above counts anew.
            return date ? null : (
              <div key={at}>
                <dd>{card.items?.[at]}</dd>
              </div>
            );
          })}
        </dl>
      ) : (
        <Items items={card.items} />
      )}
      {hasDates(message) && (
        <div class="Tools" role="group" aria-label="期限操作">
          <Downloads message={message} name={title} list={false} calendar />
        </div>
      )}
    </Frame>
  );
}

type Tone = "ok" | "no" | "warning";

function toneOf(verdict: unknown): Tone | null {
  if (verdict === "ok" || verdict === "no") return verdict;
  return verdict === "unsure" ? "warning" : null;
}

function Verdict({ card }: Props): JSX.Element {
  const items = card.items ?? [];
  const tones = items.map((_, at) => toneOf(card.verdicts?.[at]));
  return (
    <Frame className="Verdict">
      <Head icon="list" title={titleOf(card, "结论")} />
      <ul class="Verdicts">
        {items.map((item, at) => (
          <li key={at} data-tone={tones[at] ?? "none"}>
            <Icon type={tones[at] ?? "info"} />
            <span>
              <Linked text={item} />
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

function Items({ items }: { items: string[] | undefined }): JSX.Element | null {
  if (!items || items.length === 0) return null;
  if (items.length === 1) {
    return (
      <p class="Items">
        <Linked text={items[0] ?? ""} />
      </p>
    );
  }
  return (
    <ul class="Items">
      {items.map((item, index) => (
        <li key={index}>
          <Linked text={item} />
        </li>
      ))}
    </ul>
  );
}

/** The card's own view. Choices have none here: they are the message's buttons. */
export function CardView(props: Props): JSX.Element | null {
  switch (props.card.type) {
    case "checklist":
      return <Checklist {...props} />;
    case "steps":
      return <Steps {...props} />;
    case "deadline":
      return <Deadline {...props} />;
    case "verdict":
      return <Verdict {...props} />;
    default:
      return null;
  }
}
