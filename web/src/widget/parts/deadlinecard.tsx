// A last day, and how far it is.
import type { JSX } from "preact";
import { daysUntil, isAhead } from "../deadline";
import { ANSWERS, useWords } from "../words";
import { day, Head, Items, titleOf, type CardProps } from "./cardparts";
import { Downloads } from "./downloads";

export function Deadline({ card, message }: CardProps): JSX.Element {
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
      {isAhead(message) && (
        <div class="Tools" role="group" aria-label={words.deadlineTools}>
          <Downloads message={message} name={title} list={false} calendar />
        </div>
      )}
    </div>
  );
}
