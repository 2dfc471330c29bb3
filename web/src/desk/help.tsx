// The list of keys, and the switch for those who type with their voice or hit keys by accident.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { setSingleKeys, singleKeys, type Shortcut } from "./keys";
import { Dialog } from "./parts";
import "./help.css";

const ALWAYS = [
  ["Enter", "查询时：复制选中的答案；回复时：发送"],
  ["Shift+Enter", "查询时：填入打开的会话；回复时：换行"],
  ["Alt+1 2 3", "写回复时填入建议"],
  ["/", "写回复时选常用语"],
  ["Esc", "离开输入框"],
  ["?", "这张表"],
] as const;

export function Keys({ shortcuts, onClose }: { shortcuts: readonly Shortcut[]; onClose(): void }): JSX.Element {
  const [on, setOn] = useState(singleKeys());
  return (
    <Dialog title="快捷键" onClose={onClose}>
      <dl class="Keys">
        {[...shortcuts.map(({ key, name }) => [key, name] as const), ...ALWAYS].map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{name}</dd>
          </div>
        ))}
      </dl>
      <label class="Check">
        <input
          type="checkbox"
          checked={on}
          onChange={() => {
            setSingleKeys(!on);
            setOn(!on);
          }}
        />
        使用单键快捷键
      </label>
    </Dialog>
  );
}
