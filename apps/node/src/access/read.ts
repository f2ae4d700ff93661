// A read: who was shown what, as the gateway saw it, and what it presumes where the reader said nothing.
import type { PurposeOfUse, ReadAction, ReadThing, Role } from "@fiducial/contract";
import type { Caller } from "../authorization/caller.ts";

/** Something that is about to be shown, or was refused. */
export interface Read {
  readonly caller: Caller;
  readonly what: ReadThing;
  readonly action: ReadAction;
  /** The study's handle; absent where it is about several or none. */
  readonly study?: string | undefined;
  /** Series Instance UID, where no more than one series is shown. */
  readonly series?: string | undefined;
  /** How many studies a list shows. */
  readonly studies?: number | undefined;
  /** Handles of those studies, where the route knows them. They are recorded nowhere: they tell whether a later list shows others. */
  readonly listed?: readonly string[] | undefined;
  /** How many objects the reader can see. */
  readonly instances?: number | undefined;
  /** As the reader stated it; presumed from the role when absent. */
  readonly purpose?: PurposeOfUse | undefined;
  /** The reason that the reader gave, in the reader's words. */
  readonly remark?: string | undefined;
  /** The address from which the request came. */
  readonly address?: string | undefined;
  /** `permitted`, unless told. */
  readonly outcome?: "permitted" | "refused";
}

/** A read with when it happened: what is stated of it, and what an outbox keeps. Times are UTC with milliseconds. */
export interface NotedRead extends Omit<Read, "purpose" | "listed"> {
  readonly at: string;
  readonly minute: string;
  readonly purpose: PurposeOfUse;
  readonly purposeBasis: "stated" | "presumed";
}

/** Puts down a read at a time. */
export function noted(read: Read, nowMs: number): NotedRead {
  const { purpose, listed: _, ...rest } = read;
  return {
    ...rest,
    at: new Date(nowMs).toISOString(),
    minute: new Date(nowMs - (nowMs % msPerMinute)).toISOString(),
    purpose: purpose ?? presumedPurpose(read.caller),
    purposeBasis: purpose === undefined ? "presumed" : "stated",
  };
}

const msPerMinute = 60_000;

/** Names the reads that one record stands for: the same reader in the same session shown the same thing in the same way. */
export function likeness({ caller, study, series, what, action, purpose, outcome = "permitted" }: NotedRead): string {
  const session = caller.type === "person" ? caller.session : caller.type === "machine" ? caller.subject : "";
  return JSON.stringify([caller.type, session, study, series, what, action, purpose, outcome]);
}

/** Tells whether somebody's care may hang on a read. */
export function isForCare({ purpose }: NotedRead): boolean {
  return purpose === "TREAT" || purpose === "ETREAT" || purpose === "BTG";
}

/** For what people of a role read, as a rule. The first role that somebody has counts. */
const purposes: readonly (readonly [Role, PurposeOfUse])[] = [
  ["radiologist", "TREAT"],
  ["technologist", "TREAT"],
  ["referrer", "TREAT"],
  ["physicist", "HQUALIMP"],
  ["patient", "PATRQT"],
  ["reader", "CLINTRCH"],
  ["trial-coordinator", "CLINTRCH"],
  ["ai-developer", "HRESCH"],
  ["educator", "TRAIN"],
  ["auditor", "HOPERAT"],
  ["data-steward", "HOPERAT"],
  ["administrator", "HSYSADMIN"],
];

// What machines read for nobody can tell from the outside; that a picture does not come to a workstation may harm somebody.
function presumedPurpose(caller: Caller): PurposeOfUse {
  if (caller.type === "machine") return "TREAT";
  if (caller.type !== "person") return "HSYSADMIN";
  return purposes.find(([role]) => caller.roles.includes(role))?.[1] ?? "HOPERAT";
}
