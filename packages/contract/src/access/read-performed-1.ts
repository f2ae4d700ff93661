// Somebody was shown something of a study: what documents call access.performed. DICOM PS3.15 A.5.3.6 (Instances Accessed), A.5.3.10 (Query); IHE BALP.
import { z } from "zod";
import { directory, roles } from "../kernel/directory.ts";
import { ActorId, Count, Handle, PurposeOfUse, UtcTimeField } from "../kernel/fields.ts";
import { accept, kind } from "../kernel/kind.ts";
import type { State } from "../kernel/state.ts";
import { studyOf } from "../kernel/studies.ts";

/** What was shown. */
export const readThings = [
  "study-list",
  "study",
  "images",
  "report",
  "receipt",
  "entry",
  "access-list",
  "reader-names",
] as const;
export type ReadThing = (typeof readThings)[number];

/** How it was shown. */
export const readActions = ["view", "search", "retrieve", "verify", "export"] as const;
export type ReadAction = (typeof readActions)[number];

/** What the reader was to the gateway; `operator` is who sits at the node's own machine. */
export const readerTypes = ["person", "machine", "operator"] as const;
export type ReaderType = (typeof readerTypes)[number];

const open = z.strictObject({
  study: Handle.optional(),
  what: z.enum(readThings),
  action: z.enum(readActions),
  readerType: z.enum(readerTypes),
  reader: ActorId.optional().describe("The person, or the machine's actor or handle."),
  roles: z.array(z.enum(roles)).max(12).describe("Those by which the gateway let the reader."),
  purpose: PurposeOfUse,
  purposeBasis: z.enum(["stated", "presumed"]).describe("By the reader, or from the role."),
  outcome: z.enum(["permitted", "refused"]),
  minute: UtcTimeField.describe("Start of the minute whose like reads this one stands for."),
  recorded: z.enum(["before", "afterwards"]).describe("Before the first byte, or after."),
  studies: Count.optional().describe("How many a list showed."),
  series: Count.optional(),
  instances: Count.optional().describe("How many the reader could see."),
});

/** The gateway showed somebody something; like reads of one session within a minute are one. */
export const readPerformed = kind("access.read.performed", 1, {
  nature: "observation",
  by: ["software"],
  home: "own",
  says: "The gateway showed somebody a study, images, a report, a receipt or a list, or refused to (access.performed).",
  open,
  sealed: z.strictObject({
    session: z.string().optional().describe("Handle of the session or of the machine's token."),
    account: z.string().optional().describe("Who signed in, where the log knows no such person."),
    series: z.array(z.string()).optional().describe("Series Instance UIDs."),
    network: z.enum(["this-machine", "inside", "outside"]).optional().describe("Where the request came from."),
    remark: z.string().optional().describe("The reason that the reader gave."),
  }),
  refusals: [],
  findings: [
    "READER_NOT_NAMED",
    "READER_UNKNOWN",
    "READER_RETIRED",
    "ROLE_NOT_HELD",
    "BREAK_GLASS",
    "READ_REFUSED",
    "RECORDED_AFTERWARDS",
    "STUDY_UNKNOWN",
    "STUDY_DESTROYED",
  ],

  decide(state, { open: read }) {
    const study = read.study === undefined ? undefined : studyOf(state, read.study);
    return accept(
      [],
      [
        ...readerFindings(state, read),
        (read.purpose !== "ETREAT" && read.purpose !== "BTG") || "BREAK_GLASS",
        read.outcome === "permitted" || "READ_REFUSED",
        read.recorded === "before" || "RECORDED_AFTERWARDS",
        read.study === undefined || study !== undefined || "STUDY_UNKNOWN",
        study?.destruction !== "done" || read.what !== "images" || "STUDY_DESTROYED",
      ],
    );
  },
});

type ReaderFinding = "READER_NOT_NAMED" | "READER_UNKNOWN" | "READER_RETIRED" | "ROLE_NOT_HELD";

function readerFindings(state: State, { readerType, reader, roles: stated }: z.infer<typeof open>) {
  const findings: (true | ReaderFinding)[] = [];
  const actor = reader === undefined ? undefined : directory.actor(state, reader);
  if (readerType === "person") {
    findings.push(reader !== undefined || "READER_NOT_NAMED");
    findings.push(reader === undefined || actor?.type === "person" || "READER_UNKNOWN");
    findings.push(actor?.type !== "person" || stated.every((role) => actor.roles.includes(role)) || "ROLE_NOT_HELD");
  }
  findings.push(actor?.retired !== true || "READER_RETIRED");
  return findings;
}
