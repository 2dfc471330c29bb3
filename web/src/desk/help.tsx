// The list of keys, and the switch for those who type with their voice or hit keys by accident.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { setSingleKeys, singleKeys } from "./keys";
import { Dialog } from "./parts";
import "./help.css";

interface Line {
  group: string;
  key: string;
  name: string;
}

/** Keys within fields and dialogs; the others are the desk's shortcuts. */
const FIELDS: readonly Line[] = [
  { group: "到处", key: "Esc", name: "离开输入框，收起侧栏" },
  { group: "到处", key: "?", name: "这张表" },
  { group: "查询", key: "↑ ↓", name: "选一条" },
  { group: "查询", key: "Enter", name: "复制选中的答案" },
  { group: "查询", key: "Shift+Enter", name: "填入打开的会话" },
  { group: "写回复时", key: "Enter", name: "发送" },
  { group: "写回复时", key: "Shift+Enter", name: "换行" },
  { group: "写回复时", key: "Alt+1 2 3", name: "填入建议" },
  { group: "写回复时", key: "/", name: "选常用语" },
];

export function Keys({ shortcuts, onClose }: { shortcuts: readonly Line[]; onClose(): void }): JSX.Element {
  const [on, setOn] = useState(singleKeys());
  const lines = [...shortcuts, ...FIELDS];
  return (
    <Dialog title="快捷键" onClose={onClose}>
      <div class="Keys">
        {[...new Set(lines.map(({ group }) => group))].map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {lines
                .filter((line) => line.group === group)
                .map(({ key, name }) => (
                  <div key={key}>
                    <dt>
                      <kbd>{key}</kbd>
                    </dt>
                    <dd>{name}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
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
