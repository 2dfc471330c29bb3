// Beside "waiting for a person": whether anybody is there, and when.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useTools } from "../context";
import type { Staffing } from "../../shared/types";
import { useWords } from "../words";

const AGAIN_MS = 60_000;

export function StaffingNote(): JSX.Element | null {
  const { conversation } = useTools();
  const words = useWords();
  const [known, setKnown] = useState<Staffing | null>(null);
  useEffect(() => {
    // Without an answer nothing is said of it.
    const look = (): void => void conversation.staffing().then(setKnown, () => undefined);
    look();
    const timer = window.setInterval(look, AGAIN_MS);
    return () => clearInterval(timer);
  }, [conversation]);
  if (!known || (known.open && known.here)) return null;
  return <>{known.open ? words.nobodyHere : words.nobodyUntil(known.next ?? "")}</>;
}
