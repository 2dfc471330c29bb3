// The agent's own account; for admins all accounts and the audit log as well.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { api, ApiError, type AgentShown, type AuditEntry } from "./api";
import { useDesk } from "./context";
import { moment, shortName } from "./list";
import { Dialog } from "./parts";

const ACTIONS: Record<string, string> = {
  login: "登录",
  login_failed: "登录失败",
  login_locked: "登录被锁",
  logout: "退出",
  logout_everywhere: "在所有设备退出",
  log_out: "让人退出",
  password: "改口令",
  open: "打开会话",
  search: "搜索",
  claim: "接手",
  reply: "回复",
  hand_back: "交还助手",
  close: "结束会话",
  note: "写备注",
  labels: "改标签",
  numbers: "看数字",
  export: "导出",
  add_agent: "建账号",
  disable: "停用账号",
  enable: "启用账号",
  unlock: "解锁账号",
  audit: "看审计记录",
};

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
      {admin && <Agents />}
      {admin && <Log onClose={onClose} />}
    </Dialog>
  );
}

function Agents(): JSX.Element {
  const { desk, state } = useDesk();
  const [agents, setAgents] = useState<AgentShown[]>([]);
  async function load(): Promise<void> {
    const found = await desk.attempt(api.agents);
    if (found) setAgents(found.agents);
  }
  useEffect(() => void load(), []);
  async function act(name: string, job: string): Promise<void> {
    if (await desk.attempt(() => api.changeAgent(name, job))) desk.say("完成");
    await load();
  }
  async function add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const role = given.get("admin") ? "admin" : "agent";
    if (await desk.attempt(() => api.addAgent(String(given.get("name")), String(given.get("password")), role))) {
      form.reset();
      await load();
    }
  }
  return (
    <details>
      <summary>客服账号</summary>
      <ul class="Agents">
        {agents.map((agent) => (
          <li key={agent.name}>
            <span>
              {agent.name} {agent.role === "admin" && <span class="Tag">管理员</span>}{" "}
              {agent.disabled && (
                <span class="Tag" data-tone="bad">
                  已停用
                </span>
              )}
            </span>
            <span class="Bar">
              <button type="button" onClick={() => void act(agent.name, "log_out")}>
                让其退出
              </button>
              <button type="button" onClick={() => void act(agent.name, "unlock")}>
                解锁
              </button>
              {agent.name !== state.profile?.name && (
                <button type="button" onClick={() => void act(agent.name, agent.disabled ? "enable" : "disable")}>
                  {agent.disabled ? "启用" : "停用"}
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <form class="Stack" onSubmit={(event) => void add(event)}>
        <label>
          新账号
          <input name="name" required maxLength={32} autocomplete="off" />
        </label>
        <label>
          初始口令
          <input name="password" type="password" required minLength={10} autocomplete="new-password" />
        </label>
        <label class="Check">
          <input name="admin" type="checkbox" /> 管理员
        </label>
        <button type="submit">建立账号</button>
      </form>
    </details>
  );
}

function Log({ onClose }: { onClose(): void }): JSX.Element {
  const { desk } = useDesk();
  const [agents, setAgents] = useState<AgentShown[]>([]);
  const [agent, setAgent] = useState("");
  const [entries, setEntries] = useState<AuditEntry[]>([]);
  const [more, setMore] = useState(false);
  const [begun, setBegun] = useState(false);
  async function load(of: string, before: readonly AuditEntry[] = []): Promise<void> {
    const found = await desk.attempt(() => api.audit(of, before[before.length - 1]?.n ?? 0));
    if (!found) return;
    setEntries([...before, ...found.entries]);
    setMore(found.more);
  }
  async function begin(): Promise<void> {
    setBegun(true);
    await load(agent);
    const found = await desk.attempt(api.agents);
    if (found) setAgents(found.agents);
  }
  return (
    <details onToggle={(event) => event.currentTarget.open && !begun && void begin()}>
      <summary>审计记录</summary>
      <p class="Dim">客服做了什么、看了什么，新的在前。只能添加，不能改也不能删。</p>
      <select
        aria-label="谁的记录"
        value={agent}
        onChange={(event) => {
          setAgent(event.currentTarget.value);
          void load(event.currentTarget.value);
        }}
      >
        <option value="">所有人</option>
        {agents.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <ul class="Audit">
        {entries.map((entry) => (
          <li key={entry.n}>
            <time dateTime={new Date(entry.at * 1000).toISOString()}>{moment(entry.at * 1000)}</time>
            <span class="Audit-who">{entry.agent}</span>
            <span>
              {ACTIONS[entry.action] ?? entry.action}{" "}
              {entry.conversation !== null && (
                <button
                  type="button"
                  class="Link"
                  onClick={() => {
                    onClose();
                    void desk.open(entry.conversation ?? "");
                  }}
                >
                  {shortName(entry.conversation)}
                </button>
              )}{" "}
              {entry.detail}
            </span>
          </li>
        ))}
      </ul>
      {begun && entries.length === 0 && <p class="Dim">没有记录。</p>}
      {more && (
        <button type="button" onClick={() => void load(agent, entries)}>
          更早的记录
        </button>
      )}
    </details>
  );
}
