// The desk's interface. The session is a cookie that scripts cannot read; changes carry the CSRF token.
import { storable, written } from "../json";
import type { Case, Closure, DeskMessage, Found, HoursShown, KnowledgeShown, Note, Numbers, Opened, OpenQuestion, Profile, Row, Snippets, Suggestion, ToolResult } from "./types";

export class ApiError extends Error {
  constructor(
    /** 0 when the server could not be reached. */
    readonly status: number,
    message: string,
    readonly code = "",
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

let csrf = "";

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`api/desk${path}`, { credentials: "same-origin", cache: "no-store", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, "连不上服务器");
  }
  if (response.ok) return response;
  let code = "";
  let message = `服务器答复 ${response.status}`;
  try {
    const body = (await response.json()) as { error?: { code?: string; message?: string } };
    code = body.error?.code ?? "";
    message = body.error?.message ?? message;
  } catch {
    // No JSON: the status has to do.
  }
  throw new ApiError(response.status, message, code, Number(response.headers.get("Retry-After")) || 0);
}

async function get<T>(path: string, params: Record<string, string | null | undefined> = {}): Promise<T> {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(given.map(([name, value]) => [name, storable(value)])).toString();
  return (await call(query ? `${path}?${query}` : path)).json() as Promise<T>;
}

async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const headers = { "Content-Type": "application/json", "X-CSRF": csrf };
  return (await call(path, { method: "POST", headers, body: written(body) })).json() as Promise<T>;
}

function known(profile: Profile): Profile {
  csrf = profile.csrf;
  return profile;
}

const of = (id: string): string => `/conversations/${encodeURIComponent(id)}`;

export interface AgentShown {
  name: string;
  role: "agent" | "admin";
  created: number;
  disabled: boolean;
  here: boolean;
  sessions: { created: number; seen: number }[];
  /** The absence of now or the next one (seconds since 1970). */
  absence: { begin: number; until: number } | null;
}

export interface AuditWanted {
  agent: string;
  action: string;
  from: string;
  to: string;
}

/** What is written in the audit log, as the server's export names it too. */
export const ACTIONS: Record<string, string> = {
  login: "登录",
  login_failed: "登录失败",
  login_locked: "登录被锁",
  logout: "退出",
  logout_everywhere: "在所有设备退出",
  log_out: "让人退出",
  password: "改自己的口令",
  set_password: "重设口令",
  open: "打开会话",
  search: "搜索",
  claim: "接手",
  transfer: "转给同事",
  give_back: "回到等待",
  reply: "回复",
  hand_back: "交还助手",
  close: "结束会话",
  case: "改正情况",
  note: "写备注",
  labels: "改标签",
  numbers: "看统计",
  export: "导出",
  delete: "删除会话",
  add_agent: "建账号",
  disable: "停用账号",
  enable: "启用账号",
  unlock: "解锁账号",
  role: "改角色",
  rename: "改名",
  audit: "看审计记录",
  hours: "改人工时间",
  away: "登记不在",
  back: "结束不在",
  snippets: "改常用语",
};

export interface Colleague {
  name: string;
  here: boolean;
  away_until: number | null;
}

export interface AuditEntry {
  n: number;
  at: number;
  agent: string;
  action: string;
  conversation: string | null;
  detail: string | null;
}

