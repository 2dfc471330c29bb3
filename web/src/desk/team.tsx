// 团队: accounts, what everybody did, and what the law asks for of one conversation. For admins.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { save } from "../shared/files";
import type { AgentShown, AuditEntry, ChangedAgent, Role } from "../shared/types";
import { ACTIONS } from "../shared/values";
import { api, type AuditWanted } from "./api";
import { AbsenceForm } from "./absence";
import { useDesk } from "./context";
import { Hours } from "./hours";
import { Knowledge } from "./knowledge";
import { moment, shortName } from "./list";
import { Dialog, Icon } from "./parts";
import { SnippetsEditor } from "./snippets";
import "./team.css";

type Job = ChangedAgent["job"];

type Changing = { agent: AgentShown; what: "password" | "rename" | "shown" | "disable" | "away" };

export function Team(): JSX.Element {
  const { desk } = useDesk();
  const [agents, setAgents] = useState<AgentShown[]>([]);
  async function load(): Promise<void> {
    const found = await desk.attempt(api.agents);
    if (found) setAgents(found.agents);
  }
  useEffect(() => void load(), []);
  return (
    <div class="Team">
      <Accounts agents={agents} onChanged={load} />
      <Hours />
      <SnippetsEditor />
      <Knowledge />
      <DataRequest />
      <Audit agents={agents} />
    </div>
  );
}

function Accounts({ agents, onChanged }: { agents: AgentShown[]; onChanged(): Promise<void> }): JSX.Element {
  const { desk, state } = useDesk();
  const [changing, setChanging] = useState<Changing | null>(null);
  async function act(name: string, job: Job, more: Omit<ChangedAgent, "job"> = {}): Promise<boolean> {
    const done = await desk.attempt(() => api.changeAgent(name, job, more));
    if (done) desk.say("完成");
    await onChanged();
    return done !== null;
  }
  async function add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const role = given.get("admin") ? "admin" : "agent";
    if (await desk.attempt(() => api.addAgent(String(given.get("name")), String(given.get("password")), role))) {
      form.reset();
      await onChanged();
    }
  }
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">账号</h2>
      <ul class="Agents">
        {agents.map((agent) => (
          <li key={agent.name}>
            <span class="Agent">
              <strong>{agent.name}</strong>
              {agent.shown && <span class="Dim">客户看到：{agent.shown}</span>}
              {agent.role === "admin" && <span class="Tag">管理员</span>}
              {agent.disabled ? (
                <span class="Tag" data-tone="bad">
                  已停用
                </span>
              ) : (
                <span class="Here" data-here={agent.here}>
                  {agent.here ? "在线" : "不在线"}
                </span>
              )}
              {agent.absence && <span class="Tag">{absenceText(agent.absence)}</span>}
              <span class="Dim">
                {agent.sessions.length > 0
                  ? `${agent.sessions.length} 处登录，最近 ${moment(Math.max(...agent.sessions.map((one) => one.seen)) * 1000)}`
                  : "没有登录"}
              </span>
            </span>
            <span class="Bar">
              {agent.name !== state.profile?.name && (
                <select
                  aria-label={`${agent.name} 的角色`}
                  value={agent.role}
                  onChange={(event) => void act(agent.name, "role", { role: event.currentTarget.value as Role })}
                >
                  <option value="agent">客服</option>
                  <option value="admin">管理员</option>
                </select>
              )}
              <button type="button" onClick={() => setChanging({ agent, what: "rename" })}>
                改名
              </button>
              <button type="button" onClick={() => setChanging({ agent, what: "shown" })}>
                对客户的名字
              </button>
              <button type="button" onClick={() => setChanging({ agent, what: "password" })}>
                重设口令
              </button>
              <button
                type="button"
                onClick={() => (agent.absence ? void act(agent.name, "back") : setChanging({ agent, what: "away" }))}
              >
                {agent.absence ? "回来了" : "不在…"}
              </button>
              <button type="button" onClick={() => void act(agent.name, "log_out")}>
                让其退出
              </button>
              <button type="button" onClick={() => void act(agent.name, "unlock")}>
                解锁
              </button>
              {agent.name !== state.profile?.name && (
                <button
                  type="button"
                  onClick={() => (agent.disabled ? void act(agent.name, "enable") : setChanging({ agent, what: "disable" }))}
                >
                  {agent.disabled ? "启用" : "停用"}
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <form class="Line" onSubmit={(event) => void add(event)}>
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
      {changing && <Change {...changing} onClose={() => setChanging(null)} onAct={act} />}
    </section>
  );
}

function absenceText({ begin, until }: { begin: number; until: number }): string {
  const from = begin * 1000 > Date.now() ? `${moment(begin * 1000)} ` : "";
  return `${from}不在，到 ${moment(until * 1000)}`;
}

interface ChangeProps extends Changing {
  onClose(): void;
  onAct(name: string, job: Job, more?: Omit<ChangedAgent, "job">): Promise<boolean>;
}

function Change({ agent, what, onClose, onAct }: ChangeProps): JSX.Element {
  const titles = { password: "重设口令", rename: "改名", shown: "对客户的名字", disable: "停用账号", away: "登记不在" };
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget as HTMLFormElement).get("given") ?? "");
    const more = what === "password" ? { password: given } : what === "disable" ? {} : { to: given };
    if (await onAct(agent.name, what, more)) onClose();
  }
  if (what === "away") {
    return (
      <Dialog title={`${titles[what]}：${agent.name}`} onClose={onClose}>
        <AbsenceForm
          onNote={(begin, until) => void onAct(agent.name, "away", { begin, until }).then((done) => done && onClose())}
        />
      </Dialog>
    );
  }
  return (
    <Dialog title={`${titles[what]}：${agent.name}`} onClose={onClose}>
      <form class="Stack" onSubmit={(event) => void submit(event)}>
        {what === "disable" ? (
          <p>立刻退出，不能再登录；手里的会话回到等待人工。以前的记录都还在。</p>
        ) : (
          <label>
            {what === "password" ? "新口令（至少 10 个字符）" : what === "rename" ? "新名字" : "名字（不写就只显示“人工客服”）"}
            <input
              name="given"
              required={what !== "shown"}
              defaultValue={what === "shown" ? (agent.shown ?? "") : ""}
              type={what === "password" ? "password" : "text"}
              autocomplete={what === "password" ? "new-password" : "off"}
              maxLength={what === "password" ? 200 : 32}
            />
          </label>
        )}
        <p class="Bar">
          <button type="submit" class="Primary">
            {titles[what]}
          </button>
          <button type="button" onClick={onClose}>
            取消
          </button>
        </p>
      </form>
    </Dialog>
  );
}

