// The case an answer was given for; a tap corrects it.
import { Fragment, type JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { Icon } from "../icons";
import { Button } from "./button";
import { useTools } from "../context";
import { corrections } from "../corrections";
import { CORRECTING } from "../said";
import type { Understood } from "../../shared/types";
import { ANSWERS, useWords } from "../words";
import "./casechip.css";

const BETWEEN = " · ";

/** The parts of a case: a line ends after the mark between two of them, and none begins with it. */
function Parts({ text }: { text: string }): JSX.Element {
  const parts = text.split(BETWEEN);
  return (
    <span>
      {parts.map((part, at) => {
        const last = at === parts.length - 1;
        return (
          <Fragment key={at}>
            <span class="Case-part">{last ? part : part + BETWEEN.trimEnd()}</span>
            {!last && " "}
          </Fragment>
        );
      })}
    </span>
  );
}

interface Props {
  text: string;
  understood: Understood | undefined;
  /** The newest answer's: an older case is past. */
  last: boolean;
}

export function CaseChip({ text, understood, last }: Props): JSX.Element {
  const { ask, conversation, prefill } = useTools();
  const words = useWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  const label = (
    <>
      <span class="Offscreen" lang={words.lang}>
        {words.yourCase}
      </span>
      <Parts text={text} />
    </>
  );
  if (!last) {
    return (
      <p class="Case" lang={ANSWERS}>
        {label}
      </p>
    );
  }
  const run = (action: () => void): void => {
    setOpen(false);
    action();
  };
  return (
    <div class="CaseBox">
      <button type="button" class="Case" lang={ANSWERS} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {label}
        <span class="Case-correct" lang={words.lang}>
          {words.correct}
        </span>
        <Icon type="down" />
      </button>
      <div class="Corrections" id={id} hidden={!open} role="group" aria-label={words.correctCase}>
        {open &&
          corrections(understood ?? {}, conversation.get().config.vocabulary ?? {}).map(({ name, question }) => (
            <Button key={name} small lang={ANSWERS} onClick={() => run(() => ask(question))}>
              {name}
            </Button>
          ))}
        <Button small onClick={() => run(() => prefill(CORRECTING))}>
          {words.correctElse}
        </Button>
      </div>
    </div>
  );
}
