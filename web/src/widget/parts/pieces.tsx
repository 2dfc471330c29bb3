// The smaller states of the widget: before the first question, without a line, with a person, closed.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../icons";
import { Button } from "./button";
import { useTools } from "../context";
import { Choices } from "./choices";
import type { useRating } from "../rating";
import { EXAMPLES, LEAVING } from "../said";
import { isUnstaffed, staffingNote, useStaffing } from "./staffing";
import type { Choice, Mode } from "../../shared/types";
import { ANSWERS, useWords } from "../words";
import "./pieces.css";

/** What the assistant does beyond answering, each with a question that shows it. */
const ABILITIES: readonly [keyof typeof EXAMPLES, string][] = [
  ["deadlines", "calendar"],
  ["names", "ok"],
  ["lists", "list"],
];

export function Welcome({ greeting, starters }: { greeting: string; starters: readonly Choice[] }): JSX.Element {
  const { ask } = useTools();
  const words = useWords();
  return (
    <section class="Welcome" aria-label={words.start}>
      {greeting && <p class="Greeting" lang={ANSWERS}>{greeting}</p>}
      {words.answersAre && <p class="Quiet">{words.answersAre}</p>}
      <h2>{words.canDo}</h2>
      <ul class="Abilities">
        {ABILITIES.map(([name, icon]) => (
          <li key={name}>
            <button type="button" onClick={() => ask(EXAMPLES[name])}>
              <Icon type={icon} />
              <span class="Abilities-name">{words[name]}</span>
              <span class="Abilities-example" lang={ANSWERS}>{EXAMPLES[name]}</span>
            </button>
          </li>
        ))}
      </ul>
      {starters.length > 0 && (
        <>
          <h2>{words.oftenAsked}</h2>
          <Choices choices={starters} big={false} label={words.oftenAsked} headed />
        </>
      )}
      <p class="Privacy">{words.privacy}</p>
    </section>
  );
}

/** What the page around the widget says of the customer's matter; the customer may take it away. */
export function MatterChip({ text, onRemove }: { text: string; onRemove(): void }): JSX.Element {
  const words = useWords();
  return (
    <p class="Matter">
      <span class="Matter-label">{words.fromPage}</span>
      <span class="Matter-text" lang={ANSWERS}>{text}</span>
      <button type="button" class="Tool" aria-label={words.notThis(text)} title={words.notThisShort} onClick={onRemove}>
        <Icon type="close" />
      </button>
    </p>
  );
}

export function Loading(): JSX.Element {
  const words = useWords();
  return (
    <div class="Loading" role="status">
      <span class="Offscreen">{words.loading}</span>
      <span class="Bone" aria-hidden="true" />
      <span class="Bone" aria-hidden="true" />
      <span class="Bone" aria-hidden="true" />
    </div>
  );
}

/** The start page without a server. It tries again by itself: store.ts. */
export function Failed({ offline, phone, onRetry }: { offline: boolean; phone: string; onRetry(): void }): JSX.Element {
  const words = useWords();
  return (
    <section class="Failed" role="alert">
      <Icon type="offline" />
      <h2>{offline ? words.offline : words.failed}</h2>
      <p>{offline ? words.failedOffline : words.failedRetrying}</p>
      {phone && (
        <p>
          {words.urgentCall} <a href={`tel:${dialled(phone)}`}>{phone}</a>
        </p>
      )}
      <Button look="primary" onClick={onRetry}>
        {words.tryAgain}
      </Button>
    </section>
  );
}

/** A telephone number as it is dialled. */
export function dialled(phone: string): string {
  return phone.replace(/[^\d+]/g, "");
}

export function LineBanner({ link, waiting }: { link: "lost" | "offline"; waiting: number }): JSX.Element {
  const words = useWords();
  const text = link === "offline" ? words.offline : words.lineLost;
  return (
    <p class="Banner" data-tone="bad">
      <Icon type="offline" />
      {words.willSend(text, waiting)}
    </p>
  );
}

interface ModeProps {
  mode: Mode;
  rating: ReturnType<typeof useRating>;
  phone: string;
  /** The person who answers, as the customer knows them. */
  who: string;
}

export function ModeBanner({ mode, rating, phone, who }: ModeProps): JSX.Element | null {
  const { conversation, say, prefill } = useTools();
  const words = useWords();
  const staffing = useStaffing(mode === "waiting");
  const [busy, setBusy] = useState(false);
  // Ending the talk takes a second tap.
  const [sure, setSure] = useState(false);
  useEffect(() => setSure(false), [mode]);
  async function leave(): Promise<void> {
    setBusy(true);
    try {
      await conversation.leave();
    } catch {
      say(mode === "waiting" ? words.cancelFailed : words.endFailed);
    } finally {
      setBusy(false);
    }
  }
  async function rate(value: 0 | 1): Promise<void> {
    setBusy(true);
    try {
      await conversation.satisfaction(value);
      rating.done();
      say(words.thanks);
    } catch {
      say(words.ratingFailed);
    } finally {
      setBusy(false);
    }
  }
  if (mode === "waiting" || mode === "human") {
    const waiting = mode === "waiting";
    return (
      <div class="Banner" data-tone="human" role="group" aria-label={words.withPerson}>
        <Icon type="headset" />
        <span>
          {waiting ? words.waitingPerson : words.personHere(who)}
          {staffing && staffingNote(staffing, words)}
          {waiting && phone && (
            <>
              {words.orCall} <a href={`tel:${dialled(phone)}`}>{phone}</a>
            </>
          )}
        </span>
        <span class="Banner-do">
          {staffing && isUnstaffed(staffing) && (
            <Button small onClick={() => prefill(LEAVING)}>
              {words.leaveMessage}
            </Button>
          )}
          <Button small disabled={busy} onClick={() => (waiting || sure ? void leave() : setSure(true))}>
            {waiting ? words.cancelWaiting : sure ? words.endSure : words.end}
          </Button>
        </span>
      </div>
    );
  }
  if (rating.ask) {
    return (
      <div class="Banner" data-tone="human" role="group" aria-label={words.rateService}>
        <Icon type="headset" />
        <span>{words.solvedAsk}</span>
        <span class="Banner-do">
          <Button small disabled={busy} onClick={() => void rate(1)}>
            {words.solved}
          </Button>
          <Button small disabled={busy} onClick={() => void rate(0)}>
            {words.unsolved}
          </Button>
        </span>
      </div>
    );
  }
  return null;
}
