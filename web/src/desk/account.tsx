// The agent's own account in this browser.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../shared/request";
import { AbsenceForm } from "./absence";
import { useDesk } from "./context";
import { Dialog } from "./parts";

export function Account({ onClose }: { onClose(): void }): JSX.Element {
  const { desk, state } = useDesk();
  const [fault, setFault] = useState("");
  const admin = state.profile?.role === "admin";
  async function change(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    try {
      await desk.changePassword(String(given.get("old")), String(given.get("fresh")));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFault(error.message);
    }
  }
  return (
    <Dialog title={`账号：${state.profile?.name ?? ""}${admin ? "（管理员）" : ""}`} onClose={onClose}>
      <p class="Bar">
        <button type="button" onClick={() => void desk.logout(false)}>
          退出
        </button>
        <button type="button" onClick={() => void desk.logout(true)}>
          在所有设备上退出
        </button>
      </p>
      <Calls />
      <details>
        <summary>我不在</summary>
        <AbsenceForm onNote={(begin, until) => void desk.beAway(begin, until).then((done) => done && onClose())} />
      </details>
      <details>
        <summary>改口令</summary>
        <form class="Stack" onSubmit={(event) => void change(event)}>
          <label>
            现在的口令
            <input name="old" type="password" autocomplete="current-password" required />
          </label>
          <label>
            新口令（至少 10 个字符）
            <input name="fresh" type="password" autocomplete="new-password" minLength={10} required />
          </label>
          <p class="Fault" role="alert">
            {fault}
          </p>
          <button type="submit">改口令并重新登录</button>
        </form>
      </details>
    </Dialog>
  );
}

/** How this agent wants to be called in this browser. */
function Calls(): JSX.Element {
  const { desk } = useDesk();
  const [wishes, setWishes] = useState(desk.caller.wishes);
  async function wish(change: Partial<typeof wishes>): Promise<void> {
    const wanted = { ...wishes, ...change };
    if (await desk.caller.wish(wanted)) setWishes(wanted);
    else desk.say("浏览器没有允许通知，请在地址栏的网站设置里打开", true);
  }
  return (
    <section class="Stack">
      <h3>有人等我时</h3>
      <label class="Check">
        <input type="checkbox" checked={wishes.sound} onChange={() => void wish({ sound: !wishes.sound })} />
        响一声（没看页面时每分钟一次）
      </label>
      <label class="Check">
        <input type="checkbox" checked={wishes.notify} onChange={() => void wish({ notify: !wishes.notify })} />
        桌面通知（不含客户的话）
      </label>
    </section>
  );
}
