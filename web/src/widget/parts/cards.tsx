// Cards: what an answer's text says, in a form that can be worked with.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../icons";
import { Button } from "./button";
import { ApiError } from "../api";
import { useOf, useTools } from "../context";
import { daysUntil, inView } from "../deadline";
import { copyText, save } from "../files";
import { SUBMITTING } from "../said";
import { detailed, type Group } from "../text";
import type { Card, Message } from "../../shared/types";
import { ANSWERS, useWords, type Words } from "../words";
import { Linked } from "./prose";
import { Sources, type Placed } from "./sources";
import "./cards.css";
import "./checklist.css";

interface Props {
  card: Card;
  groups: readonly Group[];
  /** Of the groups with a heading, by that. */
  sources: Placed["under"];
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
      <h2 lang={ANSWERS}>{title}</h2>
      {children}
    </div>
  );
}

function section(message: Message): string {
  return message.custom?.sources?.[0]?.section ?? "";
}

/** An ISO date with its weekday, as people write it. */
function day(iso: string, words: Words): string {
  const [year = 0, month = 1, date = 1] = iso.slice(0, 10).split("-").map(Number);
  return words.dayOfWeek(words.date(year, month, date), new Date(Date.UTC(year, month - 1, date)).getUTCDay());
}

/** The message's last days as lines for paper. */
function lastDays(message: Message, words: Words): string[] {
  return (message.custom?.deadlines ?? []).flatMap(({ date, title }) => {
    if (!date || !/^\d{4}-\d{2}-\d{2}/.test(date)) return [];
    return [words.labelled(title ?? words.lastDay, day(date, words))];
  });
}

function hasDates(message: Message): boolean {
  return (message.custom?.deadlines ?? []).length > 0;
}

