// The findings of access. Nothing of it is refused: what was shown was shown.
import type { Finding, Refusal } from "../kernel/codes.ts";

export const accessRefusals = {} as const satisfies Readonly<Record<string, Refusal>>;

export const accessFindings = {
  READER_NOT_NAMED: { says: "A person read, and the record names nobody who is registered on this log." },
  READER_UNKNOWN: { says: "The reader named is no person registered on this log." },
  READER_RETIRED: { says: "The reader was retired before. Find out who used that sign-in." },
  BREAK_GLASS: { says: "It was read in an emergency, past the usual rules. Such reads are to be reviewed." },
  READ_REFUSED: { says: "The reader asked, and was not shown it." },
  RECORDED_AFTERWARDS: { says: "It was shown before it could be recorded: the ledger did not take statements then." },
} as const satisfies Readonly<Record<string, Finding>>;
