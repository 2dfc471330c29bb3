// Cards: what an answer's text says, in a form that can be worked with.
import type { JSX } from "preact";
import { Icon } from "../icons";
import type { Card, CardType } from "../../shared/types";
import { ANSWERS, useWords } from "../words";
import { Head, titleOf, type CardProps } from "./cardparts";
import { Checklist } from "./checklist";
import { Comparison } from "./comparison";
import { Deadline } from "./deadlinecard";
import { Linked } from "./prose";

function Steps({ card }: CardProps): JSX.Element {
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

type Tone = "ok" | "no" | "warning";

function toneOf(verdict: unknown): Tone | null {
  if (verdict === "ok" || verdict === "no") return verdict;
  return verdict === "unsure" ? "warning" : null;
}

function Verdict({ card }: CardProps): JSX.Element {
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

type View = (props: CardProps) => JSX.Element;

/** Choices have none here: they are the message's buttons. */
const VIEWS: Record<Exclude<CardType, "choices">, View> = {
  checklist: Checklist,
  steps: Steps,
  deadline: Deadline,
  verdict: Verdict,
  comparison: Comparison,
};

const BY_TYPE = new Map<string, View>(Object.entries(VIEWS));

/** The card's view; null where this page knows none, as of a newer server's: the text is shown whole then. */
export function viewOf(card: Card | null): View | null {
  return (card && BY_TYPE.get(card.type)) ?? null;
}