export const api = {
  state: () => get<{ accounts: boolean }>("/state"),
  me: async () => known(await get<Profile>("/me")),
  login: async (name: string, password: string) => known(await post<Profile>("/login", { name, password })),
  logout: () => post("/logout"),
  logoutEverywhere: () => post("/logout-everywhere"),
  password: (old: string, fresh: string) => post("/password", { old, new: fresh }),
  lookup: (q: string, changeType: string, subjectKind: string) =>
    get<Found>("/lookup", { q, change_type: changeType, subject_kind: subjectKind }),
  tool: (kind: string, given: string) => get<{ result: ToolResult | null }>("/tools", { kind, given }),
  list: (params: { q?: string; label?: string; modes?: string; after?: string; before?: string }) =>
    get<{ rows: Row[]; labels: string[]; open: boolean; counts: Record<string, number>; before: number | null }>("/conversations", params),
  open: (id: string, around: number) => get<Opened>(of(id), { around: around ? String(around) : "" }),
  earlier: (id: string, before: number) => get<{ messages: DeskMessage[] }>(of(id), { before: String(before) }),
  suggestions: (id: string) => get<{ suggestions: Suggestion[]; case: Case; open: OpenQuestion[]; present: boolean | null; variables: Record<string, string> }>(`${of(id)}/suggestions`),
  claim: (id: string, force: boolean) => post<{ row: Row }>(`${of(id)}/claim`, { force }),
  colleagues: () => get<{ colleagues: Colleague[] }>("/colleagues"),
  transfer: (id: string, to: string) => post<{ row: Row }>(`${of(id)}/transfer`, { to }),
  queue: (id: string) => post<{ row: Row }>(`${of(id)}/queue`),
  correct: (id: string, parts: Record<string, string | null>) => post<{ case: Case }>(`${of(id)}/case`, parts),
  say: (id: string, body: { client_id: string; text: string; warn: boolean; suggestion?: string; offered?: string }) =>
    post<{ message: DeskMessage }>(`${of(id)}/messages`, body),
  handBack: (id: string, answer: boolean) => post<{ row: Row }>(`${of(id)}/hand-back`, { answer }),
  close: (id: string) => post<{ row: Row }>(`${of(id)}/close`),
  read: (id: string, last: number) => post(`${of(id)}/read`, { last_id: last }),
  note: (id: string, text: string) => post<{ note: Note }>(`${of(id)}/notes`, { text }),
  labels: (id: string, add: string[], remove: string[]) => post<{ labels: string[] }>(`${of(id)}/labels`, { add, remove }),
  numbers: (from: string, to: string) => get<Numbers>("/numbers", { from, to }),
  csv: async (from: string, to: string) => (await call(`/numbers.csv?from=${from}&to=${to}`)).blob(),
  behind: (number: string, day: string, from: string, to: string) =>
    get<{ rows: Row[] }>("/numbers/conversations", { number, day, from, to }),
  agents: () => get<{ agents: AgentShown[] }>("/agents"),
  addAgent: (name: string, password: string, role: string) => post("/agents", { name, password, role }),
  changeAgent: (name: string, job: string, more: Record<string, unknown> = {}) =>
    post(`/agents/${encodeURIComponent(name)}`, { job, ...more }),
  away: (begin: number | null, until: number | null) => post("/away", { begin, until }),
  snippets: () => get<Snippets>("/snippets"),
  keepSnippet: (number: number | null, name: string, text: string) =>
    post<Snippets>(number === null ? "/snippets" : `/snippets/${number}`, { name, text }),
  removeSnippet: (number: number) => post<Snippets>(`/snippets/${number}`, { remove: true }),
  knowledge: () => get<KnowledgeShown>("/knowledge"),
  hours: () => get<HoursShown>("/hours"),
  changeHours: (hours: string | null, closed: Closure[]) => post<HoursShown>("/hours", { hours, closed }),
  audit: (wanted: AuditWanted, before: number) =>
    get<{ entries: AuditEntry[]; more: boolean }>("/audit", { ...wanted, before: String(before) }),
  auditCsv: async (wanted: AuditWanted) => (await call(`/audit.csv?${new URLSearchParams({ ...wanted })}`)).blob(),
  exportConversation: async (id: string) => (await call(`${of(id)}/export`)).blob(),
  deleteConversation: (id: string) => post(`${of(id)}/delete`, { confirm: id }),
  async events(open: string | null, after: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const query = open ? `?open=${encodeURIComponent(open)}&after=${after}` : "";
    const response = await call(`/events${query}`, { signal });
    if (!response.body) throw new ApiError(0, "连不上服务器");
    return response.body;
  },
};
