// Whether the customer is asked how a person served: once after each time, until there is an answer.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation, State } from "./store";
import { read, write } from "./storage";

/** Under it stands the last message of a person that the customer has been asked about. */
const ASKED = "rated";

/** Whether to ask now, and what ends it: an answer, or the customer writing on. */
export function useRating(conversation: Conversation, { mode, messages }: State): { ask: boolean; done(): void } {
  const [ask, setAsk] = useState(false);
  const isOver = mode === "bot" || mode === "closed";
  const served = isOver ? Math.max(0, ...messages.filter(({ author }) => author === "agent").map(({ id }) => id)) : 0;
  const said = messages.filter(({ author }) => author === "user").length;
  const saidThen = useRef(0);
  function done(): void {
    write(ASKED, String(served));
    setAsk(false);
  }
  useEffect(() => {
    let isCurrent = true;
    setAsk(false);
    // Without an answer of the server's nothing is asked.
    if (served > Number(read(ASKED))) {
      void conversation.mayRate().then((may) => {
        if (!isCurrent) return;
        saidThen.current = said;
        setAsk(may);
      }, () => undefined);
    }
    return () => {
      isCurrent = false;
    };
  }, [served]);
  useEffect(() => {
    if (ask && said > saidThen.current) done();
  }, [said]);
  return { ask, done };
}
