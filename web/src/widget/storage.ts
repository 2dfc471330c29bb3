// The frame's storage. A browser may refuse it to embedded pages: then the values live as long as the page.

const memory = new Map<string, string>();

function area(kind: "local" | "session"): Storage | null {
  try {
    return kind === "local" ? window.localStorage : window.sessionStorage;
  } catch {
    return null;
  }
}

export function read(key: string, kind: "local" | "session" = "local"): string | null {
  return area(kind)?.getItem(`beian.${key}`) ?? memory.get(key) ?? null;
}

export function write(key: string, value: string | null, kind: "local" | "session" = "local"): void {
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) area(kind)?.removeItem(`beian.${key}`);
    else area(kind)?.setItem(`beian.${key}`, value);
  } catch {
    // The quota is used up: the copy in memory still serves this page.
  }
}

/** The value under a key as JSON, or `fallback` where there is none that can be read. */
export function readJson<T>(key: string, fallback: T): T {
  const text = read(key);
  if (text === null) return fallback;
  try {
    return JSON.parse(text) as T;
  } catch {
    return fallback;
  }
}

// What belongs to whoever sits at the screen, and not to a conversation.
const KEPT = ["theme", "large", "config", "teaser"];

/** Forgets everything but the looks the customer chose, and whether the window is open. */
export function clearStorage(): void {
  for (const kind of ["local", "session"] as const) {
    const own = area(kind);
    for (const key of own ? Object.keys(own) : []) {
      const name = key.replace(/^beian\./, "");
      if (name !== key && name !== "open" && !KEPT.includes(name)) own?.removeItem(key);
    }
  }
  for (const name of [...memory.keys()]) if (name !== "open" && !KEPT.includes(name)) memory.delete(name);
}
