// An organization joins a log that others founded. DESIGN § 5, Keys.
import { z } from "zod";
import { isMajority } from "../kernel/approvals.ts";
import { directory, type LogRow, writeDirectory } from "../kernel/directory.ts";
import { accept, kind, refuse } from "../kernel/kind.ts";
import { foundingFields, foundingKeys, foundingWrites } from "./root-keys.ts";

/** More than half of the organizations take in another one, which counter-signs with a root key that it brings. */
export const organizationRegistered = kind("identity.organization.registered", 1, {
  nature: "act",
  by: ["organization"],
  home: "each",
  says: "More than half of the organizations take in another one with its root keys.",
  open: z.strictObject(foundingFields),
  sealed: z.strictObject({ name: z.string() }),
  refusals: [
    "ORGANIZATION_EXISTS",
    "ACTOR_EXISTS",
    "POSSESSION_NOT_PROVED",
    "APPROVALS_TOO_FEW",
    "KEY_EXISTS",
    "KEY_NOT_REGISTRABLE",
  ],
  findings: [],

  introduces: (organization) => foundingKeys([organization]),

  decide(state, context) {
    const { open, approvers, recordedAt } = context;
    const log = directory.log(state) as LogRow;
    if (directory.organization(state, open.organization) !== undefined) return refuse("ORGANIZATION_EXISTS");
    if (directory.actor(state, open.organization) !== undefined) return refuse("ACTOR_EXISTS");
    if (!approvers.some(({ introduced }) => introduced)) return refuse("POSSESSION_NOT_PROVED");
    if (!isMajority(state, context)) return refuse("APPROVALS_TOO_FEW");
    const roots = foundingWrites(state, [open], recordedAt);
    if (typeof roots === "string") return refuse(roots);
    return accept([writeDirectory.log({ ...log, organizations: log.organizations + 1 }), ...roots]);
  },
});
