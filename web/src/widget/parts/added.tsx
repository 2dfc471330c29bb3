// What public sources add, drawn apart from the document's answer; where it comes from opens in place.
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { Icon } from "../icons";
import { blocks, type Block } from "../text";
import type { Supplement } from "../../shared/types";
import { ANSWERS, useWords } from "../words";
import { Prose } from "./prose";
import "./added.css";

/** Only pages of the web are opened, whatever the server says. */
function safe(url: string | undefined): string | null {
  return url?.startsWith("https://") ? url : null;
}

function Origins({ entry }: { entry: Supplement }): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useId();
  const words = useWords();
  const names = [...new Set(entry.sources.map((source) => source.publisher))];
  return (
    <div class="Source" data-open={open}>
      <button type="button" class="Source-name" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon type="source" />
        <span class="Source-path">{words.labelled(words.sources, names.join(words.separator))}</span>
        <Icon type="down" class="Source-arrow" />
      </button>
      <ul id={id} hidden={!open} class="Source-text Origins" lang={ANSWERS}>
        {entry.sources.map((source, at) => {
          const href = safe(source.url);
          return (
            <li key={at}>
              {words.labelled(source.publisher, "")}
              {href ? (
                <a href={href} target="_blank" rel="noopener noreferrer">
                  {source.title}
                </a>
              ) : (
                source.title
              )}
              <span class="Origins-date">{source.date}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface Props {
  /** The paragraph in the message's text. */
  text: string;
  entries: readonly Supplement[];
  /** Titles that are shown as buttons, and so not as a list. */
  titles: readonly string[];
}

/** The paragraph's list where it is what the buttons offer. */
function withoutTitles(found: readonly Block[], titles: readonly string[]): readonly Block[] {
  return found.filter((block) => block.kind !== "list" || block.items.join() !== titles.join());
}

export function AddedView({ text, entries, titles }: Props): JSX.Element {
  const words = useWords();
  return (
    <div class="Added" role="group" aria-label={words.added}>
      <p class="Added-label">
        <Icon type="info" />
        {words.added}
      </p>
      {entries.length === 0 && <Prose blocks={withoutTitles(blocks(text), titles)} />}
      {entries.map((entry) => (
        <div key={entry.id} class="Added-entry">
          {entries.length > 1 && <p class="Added-title" lang={ANSWERS}>{entry.title}</p>}
          <Prose blocks={blocks(entry.text)} />
          <Origins entry={entry} />
        </div>
      ))}
    </div>
  );
}
