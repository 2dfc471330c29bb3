// What goes onto paper: hidden on the screen, the only thing on the printed page.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Sheet } from "../context";
import { useWords } from "../words";
import "./printsheet.css";

interface Props {
  sheet: Sheet;
  title: string;
  phone: string;
  onDone(): void;
}

export function PrintSheet({ sheet, title, phone, onDone }: Props): JSX.Element {
  const words = useWords();
  useEffect(() => {
    window.addEventListener("afterprint", onDone, { once: true });
    window.print();
    return () => window.removeEventListener("afterprint", onDone);
  }, [sheet]);
  return (
    <section class="PrintSheet" aria-hidden="true">
      <h1>{sheet.title}</h1>
      {sheet.items && (
        <ul>
          {sheet.items.map((item, index) => (
            <li key={index}>
              <span class="Box">{sheet.ticked?.includes(index) ? "✓" : ""}</span>
              {item}
            </li>
          ))}
        </ul>
      )}
      {sheet.days?.map((day) => (
        <p key={day} class="PrintSheet-day">
          {day}
        </p>
      ))}
      {sheet.entries?.map((entry, at) => (
        <article key={at}>
          <header>{`${entry.who} ${entry.when}`.trim()}</header>
          <p>{entry.text}</p>
          {entry.sources.map((section) => (
            <footer key={section}>{words.labelled(words.restated, section)}</footer>
          ))}
        </article>
      ))}
      <footer>
        {sheet.source && <p>{words.labelled(words.restated, sheet.source)}</p>}
        {phone && <p>{words.labelled(words.phone, phone)}</p>}
        <p>
          {title} · {new Date().toLocaleDateString(words.lang)}
        </p>
      </footer>
    </section>
  );
}
