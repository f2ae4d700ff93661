// Observations of access. docs/formats/contract.md § Access.
import { type Case, type Rule, row, rule } from "./case.ts";

interface Read {
  readonly study?: string;
  readonly what: string;
  readonly readerType: string;
  readonly reader?: string;
  readonly roles: readonly string[];
  readonly purpose: string;
  readonly outcome: string;
  readonly recorded: string;
}

/** By kind, what it finds. It writes nothing. */
export const accessObservations: Readonly<Record<string, Rule>> = {
  "access.read.performed": rule((about: Case, read: Read) => {
    const { study, reader, purpose } = read;
    const actor = reader === undefined ? undefined : row(about, "identity/actor", reader);
    if (read.readerType === "person") {
      about.find(reader !== undefined, "READER_NOT_NAMED");
      about.find(reader === undefined || actor?.type === "person", "READER_UNKNOWN");
      if (actor?.type === "person")
        about.find(new Set([...actor.roles, ...read.roles]).size === actor.roles.length, "ROLE_NOT_HELD");
    }
    about.find(!actor?.retired, "READER_RETIRED");
    about.find(!["ETREAT", "BTG"].includes(purpose), "BREAK_GLASS");
    about.find(read.outcome !== "refused", "READ_REFUSED");
    about.find(read.recorded !== "afterwards", "RECORDED_AFTERWARDS");
    if (study === undefined) return;
    const held = row(about, "imaging/study", study);
    about.find(held, "STUDY_UNKNOWN");
    about.find(!(held?.destruction === "done" && read.what === "images"), "STUDY_DESTROYED");
  }),
};
