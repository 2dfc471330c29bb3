// The server's HTTP interface (docs/api.md). All addresses are relative to the page, so that the service
// may stand behind a path prefix.
import { written } from "../shared/json";
import { ApiError, refusal } from "../shared/request";
import type {
  Accepted,
  AskSatisfaction,
  Config,
  FactText,
  Feedback,
  History,
  KnownQuestions,
  ModeNow,
  NewMessage,
  NewSession,
  Opinion,
  Restart,
  Satisfaction,
  Staffing,
  Ticks,
} from "../shared/types";

const TIMEOUT_MS = 15_000;

async function call(path: string, session: string | null, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (session) headers.set("X-Session", session);
  if (init.body) headers.set("Content-Type", "application/json");
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, credentials: "omit", signal: stop.signal });
  } catch {
    throw new ApiError(0);
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function json<T>(path: string, session: string | null = null, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { method: "POST", body: written(body) };
  const response = await call(path, session, init);
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError(0);
  }
}

export const api = {
  open: async () => (await json<NewSession>("api/sessions", null, {})).session,
  config: () => json<Config>("api/config"),
  questions: async () => (await json<KnownQuestions>("api/questions")).questions,
  fact: (id: string) => json<FactText>(`api/facts/${encodeURIComponent(id)}`),
  history: (session: string, after = 0) =>
    json<History>(after ? `api/history?after=${after}` : "api/history", session),
  send: (session: string, clientId: string, text: string) =>
    json<Accepted>("api/messages", session, { client_id: clientId, text } satisfies NewMessage),
  feedback: (session: string, id: number, feedback: Feedback | null) =>
    json("api/feedback", session, {
      message_id: id,
      value: feedback?.value ?? null,
      ...(feedback?.reason ? { reason: feedback.reason } : {}),
    } satisfies Opinion),
  ticks: (session: string, id: number, ticked: number[]) =>
    json("api/ticks", session, { message_id: id, ticked } satisfies Ticks),
  restart: (session: string, clientId: string) =>
    json<Accepted>("api/restart", session, { client_id: clientId } satisfies Restart),
  context: (session: string, values: Record<string, string | null>) => json("api/context", session, values),
  leave: (session: string) => json<ModeNow>("api/leave", session, {}),
  forget: (session: string) => json("api/forget", session, {}),
  satisfaction: (session: string, value: 0 | 1) => json("api/satisfaction", session, { value } satisfies Satisfaction),
  mayRate: async (session: string) => (await json<AskSatisfaction>("api/satisfaction", session)).ask,
  staffing: (session: string) => json<Staffing>("api/staffing", session),
  download: async (session: string, id: number, kind: "txt" | "ics") =>
    (await call(`api/messages/${id}/checklist.${kind}`, session)).blob(),
  /** The open event stream. It has no time limit of its own: `signal` ends it. */
  events: async (session: string, lastId: number, signal: AbortSignal) => {
    const headers: Record<string, string> = { "X-Session": session, Accept: "text/event-stream" };
    if (lastId) headers["Last-Event-ID"] = String(lastId);
    const response = await fetch("api/events", { headers, credentials: "omit", cache: "no-store", signal });
    if (!response.ok || !response.body) {
      throw new ApiError(response.status, "", Number(response.headers.get("Retry-After")) || 0);
    }
    return response.body;
  },
};

export type Api = typeof api;