/** A customer wants what is stored of the conversation, or wants it gone. */
function DataRequest(): JSX.Element {
  const { desk, state } = useDesk();
  const [id, setId] = useState(state.opened?.row.id ?? "");
  const [sure, setSure] = useState(false);
  const wanted = id.trim();
  async function remove(): Promise<void> {
    if (!(await desk.attempt(() => api.deleteConversation(wanted)))) return;
    setSure(false);
    setId("");
    desk.say("已删除");
  }
  return (
    <section aria-labelledby="request">
      <h2 id="request">客户要自己的数据</h2>
      <form class="Line" onSubmit={(event) => event.preventDefault()}>
        <label class="Wide">
          会话编号（会话页的“复制编号”）
          <input value={id} autocomplete="off" spellcheck={false} maxLength={80} onInput={(event) => setId(event.currentTarget.value)} />
        </label>
        <button
          type="button"
          disabled={!wanted}
          onClick={() => void desk.attempt(async () => save(await api.exportConversation(wanted), `${wanted}.json`))}
        >
          <Icon name="download" />
          导出
        </button>
        <button type="button" disabled={!wanted} onClick={() => setSure(true)}>
          删除…
        </button>
      </form>
      {sure && (
        <Dialog title="删除这个会话" onClose={() => setSure(false)}>
          <p>
            <code>{wanted}</code> 的消息、备注、标签、评价和助手的记录都会删掉，不能恢复。审计记录会留下“谁在何时删除了它”。
          </p>
          <p class="Bar">
            <button type="button" class="Primary" onClick={() => void remove()}>
              删除，不能恢复
            </button>
            <button type="button" onClick={() => setSure(false)}>
              取消
            </button>
          </p>
        </Dialog>
      )}
    </section>
  );
}

function Audit({ agents }: { agents: AgentShown[] }): JSX.Element {
  const { desk } = useDesk();
  const [wanted, setWanted] = useState<AuditWanted>({ agent: "", action: "", from: "", to: "" });
  const [entries, setEntries] = useState<AuditEntry[]>([]);
  const [more, setMore] = useState(false);
  async function load(of: AuditWanted, before: readonly AuditEntry[] = []): Promise<void> {
    const found = await desk.attempt(() => api.audit(of, before[before.length - 1]?.n ?? 0));
    if (!found) return;
    setEntries([...before, ...found.entries]);
    setMore(found.more);
  }
  useEffect(() => void load(wanted), [wanted]);
  const set = (change: Partial<AuditWanted>): void => setWanted({ ...wanted, ...change });
  return (
    <section aria-labelledby="audit">
      <h2 id="audit">审计记录</h2>
      <p class="Dim">客服做了什么、看了什么，新的在前。只能添加，不能改也不能删。</p>
      <div class="Line">
        <select aria-label="谁的记录" value={wanted.agent} onChange={(event) => set({ agent: event.currentTarget.value })}>
          <option value="">所有人</option>
          {agents.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <select aria-label="做了什么" value={wanted.action} onChange={(event) => set({ action: event.currentTarget.value })}>
          <option value="">所有动作</option>
          {Object.entries(ACTIONS).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <label>
          从 <input type="date" value={wanted.from} onChange={(event) => set({ from: event.currentTarget.value })} />
        </label>
        <label>
          到 <input type="date" value={wanted.to} onChange={(event) => set({ to: event.currentTarget.value })} />
        </label>
        <button type="button" onClick={() => void desk.attempt(async () => save(await api.auditCsv(wanted), "审计记录.csv"))}>
          <Icon name="download" />
          导出 CSV
        </button>
      </div>
      <ul class="Audit">
        {entries.map((entry) => (
          <li key={entry.n}>
            <time dateTime={new Date(entry.at * 1000).toISOString()}>{moment(entry.at * 1000)}</time>
            <span class="Audit-who">{entry.agent}</span>
            <span>
              {ACTIONS[entry.action] ?? entry.action}{" "}
              {entry.conversation !== null && (
                <button type="button" class="Link" onClick={() => void desk.open(entry.conversation ?? "")}>
                  {shortName(entry.conversation)}
                </button>
              )}{" "}
              {entry.detail}
            </span>
          </li>
        ))}
      </ul>
      {entries.length === 0 && <p class="Dim">没有记录。</p>}
      {more && (
        <button type="button" onClick={() => void load(wanted, entries)}>
          更早的记录
        </button>
      )}
    </section>
  );
}
