// Where the desk is, in the address behind #: reloading, going back and sending the address on work.

export type View = "lookup" | "conversations" | "numbers" | "team";
export type Show = "all" | "mine" | "waiting";

export interface Place {
  view: View;
  open: string | null;
  /** What is searched for: in the conversations, or in the look-up. */
  query: string;
  label: string;
  show: Show;
  from: string;
  to: string;
}

export const START: Place = { view: "conversations", open: null, query: "", label: "", show: "all", from: "", to: "" };
const VIEWS: readonly View[] = ["lookup", "conversations", "numbers", "team"];
const DAY = /^\d{4}-\d\d-\d\d$/;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The place an address names; what it does not know is left out. */
export function readPlace(hash: string): Place {
  const text = hash.replace(/^#/, "");
  if (!text.startsWith("/")) return { ...START, open: decoded(text) || null };
  const [path = "", query = ""] = text.split("?", 2);
  const [, view = "", open = ""] = path.split("/");
  const given = new URLSearchParams(query);
  const show = given.get("show");
  const day = (name: string): string => (DAY.test(given.get(name) ?? "") ? (given.get(name) ?? "") : "");
  return {
    view: VIEWS.find((one) => one === view) ?? "conversations",
    open: decoded(open) || null,
    query: given.get("q") ?? "",
    label: given.get("label") ?? "",
    show: show === "mine" || show === "waiting" ? show : "all",
    from: day("from"),
    to: day("to"),
  };
}

export function writePlace(place: Place): string {
  const given = new URLSearchParams();
  if (place.query) given.set("q", place.query);
  if (place.view === "conversations") {
    if (place.label) given.set("label", place.label);
    if (place.show !== "all") given.set("show", place.show);
  }
  if (place.view === "numbers" && place.from && place.to) {
    given.set("from", place.from);
    given.set("to", place.to);
  }
  const open = place.view === "conversations" && place.open ? `/${encodeURIComponent(place.open)}` : "";
  const query = given.toString();
  return `#/${place.view}${open}${query ? `?${query}` : ""}`;
}
