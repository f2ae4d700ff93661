// A read as a statement: what of it is open, what is sealed, and under whose subject that is kept.
import { type Role, readPerformed } from "@fiducial/contract";
import { VaultError } from "@fiducial/vault";
import type { Caller } from "../authorization/caller.ts";
import { NodeError } from "../node-error.ts";
import { keptByOrganization } from "../operations/acts.ts";
import type { Site } from "../operations/site.ts";
import { networkOf } from "./network.ts";
import type { NotedRead } from "./read.ts";

/** What stating a read takes. */
export type ReadSite = Pick<Site, "author" | "household" | "vault">;

/** Whether a read was recorded before the first byte or after. */
export type Recorded = "before" | "afterwards";

/** A read that was sent: its statement's id at once, how it came out later. */
export interface SentRead {
  readonly statement: string;
  /** Resolves with the code with which the ledger refuses it, or with undefined once it is durable. Rejects as vault and ledger do. */
  readonly outcome: Promise<string | undefined>;
}

/** Seals and signs a read on behalf of the organization, and sends it. */
export async function sendRead(site: ReadSite, read: NotedRead, recorded: Recorded): Promise<SentRead> {
  const { author, household, vault } = site;
  const subject = read.study === undefined ? undefined : vault.subjectOfStudy(read.study);
  const saying = sayingOf(subject === undefined ? namingNobody(read) : read, recorded);
  const prepared = await author.prepare(readPerformed, saying, [household.gateway]);
  // With the patient and not with the study: who looked stays known when images are destroyed.
  const keep = subject === undefined ? keptByOrganization : () => ({ subject });
  const outcome = author.send(prepared, keep).then(
    (sent) => (sent.status === "accepted" ? undefined : sent.code),
    (thrown: unknown) => {
      // The patient was forgotten meanwhile.
      if (!(thrown instanceof VaultError && thrown.code === "SUBJECT_FORGOTTEN")) throw thrown;
      return sendRead(site, namingNobody(read), recorded).then((again) => again.outcome);
    },
  );
  return { statement: prepared.statement.id, outcome };
}

/** Resolves when a read is durably recorded. Rejects with REGISTRATION_REFUSED and the ledger's code, or as vault and ledger do. */
export async function accepted(outcome: SentRead["outcome"]): Promise<void> {
  const code = await outcome;
  if (code !== undefined) throw new NodeError("REGISTRATION_REFUSED", { code });
}

// What is kept with no patient is not forgotten with one, so it must not lead to one.
function namingNobody(read: NotedRead): NotedRead {
  const { series: _, remark, ...rest } = read;
  return read.study === undefined ? { ...rest, remark } : rest;
}

function sayingOf(read: NotedRead, recorded: Recorded) {
  const { caller, study, what, action, purpose, purposeBasis, outcome = "permitted", minute, at } = read;
  const { series, studies, instances, remark, address } = read;
  const { open, sealed } = readerOf(caller);
  return {
    basis: "seen",
    occurredAt: at,
    open: {
      ...open,
      ...{ study, what, action, purpose, purposeBasis, outcome, minute, recorded, studies, instances },
      series: series === undefined ? undefined : 1,
    },
    sealed: {
      ...sealed,
      remark,
      series: series === undefined ? undefined : [series],
      network: address === undefined ? undefined : networkOf(address),
    },
  } as const;
}

interface ReaderFields {
  readonly open: {
    readonly readerType: "person" | "machine" | "operator";
    readonly reader?: string | undefined;
    readonly roles: readonly Role[];
  };
  readonly sealed: { readonly session?: string; readonly account?: string | undefined };
}

function readerOf(caller: Caller): ReaderFields {
  switch (caller.type) {
    case "person": {
      const { actor, roles, session, subject } = caller;
      const open = { readerType: "person", reader: actor, roles } as const;
      return { open, sealed: { session, account: actor === undefined ? subject : undefined } };
    }
    case "machine": {
      const isHandle = /^[0-9a-f]{32}$/.test(caller.subject);
      const open = { readerType: "machine", reader: isHandle ? caller.subject : undefined, roles: [] } as const;
      return { open, sealed: { account: isHandle ? undefined : caller.subject } };
    }
    default:
      return { open: { readerType: "operator", roles: [] }, sealed: {} };
  }
}
