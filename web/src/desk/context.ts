// The desk's state for components.
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Desk, State } from "./store";

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): { desk: Desk; state: State } {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("used outside of the desk");
  const [, redraw] = useState(0);
  useEffect(() => desk.subscribe(() => redraw((n) => n + 1)), [desk]);
  return { desk, state: desk.state };
}
