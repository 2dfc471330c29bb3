// The case and the latest note in one strip under the conversation's name; the case is set right here.
import type { JSX } from "preact";
import { useDesk } from "./context";
import { moment } from "./list";
import type { Opened, Term } from "../shared/types";
import "./casestrip.css";

interface Part {
  name: string;
  label: string;
  of: readonly Term[];
}

export function CaseStrip({ opened }: { opened: Opened }): JSX.Element {
  const { desk, state } = useDesk();
  const { profile } = state;
  const { parts } = opened.case;
  const choices: Part[] = [
    { name: "subject_kind", label: "主体性质", of: profile?.subject_kinds ?? [] },
    { name: "change_type", label: "变更类型", of: profile?.change_types ?? [] },
    { name: "item", label: "变更项", of: profile?.items ?? [] },
  ];
  const note = opened.notes[opened.notes.length - 1];
  return (
    <div class="Strip" role="group" aria-label="客户的情况">
      {choices.map(({ name, label, of }) => (
        <select
          key={name}
          aria-label={label}
          data-known={parts[name] !== undefined}
          value={parts[name] ?? ""}
          onChange={(event) => void desk.correct(name, event.currentTarget.value || null)}
        >
          <option value="">{`${label}？`}</option>
          {of.map((term) => (
            <option key={term.id} value={term.id}>
              {term.name}
            </option>
          ))}
        </select>
      ))}
      <label class="Strip-day">
        <span>变化日</span>
        <input
          type="date"
          data-known={parts.changed_on !== undefined}
          value={(parts.changed_on ?? "").slice(0, 10)}
          onChange={(event) => void desk.correct("changed_on", event.currentTarget.value || null)}
        />
      </label>
      {note && (
        <p class="Strip-note" title={note.text}>
          <span class="Offscreen">最近的备注：</span>
          {note.text}
          <span class="Dim">
            {note.agent} {moment(note.at * 1000)}
          </span>
        </p>
      )}
    </div>
  );
}
