// A section of the document as it is written, with the words marked that an answer rests on.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { OriginalText } from "./origin";
import type { Layers } from "./layers";
import "./original.css";

export function Original({ lines, words }: { lines: OriginalText; words: Layers }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  // A long section opens where it matters.
  useLayoutEffect(() => {
    const [shown, mark] = [box.current, box.current?.querySelector("mark")];
    if (!shown || !mark) return;
    const top = mark.offsetTop - shown.offsetTop;
    if (top + mark.offsetHeight > shown.clientHeight) shown.scrollTop = top - 24;
  }, [lines]);
  return (
    <figure class="Original">
      <figcaption>
        <span class="Layer">{words.original}</span>
        <span class="Original-key">{words.originalKey}</span>
      </figcaption>
      <div class="Original-text" ref={box} tabIndex={0} role="group" aria-label={words.original} lang="zh-CN">
        {lines.map((line, at) => (
          <p key={at}>
            {line.map((piece, place) => (piece.marked ? <mark key={place}>{piece.text}</mark> : piece.text))}
          </p>
        ))}
      </div>
    </figure>
  );
}
