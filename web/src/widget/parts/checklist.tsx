// A list to tick.
import type { JSX } from "preact";
import { Icon } from "../icons";
import { useOf, useTools } from "../context";
import { ahead, inView, isAhead } from "../deadline";
import { copyText } from "../../shared/files";
import { SUBMITTING } from "../said";
import { detailed } from "../text";
import { ANSWERS, useWords } from "../words";
import { Button } from "./button";
import { dayLine, Head, lastDays, section, titleOf, type CardProps } from "./cardparts";
import { Downloads } from "./downloads";
import { Sources } from "./sources";
import "./checklist.css";

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

export function Checklist({ card, groups, sources, message }: CardProps): JSX.Element {
  const { ask, conversation, say, print } = useTools();
  const words = useWords();
  const items = card.items ?? [];
  const title = titleOf(card, words.list);
  const ticked = new Set((message.ticked ?? []).filter((index) => index < items.length));
  const done = ticked.size;
  const due = useOf(conversation, (state) => inView(state.messages, words));

  /** Onto paper goes the last day of this answer, or else the one that was told in another. */
  function days(): string[] {
    const own = lastDays(message, words);
    const told = ahead(conversation.get().messages);
    return own.length > 0 || !told ? own : [dayLine(told.date, told.title, words)];
  }

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
          onClick={() => print({ title, items, ticked: [...ticked], days: days(), source: section(message) })}
          aria-label={words.printList}
        >
          {words.print}
        </Button>
        <Downloads message={message} name={title} list calendar={isAhead(message)} />
      </div>
    </div>
  );
}
