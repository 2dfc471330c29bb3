// What can be asked with one tap: an answer's choices, what to ask next, what is asked often.
import type { JSX } from "preact";
import { Button } from "./button";
import { useTools } from "../context";
import type { Choice } from "../../shared/types";
import { ANSWERS, useWords } from "../words";
import "./choices.css";

interface Props {
  choices: readonly Choice[];
  label?: string;
  /** An answer's own choices, numbered: typing the number works as well. */
  big: boolean;
  /** A heading above says the label. */
  headed?: boolean;
}

export function Choices({ choices, label, big, headed = false }: Props): JSX.Element {
  const { ask } = useTools();
  const words = useWords();
  return (
    <div
      class="Choices"
      data-big={big}
      data-long={choices.some((choice) => choice.title.length > 9)}
      role="group"
      aria-label={label ?? words.choices}
    >
      {label && !headed && (
        <p class="Choices-label" aria-hidden="true">
          {label}
        </p>
      )}
      <div class="Choices-list" lang={ANSWERS}>
        {choices.map((choice, at) => (
          <Button key={at} onClick={() => ask(choice.payload || choice.title)}>
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
