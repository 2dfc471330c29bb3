// From when until when an agent is away.
import type { JSX } from "preact";
import { useState } from "preact/hooks";

/** A time as a field of the browser writes it. */
function written(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function tomorrowMorning(): Date {
  const at = new Date();
  at.setDate(at.getDate() + 1);
  at.setHours(9, 0, 0, 0);
  return at;
}

/** `onNote` is given seconds since 1970; no beginning means from now on. */
export function AbsenceForm({ onNote }: { onNote(begin: number | null, until: number): void }): JSX.Element {
  const [begin, setBegin] = useState("");
  const [until, setUntil] = useState(written(tomorrowMorning()));
  return (
    <form
      class="Stack"
      onSubmit={(event) => {
        event.preventDefault();
        onNote(begin ? Date.parse(begin) / 1000 : null, Date.parse(until) / 1000);
      }}
    >
      <label>
        从（不填就是现在）
        <input type="datetime-local" value={begin} onInput={(event) => setBegin(event.currentTarget.value)} />
      </label>
      <label>
        到
        <input type="datetime-local" required value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
      </label>
      <p class="Dim">这段时间里不会有会话转来，手里的会话回到等待人工；到时间自动结束。</p>
      <button type="submit" class="Primary">
        登记不在
      </button>
    </form>
  );
}
