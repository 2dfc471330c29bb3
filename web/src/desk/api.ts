// The desk's interface. The session is a cookie that scripts cannot read; changes carry the CSRF token.
import { storable, written } from "../shared/json";
import { ApiError, refusal } from "../shared/request";
import type {
  AgentReply,
  Agents,
  AuditPage,
  Away,
  CaseNow,
  ChangedAgent,
  ChangedHours,
  ChangedLabels,
  ChangedSnippet,
  Claim,
  Closure,
  Colleagues,
  Confirmation,
  Correction,
  DeskState,
  Earlier,
  Ended,
  Found,
  HandBack,
  HoursShown,
  KnowledgeShown,
  Labels,
  Listed,
  LogIn,
  NewAgent,
  NewNote,
  NewPassword,
  NewSnippet,
  NoteNow,
  Numbers,
  Opened,
  Profile,
  ReadUpTo,
  Role,
  RowNow,
  Rows,
  Sent,
  Snippets,
  Suggestions,
  ToolAnswer,
  Transfer,
} from "../shared/types";

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
  throw await refusal(response, `服务器答复 ${response.status}`);
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

export interface AuditWanted {
  agent: string;
  action: string;
  from: string;
  to: string;
}

export const api = {
  state: () => get<DeskState>("/state"),
  me: async () => known(await get<Profile>("/me")),
  login: async (name: string, password: string) => known(await post<Profile>("/login", { name, password } satisfies LogIn)),
  logout: () => post("/logout"),
  logoutEverywhere: () => post<Ended>("/logout-everywhere"),
  password: (old: string, fresh: string) => post("/password", { old, new: fresh } satisfies NewPassword),
  lookup: (q: string, changeType: string, subjectKind: string) =>
    get<Found>("/lookup", { q, change_type: changeType, subject_kind: subjectKind }),
  tool: (kind: string, given: string) => get<ToolAnswer>("/tools", { kind, given }),
  list: (params: { q?: string; label?: string; modes?: string; after?: string; before?: string }) =>
    get<Listed>("/conversations", params),
  open: (id: string, around: number) => get<Opened>(of(id), { around: around ? String(around) : "" }),
  earlier: (id: string, before: number) => get<Earlier>(of(id), { before: String(before) }),
  suggestions: (id: string) => get<Suggestions>(`${of(id)}/suggestions`),
  claim: (id: string, force: boolean) => post<RowNow>(`${of(id)}/claim`, { force } satisfies Claim),
  colleagues: () => get<Colleagues>("/colleagues"),
  transfer: (id: string, to: string) => post<RowNow>(`${of(id)}/transfer`, { to } satisfies Transfer),
  queue: (id: string) => post<RowNow>(`${of(id)}/queue`),
  correct: (id: string, parts: Correction) => post<CaseNow>(`${of(id)}/case`, parts),
  say: (id: string, body: AgentReply) =>
    post<Sent>(`${of(id)}/messages`, body),
  handBack: (id: string, answer: boolean) => post<RowNow>(`${of(id)}/hand-back`, { answer } satisfies HandBack),
  close: (id: string) => post<RowNow>(`${of(id)}/close`),
  read: (id: string, last: number) => post(`${of(id)}/read`, { last_id: last } satisfies ReadUpTo),
  note: (id: string, text: string) => post<NoteNow>(`${of(id)}/notes`, { text } satisfies NewNote),
  labels: (id: string, add: string[], remove: string[]) => post<Labels>(`${of(id)}/labels`, { add, remove } satisfies ChangedLabels),
  numbers: (from: string, to: string) => get<Numbers>("/numbers", { from, to }),
  csv: async (from: string, to: string) => (await call(`/numbers.csv?from=${from}&to=${to}`)).blob(),
  behind: (number: string, day: string, from: string, to: string) =>
    get<Rows>("/numbers/conversations", { number, day, from, to }),
  agents: () => get<Agents>("/agents"),
  addAgent: (name: string, password: string, role: Role) => post("/agents", { name, password, role } satisfies NewAgent),
  changeAgent: (name: string, job: ChangedAgent["job"], more: Omit<ChangedAgent, "job"> = {}) =>
    post(`/agents/${encodeURIComponent(name)}`, { job, ...more } satisfies ChangedAgent),
  away: (begin: number | null, until: number | null) => post("/away", { begin, until } satisfies Away),
  snippets: () => get<Snippets>("/snippets"),
  keepSnippet: (number: number | null, name: string, text: string) =>
    post<Snippets>(number === null ? "/snippets" : `/snippets/${number}`, { name, text } satisfies NewSnippet),
  removeSnippet: (number: number) => post<Snippets>(`/snippets/${number}`, { remove: true } satisfies ChangedSnippet),
  knowledge: () => get<KnowledgeShown>("/knowledge"),
  hours: () => get<HoursShown>("/hours"),
  changeHours: (hours: string | null, closed: Closure[]) => post<HoursShown>("/hours", { hours, closed } satisfies ChangedHours),
  audit: (wanted: AuditWanted, before: number) =>
    get<AuditPage>("/audit", { ...wanted, before: String(before) }),
  auditCsv: async (wanted: AuditWanted) => (await call(`/audit.csv?${new URLSearchParams({ ...wanted })}`)).blob(),
  exportConversation: async (id: string) => (await call(`${of(id)}/export`)).blob(),
  deleteConversation: (id: string) => post(`${of(id)}/delete`, { confirm: id } satisfies Confirmation),
  async events(open: string | null, after: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const query = open ? `?open=${encodeURIComponent(open)}&after=${after}` : "";
    const response = await call(`/events${query}`, { signal });
    if (!response.body) throw new ApiError(0, "连不上服务器");
    return response.body;
  },
};
