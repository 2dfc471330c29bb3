// 知识库: which state of it is answered from, and what keeps a later one from being used. For admins.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api } from "./api";
import { useDesk } from "./context";
import { moment } from "./list";
import type { KnowledgeShown } from "../shared/types";

export function Knowledge(): JSX.Element {
  const { desk } = useDesk();
  const [known, setKnown] = useState<KnowledgeShown | null>(null);
  useEffect(() => void desk.attempt(api.knowledge).then(setKnown), []);
  return (
    <section aria-labelledby="knowledge">
      <h2 id="knowledge">知识库</h2>
      {known && (
        <p class="Dim">
          正在按 <code>{known.version}</code> 回答，{moment(known.since * 1000)} 起用。
        </p>
      )}
      {known?.refused && (
        <div role="alert">
          <p>{moment(known.refused.at * 1000)} 重新载入时发现问题，改动没有生效：</p>
          <ul>
            {known.refused.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
