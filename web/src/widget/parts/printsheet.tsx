// A checklist on paper: hidden on the screen, the only thing on the printed page.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Sheet } from "../context";

export function PrintSheet({ sheet, title, onDone }: { sheet: Sheet; title: string; onDone(): void }): JSX.Element {
  useEffect(() => {
    window.addEventListener("afterprint", onDone, { once: true });
    window.print();
    return () => window.removeEventListener("afterprint", onDone);
  }, [sheet]);
  return (
    <section class="PrintSheet" aria-hidden="true">
      <h1>{sheet.title}</h1>
      <ul>
        {sheet.items.map((item, index) => (
          <li key={index}>
            <span class="Box">{sheet.ticked.includes(index) ? "✓" : ""}</span>
            {item}
          </li>
        ))}
      </ul>
      <footer>
        {sheet.source && <p>出处：{sheet.source}</p>}
        <p>
          {title} · {new Date().toLocaleDateString("zh-CN")}
        </p>
      </footer>
    </section>
  );
}
