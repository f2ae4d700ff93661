// What goes wrong around the contract: drafts that do not fit their kind, and logs that cannot be replayed. A refusal is a value and not here.

/** Every code of the contract's exceptions, with the sentence an operator reads. */
export const contractErrors = {
  DRAFT_HEAD_INVALID: "The draft's log, signers or times are not in form.",
  DRAFT_BASIS_INVALID: "An observation states its basis; an act states none.",
  DRAFT_OPEN_INVALID: "An open field does not fit the kind.",
  DRAFT_SEALED_INVALID: "A sealed field does not fit the kind.",
  CONTRACT_UNKNOWN: "The log asks for a contract version that is not at hand.",
  STATEMENT_REPEATED: "The log holds a statement twice.",
  TIME_RUNS_BACKWARDS: "An entry was recorded before the one that it follows, or its time is none.",
} as const satisfies Readonly<Record<string, string>>;
export type ContractErrorCode = keyof typeof contractErrors;

/** Thrown by the contract; the code says why, and `path` names a draft's field, never its value. */
export class ContractError extends Error {
  readonly code: ContractErrorCode;
  /** Names and positions, outermost first: `["open", "studies", 3]`. Empty when no field is to blame. */
  readonly path: readonly (string | number)[];

  constructor(code: ContractErrorCode, path: readonly (string | number)[] = []) {
    super(path.length === 0 ? contractErrors[code] : `${contractErrors[code]} (${path.join(".")})`);
    this.name = "ContractError";
    this.code = code;
    this.path = path;
  }
}
