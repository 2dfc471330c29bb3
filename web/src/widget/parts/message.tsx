// One message, by whom it is from and what became of the question.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { Button } from "./button";
import { memo } from "../../shared/parts";
import { useTools } from "../context";
import { copyText } from "../../shared/files";
import { apart, layout, withoutOffer, type Block } from "../text";
import type { Outgoing } from "../outgoing";
import { writerOf } from "../person";
import type { Message, Status } from "../../shared/types";
import { ANSWERS, useWords, type Words } from "../words";
import { zhCN } from "../words/zh-CN";
import { AddedView } from "./added";
import { viewOf } from "./cards";
import { CaseChip } from "./casechip";
import { Choices } from "./choices";
import { FeedbackBar } from "./feedback";
import { Linked, Prose } from "./prose";
import { placed, Sources } from "./sources";
import "./message.css";

const RATED: readonly Status[] = ["answered", "uncovered", "out_of_scope"];

function Handoff({ message, phone }: { message: Message; phone: string }): JSX.Element {
  const { say } = useTools();
  const words = useWords();
  const summary = message.custom?.summary;
  async function copy(): Promise<void> {
    try {
      await copyText(summary ?? "");
      say(words.summaryCopied);
    } catch {
      say(words.copyRefused);
    }
  }
  return (
    <div class="Handoff">
      {summary && (
        <figure class="Summary">
          <figcaption>
            <span>{words.summary}</span>
            <Button look="text" icon="copy" onClick={() => void copy()} aria-label={words.copySummary}>
              {words.copy}
            </Button>
          </figcaption>
          <blockquote lang={ANSWERS}>{summary}</blockquote>
        </figure>
      )}
      {phone && (
        <a class="Call" href={`tel:${phone.replace(/[^\d+]/g, "")}`}>
          <Icon type="phone" />
          <span>{words.call(phone)}</span>
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

const TAGS: Record<keyof Words["tags"], string> = { uncovered: "info", out_of_scope: "info", handoff: "headset", error: "warning" };

/** The entry under a status, for those that have one. */
function under<Value>(table: Readonly<Record<string, Value>>, status: Status): Value | undefined {
  return table[status];
}

/** The text repeats the summary for those who see no more than the text. */
function withoutSummary(blocks: readonly Block[], summary: string | undefined): readonly Block[] {
  if (!summary) return blocks;
  return blocks.filter((block) => block.kind === "list" || !block.text.includes(summary));
}

function BotMessage({ message, last, phone, onAskAgain }: Props): JSX.Element {
  const words = useWords();
  const { conversation } = useTools();
  const custom = message.custom ?? {};
  const status = custom.status ?? "smalltalk";
  const given = custom.card ?? null;
  const View = viewOf(given);
  const card = View || given?.type === "choices" ? given : null;
  const tag = under(TAGS, status);
  const next = under(words.next, status);
  const caseText = custom.understood?.case_text;
  const buttons = message.buttons ?? [];
  const titles = buttons.map((button) => button.title);
  const { head, added, tail } = apart(message.text);
  const { parts, groups, choosing: choosingAbove } = layout(head, card, titles);
  const below = layout(tail, null, titles);
  const told = placed(custom.sources ?? [], parts, groups, conversation.get().config.titles ?? {});
  const choosing = choosingAbove || below.choosing || (added !== null && card?.type === "choices");
  // The heading as the answers' language has it.
  const offer = last && buttons.length > 0 && !choosing ? under(zhCN.next, status) : undefined;
  const shown = (found: readonly Block[]): readonly Block[] => {
    const own = status === "handoff" ? withoutSummary(found, custom.summary) : found;
    return offer ? withoutOffer(own, offer) : own;
  };
  const rated = RATED.includes(status);
  return (
    <>
      <div class="Bubble" data-status={status}>
        {tag && (
          <p class="StatusTag">
            <Icon type={tag} />
            {under(words.tags, status)}
          </p>
        )}
        {caseText && status === "answered" && <CaseChip text={caseText} understood={custom.understood} last={last} />}
        {parts.map(({ heading, headed, before, card: here, after }, at) => (
          <section key={at} class="Part">
            {headed && <h2 lang={ANSWERS}>{heading}</h2>}
            <Prose blocks={shown(before)} />
            {View && card && here && <View card={card} groups={groups} sources={told.under} message={message} />}
            <Prose blocks={shown(after)} />
            {heading !== null && <Sources sources={told.under.get(heading) ?? []} />}
          </section>
        ))}
        {View && card && !parts.some((part) => part.card) && <View card={card} groups={groups} sources={told.under} message={message} />}
        {added !== null && (
          <AddedView text={added} entries={custom.supplement ?? []} titles={choosing ? titles : []} />
        )}
        {below.parts.map((part, at) => (
          <section key={at} class="Part">
            {part.headed && <h2 lang={ANSWERS}>{part.heading}</h2>}
            <Prose blocks={shown(part.before)} />
          </section>
        ))}
        {status === "handoff" && <Handoff message={message} phone={phone} />}
        {status === "error" && last && (
          <Button icon="restart" onClick={onAskAgain}>
            {words.askAgain}
          </Button>
        )}
        <div class="Foot">
          <Sources sources={told.rest} named={told.under.size > 0 || told.rest.length > 1} />
          {rated && <FeedbackBar message={message} />}
        </div>
      </div>
      {last && buttons.length > 0 && (
        <Choices
          choices={buttons}
          big={choosing}
          {...(next && !choosing ? { label: next } : {})}
        />
      )}
    </>
  );
}

const FOLDED_CHARACTERS = 280;

/** The customer's own words; a long text is folded, whoever wrote it knows what it says. */
function Own({ text }: { text: string }): JSX.Element {
  const words = useWords();
  const [whole, setWhole] = useState(false);
  const long = text.length > FOLDED_CHARACTERS || text.split("\n").length > 10;
  return (
    <>
      <p class="Plain" data-folded={long && !whole}>
        {text}
      </p>
      {long && (
        <button type="button" class="Unfold" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? words.fold : words.unfold}
        </button>
      )}
    </>
  );
}

const AUTHORS = { user: "saidByMe", bot: "saidByBot", agent: "saidByAgent" } as const;

export const MessageView = memo(function MessageView(props: Props): JSX.Element {
  const { message } = props;
  const words = useWords();
  if (message.author === "system") {
    return (
      <div class="Row system" data-id={message.id}>
        <p class="Notice" lang={ANSWERS}>{message.text}</p>
      </div>
    );
  }
  return (
    <article class={`Row ${message.author}`} data-id={message.id} tabIndex={-1}>
      <span class="Offscreen">{words[AUTHORS[message.author]]}</span>
      {message.author === "agent" && (
        <p class="Author" aria-hidden="true">
          <Icon type="headset" />
          {writerOf(message, words)}
        </p>
      )}
      {message.author === "bot" ? (
        <BotMessage {...props} />
      ) : (
        <div class="Bubble">
          {message.author === "agent" ? (
            <p class="Plain" lang={ANSWERS}>
              <Linked text={message.text} />
            </p>
          ) : (
            <Own text={message.text} />
          )}
        </div>
      )}
    </article>
  );
});

/** Why it was not delivered. */
function whyNot({ reason, status }: Outgoing, words: Words): JSX.Element | null {
  if (reason) return <span lang={ANSWERS}>{reason}</span>;
  if (status === undefined) return null;
  return <span>{status === 0 ? words.unreachable : words.unavailable(status)}</span>;
}

export function OutgoingView({ entry }: { entry: Outgoing }): JSX.Element {
  const { conversation } = useTools();
  const words = useWords();
  const failed = entry.state === "failed";
  const why = failed || entry.state === "queued" ? whyNot(entry, words) : null;
  return (
    <article class="Row user outgoing" data-state={entry.state}>
      <span class="Offscreen">{words.saidByMe}</span>
      <div class="Bubble">
        <p class="Plain">{entry.text}</p>
      </div>
      <p class="Delivery">
        {failed && <Icon type="warning" />}
        <span>{words.states[entry.state]}</span>
        {why && <span class="Delivery-why">{why}</span>}
        {(failed || entry.state === "queued") && (
          <>
            <Button look="text" onClick={() => conversation.resend(entry.clientId)}>
              {words.retry}
            </Button>
            <Button look="text" onClick={() => conversation.discard(entry.clientId)} aria-label={words.discardThis}>
              {words.discard}
            </Button>
          </>
        )}
      </p>
    </article>
  );
}
