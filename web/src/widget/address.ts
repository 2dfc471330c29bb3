// A question in the address of the page that is the chat alone: /chat#ask=…

const MOST_CHARACTERS = 500;

/** Asks the question in the address once: it is taken out, so that a reload does not ask it again. */
export function askedByAddress(
  place: { hash: string; pathname: string; search: string },
  past: { replaceState(state: unknown, title: string, address: string): void },
  ask: (question: string) => void,
): void {
  const given = new URLSearchParams(place.hash.replace(/^#/, ""));
  const question = given.get("ask")?.trim().slice(0, MOST_CHARACTERS);
  if (!question) return;
  given.delete("ask");
  const rest = given.toString();
  past.replaceState(null, "", `${place.pathname}${place.search}${rest ? `#${rest}` : ""}`);
  ask(question);
}
