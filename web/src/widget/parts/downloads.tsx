// Files the server makes of an answer.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../../shared/request";
import { useTools } from "../context";
import { save } from "../../shared/files";
import type { Message } from "../../shared/types";
import { useWords } from "../words";
import { Button } from "./button";

/** Buttons for files the server makes. `calendar` for a calendar file of the dates. */
export function Downloads({ message, name, list, calendar }: { message: Message; name: string; list: boolean; calendar: boolean }): JSX.Element {
  const { conversation, say } = useTools();
  const words = useWords();
  const [busy, setBusy] = useState(false);
  async function fetchFile(kind: "txt" | "ics"): Promise<void> {
    setBusy(true);
    try {
      save(await conversation.download(message.id, kind), `${name}.${kind}`);
      say(kind === "txt" ? words.listDownloaded : words.calendarDownloaded);
    } catch (error) {
      say(error instanceof ApiError && error.said ? words.labelled(words.downloadFailed, error.said) : words.downloadFailed);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      {list && (
        <Button look="text" icon="download" disabled={busy} onClick={() => void fetchFile("txt")} aria-label={words.downloadList}>
          {words.download}
        </Button>
      )}
      {calendar && (
        <Button look="text" icon="calendar" disabled={busy} onClick={() => void fetchFile("ics")} aria-label={words.downloadCalendar}>
          {words.addToCalendar}
        </Button>
      )}
    </>
  );
}