/** Buttons for files the server makes. `calendar` for a calendar file of the dates. */
function Downloads({ message, name, list, calendar }: { message: Message; name: string; list: boolean; calendar: boolean }): JSX.Element {
  const { conversation, say } = useTools();
  const words = useWords();
  const [busy, setBusy] = useState(false);
  async function fetchFile(kind: "txt" | "ics"): Promise<void> {
    setBusy(true);
    try {
      save(await conversation.download(message.id, kind), `${name}.${kind}`);
      say(kind === "txt" ? words.listDownloaded : words.calendarDownloaded);
    } catch (error) {
      say(error instanceof ApiError && error.said ? words.labelled(words.downloadFailed, error.said) : words.downloadFailed);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      {list && (
        <Button look="text" icon="download" disabled={busy} onClick={() => void fetchFile("txt")} aria-label={words.downloadList}>
          {words.download}
        </Button>
      )}
      {calendar && (
        <Button look="text" icon="calendar" disabled={busy} onClick={() => void fetchFile("ics")} aria-label={words.downloadCalendar}>
          {words.addToCalendar}
        </Button>
      )}
    </>
  );
}

/** One thing to tick. */
function Entry({ text, checked, onChange }: { text: string; checked: boolean; onChange(): void }): JSX.Element {
  const [name, detail] = detailed(text);
  return (
    <label class="Tick">
      <input type="checkbox" checked={checked} onChange={onChange} />
      <span>
        {name}
        {detail && " "}
        {detail && <span class="Detail">{detail}</span>}
      </span>
    </label>
  );
}

function Checklist({ card, groups, sources, message }: Props): JSX.Element {
  const { ask, conversation, say, print } = useTools();
  const words = useWords();
  const items = card.items ?? [];
  const title = titleOf(card, words.list);
  const ticked = new Set((message.ticked ?? []).filter((index) => index < items.length));
  const done = ticked.size;
  const due = useOf(conversation, (state) => inView(state.messages, words));

  function toggle(index: number): void {
    const next = new Set(ticked);
    if (!next.delete(index)) next.add(index);
    conversation.tick(message.id, [...next].sort((a, b) => a - b));
  }

  async function copy(): Promise<void> {
    const lines = items.map((item, index) => `${ticked.has(index) ? "☑" : "☐"} ${item}`);
    const from = section(message);
    try {
      await copyText([title, ...lines, ...(from ? [words.labelled(words.restated, from)] : [])].join("\n"));
      say(words.listCopied);
    } catch {
      say(words.copyRefused);
    }
  }

  return (
    <div class="Card Checklist">
      <Head icon="list" title={title}>
        <span class="Count" data-done={done === items.length}>
          <span aria-hidden="true">{`${done}/${items.length}`}</span>
          <span class="Offscreen">{words.itemsDone(done, items.length)}</span>
        </span>
      </Head>
      {groups.map((group) => (
        <div key={group.from} class="TickGroup">
          {group.heading && <h3 lang={ANSWERS}>{group.heading}</h3>}
          <ul class="Ticks" aria-label={group.heading ?? title} lang={ANSWERS}>
            {group.items.map((item, at) => (
              <li key={at}>
                <Entry text={item} checked={ticked.has(group.from + at)} onChange={() => toggle(group.from + at)} />
              </li>
            ))}
          </ul>
          {group.heading && <Sources sources={sources.get(group.heading) ?? []} />}
        </div>
      ))}
      <p class="Done" role="status" hidden={done < items.length || items.length === 0}>
        <Icon type="ok" />
        <span>
          {words.allDone}
          {due && <span class="Detail">{due}</span>}
        </span>
        <Button small onClick={() => ask(SUBMITTING)}>
          {words.howToSubmit}
        </Button>
      </p>
      <div class="Tools" role="group" aria-label={words.listTools}>
        <Button look="text" icon="copy" onClick={() => void copy()} aria-label={words.copyList}>
          {words.copy}
        </Button>
        <Button
          look="text"
          icon="print"
          onClick={() => print({ title, items, ticked: [...ticked], days: lastDays(message, words), source: section(message) })}
          aria-label={words.printList}
        >
          {words.print}
        </Button>
        <Downloads message={message} name={title} list calendar={hasDates(message)} />
      </div>
    </div>
  );
}

function Steps({ card }: Props): JSX.Element {
  const words = useWords();
  const items = card.items ?? [];
  return (
    <div class="Card Steps" lang={ANSWERS}>
      {card.title && <Head icon="steps" title={titleOf(card, "")} />}
      <ol class="Stepper">
        {items.map((item, index) => {
          // A step that begins with a short name has it set apart.
          const named = /^([^：。，；]{2,14})：(.+)$/.exec(item);
          return (
            <li class="Step" key={index} data-step={index + 1}>
              <span class="Offscreen" lang={words.lang}>{words.step(index + 1)}</span>
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
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Deadline({ card, message }: Props): JSX.Element {
  const words = useWords();
  const whole = titleOf(card, words.deadline);
  const date = message.custom.deadlines?.[0]?.date;
  const days = date ? daysUntil(date) : 0;
  // The day itself is told below, and how far it is: as of now, not of the answer.
  const title = date ? whole.replace(/：.*$/, "") : whole;
  const pairs = (card.items ?? []).map((item) => /^([^：]{1,12})：(.+)$/.exec(item));
  return (
    <div class="Card Deadline">
      <Head icon="calendar" title={title} />
      {date && (
        <p class="Date" data-urgency={days < 0 ? "past" : days <= 7 ? "soon" : "fine"}>
          <time dateTime={date.slice(0, 10)}>
            {day(date, words)}
          </time>
          <span class="Left">{words.daysLeft(days)}</span>
        </p>
      )}
      {pairs.some((pair) => pair) ? (
        <dl class="Pairs" lang={ANSWERS}>
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
        <div class="Tools" role="group" aria-label={words.deadlineTools}>
          <Downloads message={message} name={title} list={false} calendar />
        </div>
      )}
    </div>
  );
}

type Tone = "ok" | "no" | "warning";

function toneOf(verdict: unknown): Tone | null {
  if (verdict === "ok" || verdict === "no") return verdict;
  return verdict === "unsure" ? "warning" : null;
}

function Verdict({ card }: Props): JSX.Element {
  const words = useWords();
  const items = card.items ?? [];
  const tones = items.map((_, at) => toneOf(card.verdicts?.[at]));
  return (
    <div class="Card Verdict">
      <Head icon="list" title={titleOf(card, words.verdict)} />
      <ul class="Verdicts" lang={ANSWERS}>
        {items.map((item, at) => (
          <li key={at} data-tone={tones[at] ?? "none"}>
            <Icon type={tones[at] ?? "info"} />
            <span>
              <Linked text={item} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Items({ items }: { items: string[] | undefined }): JSX.Element | null {
  if (!items || items.length === 0) return null;
  if (items.length === 1) {
    return (
      <p class="Items" lang={ANSWERS}>
        <Linked text={items[0] ?? ""} />
      </p>
    );
  }
  return (
    <ul class="Items" lang={ANSWERS}>
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
