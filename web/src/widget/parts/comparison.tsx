// Things side by side: two in a column each, more in a row each.
import type { JSX } from "preact";
import { useWords, ANSWERS } from "../words";
import { Head, titleOf, type CardProps } from "./cardparts";
import { Linked } from "./prose";
import "./comparison.css";

/** What is compared and what is said of it, as an entry of the card says it. */
function told(item: string): readonly [string, string] {
  const found = /^([^：]+)：(.+)$/s.exec(item);
  return [found?.[1] ?? "", found?.[2] ?? item];
}

function Columns({ things }: { things: readonly (readonly [string, string])[] }): JSX.Element {
  return (
    <>
      <thead>
        <tr>
          {things.map(([name], at) => (
            <th key={at} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {things.map(([, text], at) => (
            <td key={at}>
              <Linked text={text} />
            </td>
          ))}
        </tr>
      </tbody>
    </>
  );
}

export function Comparison({ card }: CardProps): JSX.Element {
  const words = useWords();
  const title = titleOf(card, words.comparison);
  const things = (card.items ?? []).map(told);
  return (
    <div class="Card Comparison">
      <Head icon="compare" title={title} />
      <table lang={ANSWERS} aria-label={title}>
        {things.length === 2 ? (
          <Columns things={things} />
        ) : (
          <tbody>
            {things.map(([name, text], at) => (
              <tr key={at}>
                <th scope="row">{name}</th>
                <td>
                  <Linked text={text} />
                </td>
              </tr>
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}
