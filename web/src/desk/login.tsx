// The log-in.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../shared/request";
import { useDesk } from "./context";
import "./login.css";

export function Login(): JSX.Element {
  const { desk, state } = useDesk();
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => name.current?.focus(), []);
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setFault("");
    try {
      await desk.login(name.current?.value ?? "", password.current?.value ?? "");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const wait = error.code === "locked" && error.retryAfter ? `（约 ${Math.ceil(error.retryAfter / 60)} 分钟后）` : "";
      setFault(error.message + wait);
      password.current?.select();
      setBusy(false);
    }
  }
  return (
    <main class="Login">
      <form onSubmit={(event) => void submit(event)} aria-label="登录">
        <span class="Mark" aria-hidden="true" />
        <h1>客服工作台</h1>
        <p class="Sub">备案变更助手</p>
        {!state.accounts && (
          <p class="Notice" role="note">
            还没有客服账号。请在服务器上运行下面的命令，建立第一个管理员：
            <code>python -m beian desk add-agent 名字 <span class="Whole">--admin</span></code>
          </p>
        )}
        <label>
          账号
          <input ref={name} name="name" autocomplete="username" required maxLength={64} />
        </label>
        <label>
          口令
          <input ref={password} name="password" type="password" autocomplete="current-password" required maxLength={256} />
        </label>
        <p class="Fault" role="alert">
          {fault}
        </p>
        <button type="submit" class="Primary" disabled={busy}>
          {busy ? "正在登录…" : "登录"}
        </button>
      </form>
    </main>
  );
}
