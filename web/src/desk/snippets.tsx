// 常用语: the replies the team shares, and editing them. For admins.
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { api } from "./api";
import { useDesk } from "./context";
import { Dialog } from "./parts";
import type { Snippet } from "../shared/types";
import "./snippets.css";

const NEW: Snippet = { n: -1, name: "", text: "" };

export function SnippetsEditor(): JSX.Element {
  const { desk, state } = useDesk();
  const [editing, setEditing] = useState<Snippet | null>(null);
  const [removing, setRemoving] = useState<Snippet | null>(null);
  async function remove(number: number): Promise<void> {
    setRemoving(null);
    const found = await desk.attempt(() => api.removeSnippet(number));
    if (found) desk.takeSnippets(found);
  }
  return (
    <section aria-labelledby="snippets">
      <h2 id="snippets">常用语</h2>
      <p class="Dim">客服写回复时打 / 就能选。花括号里的照会话的情况填好；填不上的会标出来，换成实际内容才能发送。</p>
      <ul class="Snippets">
        {state.snippets.map((one) => (
          <li key={one.n}>
            <span>
              <strong>{one.name}</strong>
              <span class="Plain Dim">{one.text}</span>
            </span>
            <span class="Bar">
              <button type="button" aria-label={`改常用语 ${one.name}`} onClick={() => setEditing(one)}>
                改
              </button>
              <button type="button" aria-label={`删去常用语 ${one.name}`} onClick={() => setRemoving(one)}>
                删去
              </button>
            </span>
          </li>
        ))}
      </ul>
      {state.snippets.length === 0 && <p class="Dim">还没有。常说的开头、结尾、催材料的话，都可以放在这里。</p>}
      <button type="button" onClick={() => setEditing(NEW)}>
        加常用语
      </button>
      {editing && <Edit snippet={editing} onClose={() => setEditing(null)} />}
      {removing && (
        <Dialog title={`删去常用语：${removing.name}`} onClose={() => setRemoving(null)}>
          <p class="Plain">{removing.text}</p>
          <p class="Bar">
            <button type="button" class="Primary" onClick={() => void remove(removing.n)}>
              删去
            </button>
            <button type="button" onClick={() => setRemoving(null)}>
              取消
            </button>
          </p>
        </Dialog>
      )}
    </section>
  );
}

function Edit({ snippet, onClose }: { snippet: Snippet; onClose(): void }): JSX.Element {
  const { desk, state } = useDesk();
  const [name, setName] = useState(snippet.name);
  const [text, setText] = useState(snippet.text);
  const area = useRef<HTMLTextAreaElement>(null);
  async function keep(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const found = await desk.attempt(() => api.keepSnippet(snippet.n < 0 ? null : snippet.n, name, text));
    if (!found) return;
    desk.takeSnippets(found);
    onClose();
  }
  function put(variable: string): void {
    const box = area.current;
    if (!box) return;
    const { selectionStart: from, selectionEnd: to } = box;
    setText(`${text.slice(0, from)}{${variable}}${text.slice(to)}`);
    box.focus();
  }
  return (
    <Dialog title={snippet.n < 0 ? "加常用语" : `改常用语：${snippet.name}`} onClose={onClose}>
      <form class="Stack" onSubmit={(event) => void keep(event)}>
        <label>
          名称
          <input required maxLength={30} value={name} autocomplete="off" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label>
          内容
          <textarea
            ref={area}
            required
            rows={5}
            maxLength={state.profile?.limits.text ?? 2000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class="Bar" role="group" aria-label="填入变量">
          {state.variables.map((variable) => (
            <button key={variable} type="button" onClick={() => put(variable)}>
              {`{${variable}}`}
            </button>
          ))}
        </p>
        <p class="Bar">
          <button type="submit" class="Primary">
            保存
          </button>
          <button type="button" onClick={onClose}>
            取消
          </button>
        </p>
      </form>
    </Dialog>
  );
}
