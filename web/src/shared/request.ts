// What both pages know of a request: how it fails, and an id for what is sent.

/** The server answered, but not with what was asked for. `status` is 0 where it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** The server's own words for it, where it had any. */
    readonly said = "",
    /** Seconds after which the server wants to be asked again. */
    readonly retryAfter = 0,
    readonly code = "",
  ) {
    super(said);
  }

  get unreachable(): boolean {
    return this.status === 0;
  }
}

/** Why a request was refused, from the answer's body where it has one. */
export async function refusal(response: Response, otherwise = ""): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as { error?: { code?: string; message?: string } } | null;
  const wait = Number(response.headers.get("Retry-After")) || 0;
  return new ApiError(response.status, body?.error?.message ?? otherwise, wait, body?.error?.code);
}

export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
