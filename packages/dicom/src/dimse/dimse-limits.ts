// How much of a peer's word the protocol takes: beyond these an association is aborted, so that no peer can exhaust a machine.

/** What a peer may ask of this machine. */
export interface DimseLimits {
  /** Bytes of a P-DATA-TF behind its first six: what is offered as maximum length. PS3.8 § D.1. */
  readonly dataBytes: number;
  /** Bytes of any other PDU behind its first six. 128 contexts with thirty transfer syntaxes each need 130 KiB. */
  readonly controlBytes: number;
  /** Items and sub-items of such a PDU together. */
  readonly items: number;
  /** Bytes of a command set; those of PS3.7 have a few hundred. */
  readonly commandBytes: number;
}

/** The limits when none are given. */
export const defaultDimseLimits: DimseLimits = {
  dataBytes: 256 * 1024,
  controlBytes: 256 * 1024,
  items: 8192,
  commandBytes: 16 * 1024,
};
