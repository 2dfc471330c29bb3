// What every part of the widget may need, without passing it through all the parts in between.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { useSubscribed } from "../shared/parts";
import type { Conversation, State } from "./store";
import type { Entry } from "./transcript";

export interface Tools {
  conversation: Conversation;
  /** Sends a text in the customer's name and returns to the input. */
  ask(text: string): void;
  /** A short message to see and to hear, that goes away by itself. */
  say(text: string): void;
  print(sheet: Sheet): void;
  /** Puts a text into the input, unsent. */
  prefill(text: string): void;
}

/** What is printed: a checklist with its last days, or a whole conversation. */
export interface Sheet {
  title: string;
  items?: readonly string[];
  ticked?: readonly number[];
  days?: readonly string[];
  source?: string;
  entries?: readonly Entry[];
}

const ToolsContext = createContext<Tools | null>(null);
export const ToolsProvider = ToolsContext.Provider;

export function useTools(): Tools {
  const tools = useContext(ToolsContext);
  if (!tools) throw new Error("rendered outside ToolsProvider");
  return tools;
}

/** A text worked out of the conversation: drawn anew when it changes, not with each thing that happens. */
export function useOf(conversation: Conversation, find: (state: State) => string | null): string | null {
  return useSubscribed(conversation.subscribe, () => find(conversation.get()));
}

export function useConversation(conversation: Conversation): State {
  return useSubscribed(conversation.subscribe, conversation.get);
}
