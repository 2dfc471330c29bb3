// Where an answer comes from, opened in place.
import { Button } from "@chatui/core/es/components/Button";
import { Icon } from "@chatui/core/es/components/Icon";
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useTools } from "../context";
import { layerName } from "../origin";
import { blocks } from "../text";
import type { FactText, Source } from "../../shared/types";
import { ANSWERS, useWords } from "../words";
import { Original } from "./original";
import { Prose } from "./prose";

function SourceRow({ source, alone }: { source: Source; alone: boolean }): JSX.Element {
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
          {alone && (
            <span class="Source-layer" lang={words.lang} aria-hidden="true">
              {words.labelled(layerName(source.layer, words), "")}
            </span>
          )}
          {path.map((part, at) => (
            <span key={at} data-last={at === path.length - 1}>
              {part}
            </span>
          ))}
        </span>
        <Icon type="down" className="Source-arrow" />
      </button>
      <div id={id} hidden={!open} class="Source-text" ref={box}>
        {open && fact === "loading" && <p class="Skeleton" role="status">{words.sourceOpening}</p>}
        {open && fact === "failed" && (
          <p class="Source-failed">
            {navigator.onLine ? words.sourceFailed : words.sourceOffline}
            <Button variant="text" onClick={load}>
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

export function Sources({ sources }: { sources: readonly Source[] }): JSX.Element | null {
  const words = useWords();
  if (sources.length === 0) return null;
  return (
    <div class="Sources">
      {sources.length > 1 && (
        <p class="Sources-label" aria-hidden="true">
          {[...new Set(sources.map((source) => layerName(source.layer, words)))].join(words.separator)}
        </p>
      )}
      {sources.map((source) => (
        <SourceRow key={source.fact} source={source} alone={sources.length === 1} />
      ))}
    </div>
  );
}
