// One message, by whom it is from and what became of the question.
import { Bubble } from "@chatui/core/es/components/Bubble";
import { Button } from "@chatui/core/es/components/Button";
import { Icon } from "@chatui/core/es/components/Icon";
import type { JSX } from "preact";
import { memo } from "preact/compat";
import { useState } from "preact/hooks";
import { useTools } from "../context";
import { copyText } from "../files";
import { apart, layout, type Block } from "../text";
import type { Choice, Message, Outgoing, Status } from "../types";
import { AddedView } from "./added";
import { CardView } from "./cards";
import { FeedbackBar } from "./feedback";
import { Linked, Prose } from "./prose";
import { Sources } from "./sources";

const RATED: readonly Status[] = ["answered", "uncovered", "out_of_scope"];
const NEXT_LABEL: Partial<Record<Status, string>> = {
  answered: "接着问",
  uncovered: "文档里相近的内容",
  out_of_scope: "可以问我",
};

export function Choices({ choices, label, big }: { choices: readonly Choice[]; label?: string; big: boolean }): JSX.Element {
  const { ask } = useTools();
  return (
    <div
      class="Choices" 
      data-big={big}
      data-long={choices.some((choice) => choice.title.length > 9)}
      role="group"
      aria-label={label ?? "可选的回答"}
    >
      {label && (
        <p class="Choices-label" aria-hidden="true">
          {label}
        </p>
      )}
      <div class="Choices-list">
        {choices.map((choice, at) => (
          <Button key={at} onClick={() => ask(choice.payload || choice.title)}>
            {/* Typing the number works as well. */}
            {big && (
              <span class="Choices-number" aria-hidden="true">
                {at + 1}
              </span>
            )}
            {choice.title}
          </Button>
        ))}
      </div>
    </div>
  );
}

function Handoff({ message, phone }: { message: Message; phone: string }): JSX.Element {
  const { say } = useTools();
  const summary = message.custom?.summary;
  async function copy(): Promise<void> {
    try {
      await copyText(summary ?? "");
      say("摘要已复制");
    } catch {
      say("浏览器不允许复制，请手动选择文字");
    }
  }
  return (
    <div class="Handoff">
      {summary && (
        <figure class="Summary">
          <figcaption>
            <span>您的情况，联系人工时可用</span>
            <Button variant="text" icon="copy" onClick={() => void copy()} aria-label="复制摘要">
              复制
            </Button>
          </figcaption>
          <blockquote>{summary}</blockquote>
        </figure>
      )}
      {phone && (
        <a class="Call" href={`tel:${phone.replace(/[^\d+]/g, "")}`}>
          <Icon type="phone" />
          <span>拨打 {phone}</span>
        </a>
      )}
    </div>
  );
}

interface Props {
  message: Message;
  /** The newest one: its choices can still be pressed. */
  last: boolean;
  phone: string;
  onAskAgain(): void;
}

const TAGS: Partial<Record<Status, { icon: string; text: string }>> = {
  uncovered: { icon: "info", text: "文档未说明" },
  out_of_scope: { icon: "info", text: "不在解答范围" },
  handoff: { icon: "headset", text: "转人工" },
  error: { icon: "warning", text: "出了点问题" },
};

/** The text repeats the summary for those who see no more than the text. */
function withoutSummary(blocks: readonly Block[], summary: string | undefined): readonly Block[] {
  if (!summary) return blocks;
  return blocks.filter((block) => block.kind === "list" || !block.text.includes(summary));
}

