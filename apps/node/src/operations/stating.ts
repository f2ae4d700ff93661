// Stating what no other operation states: any kind, by its fields. Looked at first as the ledger will, so that what it refuses leaves no trace. DESIGN § 3.
import { type Contract, decide, isParty, type Kind, type StatementFacts, type Verdict } from "@fiducial/contract";
import { type Basis, type Content, formatUtcTime, type JsonObject, utcTimeMs } from "@fiducial/core";
import { NodeError, type RefusalCode } from "../node-error.ts";
import { type Prepared, type Saying, type Signatory, signatory } from "../statements/author.ts";
import { type Accepted, acceptedOrThrown } from "./acts.ts";
import { carryOver } from "./carrying-over.ts";
import { type KeyFile, openKeyFile } from "./key-file.ts";
import { ownKey } from "./members.ts";
import { alone, type Site } from "./site.ts";
import { contractOf, kindToState } from "./stating-kinds.ts";
import { filledIn, keepingOf, studiesNamed } from "./stating-places.ts";

/** What is to be stated: fields as the kind has them. */
export interface NewStatement {
  readonly kind: string;
  readonly open: JsonObject;
  readonly sealed: JsonObject;
  /** For observations; `stated` unless told. */
  readonly basis?: Basis | undefined;
  /** When it happened, as statements write it; now, unless told. */
  readonly occurredAt?: string | undefined;
  readonly supersedes?: Content["supersedes"];
}

/** Who signs. Without a member the gateway does, or the organization where the kind is not for software. */
export interface Signing {
  /** Key files of members: the first states it, the others counter-sign. */
  readonly as: readonly KeyFile[];
  /** Key files that counter-sign only; those of another organization too. */
  readonly counterSigners: readonly KeyFile[];
}

/** A statement that nobody has sent: what it says, who signs it, and what the ledger would answer now. Of sealed fields the names only. */
export interface StatementDraft {
  readonly kind: string;
  readonly version: number;
  readonly log: string;
  readonly by: readonly string[];
  readonly signers: Content["signers"];
  readonly occurredAt: string;
  readonly basis?: Basis;
  readonly supersedes?: Content["supersedes"];
  readonly open: JsonObject;
  readonly sealed: readonly string[];
  readonly verdict:
    | { readonly accepted: true; readonly findings: readonly string[] }
    | { readonly accepted: false; readonly code: string };
}

/** A statement that the ledger holds. */
export interface StatedEntry {
  readonly kind: string;
  readonly statementId: string;
  readonly index: number;
  readonly recordedAt: string;
  readonly findings: readonly string[];
}

/** Tells what stating something would come to; nothing is kept or sent. Rejects like `stateNew`, but for what the ledger refuses. */
export function draftNew(site: Site, statement: NewStatement, signing: Signing): Promise<StatementDraft> {
  return alone(site, async () => {
    const { kind, prepared, verdict } = await prepareNew(site, statement, signing);
    const { version, log, signers, occurredAt, basis, supersedes, open } = prepared.statement.content;
    if (verdict.accepted) keepingOf(site, prepared.statement.content, statement.sealed);
    return {
      kind: kind.name,
      version,
      log,
      by: kind.by,
      signers,
      occurredAt,
      ...(basis && { basis }),
      ...(supersedes && { supersedes }),
      open,
      sealed: filledIn(statement.sealed),
      verdict: verdict.accepted ? { accepted: true, findings: verdict.findings } : verdict,
    };
  });
}

/**
 * States something, and keeps what opens its sealed fields with whom it is about. Rejects with KIND_UNKNOWN, KIND_HAS_COMMAND,
 * SUBJECT_NOT_ONE, a ContractError that names the field that does not fit, a key file's codes, and the contract's code when refused.
 */
export function stateNew(site: Site, statement: NewStatement, signing: Signing): Promise<StatedEntry> {
  return alone(site, async () => {
    for (const study of studiesNamed(statement.open)) await carryOver(site, study);
    const { kind, prepared, verdict } = await prepareNew(site, statement, signing);
    if (!verdict.accepted) throw new NodeError(verdict.code as RefusalCode);
    const keeping = keepingOf(site, prepared.statement.content, statement.sealed);
    const accepted: Accepted = acceptedOrThrown(await site.author.send(prepared, keeping));
    const { id, index, recordedAt, findings } = accepted;
    return { kind: kind.name, statementId: id, index, recordedAt, findings };
  });
}

interface PreparedNew {
  readonly kind: Kind;
  readonly prepared: Prepared;
  readonly verdict: Verdict;
}

async function prepareNew(site: Site, statement: NewStatement, signing: Signing): Promise<PreparedNew> {
  const { open, sealed, occurredAt, supersedes } = statement;
  const kind = kindToState(site, statement.kind, supersedes !== undefined);
  const basis = statement.basis ?? (kind.nature === "observation" ? "stated" : undefined);
  const saying: Saying<unknown, unknown> = {
    open,
    sealed,
    ...(basis && { basis }),
    ...(occurredAt !== undefined && { occurredAt }),
    ...(supersedes && { supersedes }),
  };
  const prepared = await site.author.prepare(kind, saying, await signatoriesOf(site, kind, signing));
  return { kind, prepared, verdict: verdictOf(site, contractOf(site), prepared.statement) };
}

async function signatoriesOf(
  site: Site,
  kind: Kind,
  { as, counterSigners }: Signing,
): Promise<readonly [Signatory, ...Signatory[]]> {
  const { root, gateway } = site.household;
  const signatories = new Map<string, Signatory>();
  const add = (one: Signatory) => {
    if (!signatories.has(one.signer.key)) signatories.set(one.signer.key, one);
  };
  if (as.length === 0) add(isForGateway(kind) ? gateway : root);
  for (const [keyFiles, open] of [
    [as, (keyFile: KeyFile) => ownKey(site, keyFile)],
    [counterSigners, openKeyFile],
  ] as const)
    for (const keyFile of keyFiles) {
      const { actor, organization, secret } = await open(keyFile);
      add(signatory(actor, organization, secret, signatories.size === 0 ? "self" : "counter-signature"));
    }
  return [...signatories.values()] as [Signatory, ...Signatory[]];
}

// Who belongs to a log, and which statements it contradicts, is the organization's word and not a machine's.
function isForGateway({ name, by }: Kind): boolean {
  return !name.startsWith("identity.") && isParty(by, { type: "software", roles: [] });
}

/** What the ledger would say of a statement now, if its signatures verify: the replica sees to those. */
export function verdictOf(
  { logs, nowMs }: Pick<Site, "logs" | "nowMs">,
  contract: Contract,
  statement: StatementFacts,
): Verdict {
  const { state, head } = logs.current.store;
  const { edge, recordedAt: last } = head();
  const recordedAt = formatUtcTime(Math.max(nowMs(), utcTimeMs(last) ?? 0));
  return decide(contract, state, { statement, recordedAt, index: edge.size }, () => true);
}
