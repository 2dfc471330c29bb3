// Messages for tests: what a test says nothing of is as the server sends it for a plain text.
import type { Message } from "../src/shared/types";

export function message(told: Partial<Message>): Message {
  const plain = { client_id: null, buttons: [], custom: {}, feedback: null, ticked: [] };
  return { id: 1, at: "", author: "bot", text: "", ...plain, ...told };
}