function BotMessage({ message, last, phone, onAskAgain }: Props): JSX.Element {
  const custom = message.custom ?? {};
  const status = custom.status ?? "smalltalk";
  const card = custom.card ?? null;
  const tag = TAGS[status];
  const caseText = custom.understood?.case_text;
  const buttons = message.buttons ?? [];
  const titles = buttons.map((button) => button.title);
  const { head, added, tail } = apart(message.text);
  const { before, after, groups, choosing: choosingAbove } = layout(head, card, titles);
  const below = layout(tail, null, titles);
  const choosing = choosingAbove || below.choosing || (added !== null && card?.type === "choices");
  const rated = RATED.includes(status);
  return (
    <>
      <Bubble data-status={status}>
        {tag && (
          <p class="StatusTag">
            <Icon type={tag.icon} />
            {tag.text}
          </p>
        )}
        {caseText && status === "answered" && (
          <p class="Case">
            <span class="Offscreen">按您的情况：</span>
            {caseText}
          </p>
        )}
        <Prose blocks={status === "handoff" ? withoutSummary(before, custom.summary) : before} />
        {card && <CardView card={card} groups={groups} message={message} />}
        <Prose blocks={after} />
        {added !== null && (
          <AddedView text={added} entries={custom.supplement ?? []} titles={choosing ? titles : []} />
        )}
        <Prose blocks={below.before} />
        {status === "handoff" && <Handoff message={message} phone={phone} />}
        {status === "error" && last && (
          <Button icon="restart" onClick={onAskAgain}>
            再问一次
          </Button>
        )}
        <div class="Foot">
          <Sources sources={custom.sources ?? []} />
          {rated && <FeedbackBar message={message} />}
        </div>
      </Bubble>
      {last && buttons.length > 0 && (
        <Choices
          choices={buttons}
          big={choosing}
          {...(NEXT_LABEL[status] && !choosing ? { label: NEXT_LABEL[status] } : {})}
        />
      )}
    </>
  );
}

const FOLDED_CHARACTERS = 280;

/** The customer's own words; a long text is folded, whoever wrote it knows what it says. */
function Own({ text }: { text: string }): JSX.Element {
  const [whole, setWhole] = useState(false);
  const long = text.length > FOLDED_CHARACTERS || text.split("\n").length > 10;
  return (
    <>
      <p class="Plain" data-folded={long && !whole}>
        {text}
      </p>
      {long && (
        <button type="button" class="Unfold" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? "收起" : "展开全文"}
        </button>
      )}
    </>
  );
}

const AUTHORS = { user: "您说：", bot: "助手说：", agent: "人工客服说：" } as const;

export const MessageView = memo(function MessageView(props: Props): JSX.Element {
  const { message } = props;
  if (message.author === "system") {
    return (
      <div class="Row system" data-id={message.id}>
        <p class="Notice">{message.text}</p>
      </div>
    );
  }
  return (
    <article class={`Row ${message.author}`} data-id={message.id} tabIndex={-1}>
      <span class="Offscreen">{AUTHORS[message.author]}</span>
      {message.author === "agent" && (
        <p class="Author" aria-hidden="true">
          <Icon type="headset" />
          人工客服
        </p>
      )}
      {message.author === "bot" ? (
        <BotMessage {...props} />
      ) : (
        <Bubble>
          {message.author === "agent" ? (
            <p class="Plain">
              <Linked text={message.text} />
            </p>
          ) : (
            <Own text={message.text} />
          )}
        </Bubble>
      )}
    </article>
  );
});

const STATES: Record<Outgoing["state"], string> = {
  queued: "等待发送",
  sending: "发送中",
  sent: "已送达",
  failed: "没有发出",
};

export function OutgoingView({ entry }: { entry: Outgoing }): JSX.Element {
  const { conversation } = useTools();
  const failed = entry.state === "failed";
  return (
    <article class="Row user outgoing" data-state={entry.state}>
      <span class="Offscreen">{AUTHORS.user}</span>
      <Bubble>
        <p class="Plain">{entry.text}</p>
      </Bubble>
      <p class="Delivery">
        {failed && <Icon type="warning" />}
        <span>{entry.state === "queued" && entry.reason ? `等待发送 · ${entry.reason}` : STATES[entry.state]}</span>
        {failed && entry.reason && <span> · {entry.reason}</span>}
        {(failed || entry.state === "queued") && (
          <>
            <Button variant="text" onClick={() => conversation.resend(entry.clientId)}>
              重试
            </Button>
            <Button variant="text" onClick={() => conversation.discard(entry.clientId)} aria-label="删除这条消息">
              删除
            </Button>
          </>
        )}
      </p>
    </article>
  );
}
