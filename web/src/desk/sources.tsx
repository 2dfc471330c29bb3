// Where an answer comes from: whose words it is in, and the document's own where the server has them.
import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { layerName, type OriginalText } from "../shared/origin";
import { Original } from "../shared/original";
import { LAYERS } from "../shared/layers";
import type { FactText, Source } from "../shared/types";
import "./sources.css";

async function originalOf(fact: string): Promise<OriginalText> {
  const response = await fetch(`api/facts/${encodeURIComponent(fact)}`, { credentials: "omit" });
  if (!response.ok) throw new Error(String(response.status));
  const { original } = (await response.json()) as FactText;
  if (!original) throw new Error("none");
  return original;
}

/** A button that opens the section of the document that a fact rests on. */
export function OriginalOf({ fact, name }: { fact: string; name: string }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [lines, setLines] = useState<OriginalText | "loading" | "failed">("loading");
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    let here = true;
    setLines("loading");
    originalOf(fact).then(
      (found) => here && setLines(found),
      () => here && setLines("failed"),
    );
    return () => {
      here = false;
    };
  }, [open, fact]);
  return (
    <div class="OriginalOf">
      <button
        type="button"
        class="Quiet"
        aria-label={`${open ? "收起原文" : "看原文"}：${name}`}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? "收起原文" : "看原文"}
      </button>
      <div id={id} hidden={!open} class="OriginalOf-text">
        {open && lines === "loading" && <p class="Dim" role="status">正在打开原文…</p>}
        {open && lines === "failed" && <p class="Dim" role="alert">原文没能打开，收起再试一次。</p>}
        {open && typeof lines === "object" && <Original lines={lines} words={LAYERS} />}
      </div>
    </div>
  );
}

interface Props {
  sources: readonly Source[];
  titles: Record<string, string>;
  /** The facts whose originals the server has. */
  originals: readonly string[];
}

export function TurnSources({ sources, titles, originals }: Props): JSX.Element | null {
  if (sources.length === 0) return null;
  return (
    <ul class="Turn-sources" aria-label="出处">
      {sources.map((source) => (
        <li key={source.fact}>
          {layerName(source.layer, LAYERS)} · {titles[source.fact] ?? source.fact} · {source.section}
          {originals.includes(source.fact) && <OriginalOf fact={source.fact} name={titles[source.fact] ?? source.fact} />}
        </li>
      ))}
    </ul>
  );
}

/** Where an answer comes from, and whether its wording is ours. */
export function sectionOf(source: { section: string; layer: string }): string {
  return `${layerName(source.layer, LAYERS)} · ${source.section}`;
}
