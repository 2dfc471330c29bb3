// What the host page may hear of the conversation: that something happened, never what was said.
import type { Bridge } from "./bridge";
import type { Conversation } from "./store";

/** Tells the page of what arrives from now on; the result ends that. */
export function tellNews(bridge: Bridge, conversation: Conversation): () => void {
  let { mode, phase } = conversation.get();
  // What was there before is no news; unknown until the history is read.
  let last = phase === "ready" ? conversation.lastId : null;
  return conversation.subscribe(() => {
    const state = conversation.get();
    if (state.phase === "ready" && last !== null) {
      for (const { id, author, custom } of state.messages) {
        if (id <= last) continue;
        bridge.tellEvent("message", { id, author });
        if (author === "bot") {
          bridge.tellEvent("answer", { id, status: custom?.status ?? "smalltalk", facts: custom?.facts ?? [] });
        }
      }
      if (state.mode !== mode) bridge.tellEvent("handoff", { mode: state.mode });
    }
    if (state.phase === "failed" && phase !== "failed") bridge.tellEvent("error", { reason: "unreachable" });
    if (state.phase === "ready") last = conversation.lastId;
    ({ mode, phase } = state);
  });
}
