// Who takes security events: a SIEM over syslog, or a file.
import type { KeptEvent } from "./event-journal.ts";

/** A receiver of events. */
export interface Receiver {
  /** What the journal calls it. */
  readonly name: string;
  /** Hands events over, in order. Resolves with the place up to which it surely has them, which may lie behind; rejects when it takes none. */
  deliver(events: readonly KeptEvent[]): Promise<number>;
  /** The place up to which events were handed over, whether it surely has them or not; less again when a connection breaks. */
  handed(): number;
  close(): void;
}
