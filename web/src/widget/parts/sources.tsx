// Where an answer comes from, opened in place.
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../icons";
import { Button } from "./button";
import { useTools } from "../context";
import { layerName } from "../../shared/origin";
import { blocks, type Group, type Part } from "../text";
import type { FactText, Source } from "../../shared/types";
import { ANSWERS, useWords } from "../words";
import { Original } from "../../shared/original";
import { Prose } from "./prose";
import "./sources.css";

interface RowProps {
  source: Source;
  /** What it is the source of, where that is not plain. */
  title: string | undefined;
}

function SourceRow({ source, title }: RowProps): JSX.Element {
  const { conversation } = useTools();
  const words = useWords();
  const [open, setOpen] = useState(false);
  const [fact, setFact] = useState<FactText | "loading" | "failed">("loading");
  const id = useId();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (open) box.current?.scrollIntoView({ block: "nearest" });
  }, [open, fact]);

  function load(): void {
    setFact("loading");
    conversation.fact(source.fact).then(setFact, () => setFact("failed"));
  }

  function toggle(): void {
    if (!open && typeof fact === "string") load();
    setOpen(!open);
  }

  const path = source.section.split(" › ");
  return (
    <div class="Source" data-open={open}>
      <button type="button" class="Source-name" aria-expanded={open} aria-controls={id} onClick={toggle}>
        <Icon type="source" />
        <span class="Offscreen">{words.sourceOf(layerName(source.layer, words))}</span>
        <span class="Source-path" lang={ANSWERS}>
          <span class="Source-layer" lang={words.lang} aria-hidden="true">
            {words.labelled(layerName(source.layer, words), "")}
          </span>
          {title && <span class="Source-of">{title}</span>}
          {path.map((part, at) => (
            <span key={at} data-last={at === path.length - 1}>
              {part}
            </span>
          ))}
        </span>
        <Icon type="down" class="Source-arrow" />
      </button>
      <div id={id} hidden={!open} class="Source-text" ref={box}>
        {open && fact === "loading" && <p class="Skeleton" role="status">{words.sourceOpening}</p>}
        {open && fact === "failed" && (
          <p class="Source-failed">
            {navigator.onLine ? words.sourceFailed : words.sourceOffline}
            <Button look="text" onClick={load}>
              {words.tryAgain}
            </Button>
          </p>
        )}
        {open && typeof fact === "object" && (
          <>
            <p class="Source-title" lang={ANSWERS}>
              {!fact.original && <span class="Layer" lang={words.lang}>{layerName(fact.layer, words)}</span>}
              {fact.title}
            </p>
            {fact.original ? <Original lines={fact.original} words={words} /> : <Prose blocks={blocks(fact.text)} />}
          </>
        )}
      </div>
    </div>
  );
}

/** Sources by the part of the answer they are of, and those of none: the whole answer's. */
export interface Placed {
  /** By the part's heading. */
  under: ReadonlyMap<string, readonly Source[]>;
  rest: readonly Source[];
}

/** Where each source stands: under the heading that is its fact's title, else at the end. */
export function placed(
  sources: readonly Source[],
  parts: readonly Part[],
  groups: readonly Group[],
  titles: Readonly<Record<string, string>>,
): Placed {
  const headings = new Set([...parts, ...groups].flatMap(({ heading }) => (heading === null ? [] : [heading])));
  const under = new Map<string, Source[]>();
  const rest: Source[] = [];
  for (const source of sources) {
    const title = titles[source.fact];
    if (title === undefined || !headings.has(title)) rest.push(source);
    else under.set(title, [...(under.get(title) ?? []), source]);
  }
  return { under, rest };
}

interface Props {
  sources: readonly Source[];
  /** Whether each says what it is the source of: several of them, or others stand elsewhere. */
  named?: boolean;
}

export function Sources({ sources, named = false }: Props): JSX.Element | null {
  const { conversation } = useTools();
  if (sources.length === 0) return null;
  const titles = conversation.get().config.titles ?? {};
  return (
    <div class="Sources">
      {sources.map((source) => (
        <SourceRow key={source.fact} source={source} title={named ? titles[source.fact] : undefined} />
      ))}
    </div>
  );
}
