// Who answers when a person does, as the customer knows them.
import type { Message } from "../shared/types";
import type { Words } from "./words";

/** The name of a message's writer, or of who took over with it; null for a person without one. */
function nameIn({ author, custom }: Message): string | null | undefined {
  return author === "agent" || custom?.by !== undefined ? (custom?.by ?? null) : undefined;
}

/** Who wrote it. */
export function writerOf(message: Message, words: Words): string {
  const name = nameIn(message);
  return name ? words.person(name) : words.withPerson;
}

/** By the newest message of one: whoever takes over is named with it. */
export function personOf(messages: readonly Message[], words: Words): string {
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message && nameIn(message) !== undefined) return writerOf(message, words);
  }
  return words.withPerson;
}
