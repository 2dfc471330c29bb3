// Text of answers on the page.
import type { JSX } from "preact";
import { pieces, type Block } from "../text";
import { ANSWERS } from "../words";
import "./prose.css";

export function Linked({ text }: { text: string }): JSX.Element {
  return (
    <>
      {pieces(text).map((piece, at) =>
        piece.href ? (
          <a key={at} href={piece.href} {...(piece.href.startsWith("tel:") ? {} : { target: "_blank", rel: "noopener noreferrer" })}>
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}

export function Prose({ blocks }: { blocks: readonly Block[] }): JSX.Element | null {
  if (blocks.length === 0) return null;
  return (
    <div class="Prose" lang={ANSWERS}>
      {blocks.map((block, at) => {
        if (block.kind === "heading") return <h2 key={at}>{block.text}</h2>;
        if (block.kind === "paragraph") {
          return (
            <p key={at}>
              <Linked text={block.text} />
            </p>
          );
        }
        const items = block.items.map((item, index) => (
          <li key={index}>
            <Linked text={item} />
          </li>
        ));
        return block.ordered ? <ol key={at}>{items}</ol> : <ul key={at}>{items}</ul>;
      })}
    </div>
  );
}
