/** A message of the customer's that the conversation's history does not hold yet. */
export interface Outgoing {
  clientId: string;
  text: string;
  at: string;
  /** queued: waits for the connection; sent: taken by the server; failed: needs the customer. */
  state: "queued" | "sending" | "sent" | "failed";
  /** Why it was not delivered: in the server's words, else by the HTTP status (0: out of reach). */
  reason?: string;
  status?: number;
}
