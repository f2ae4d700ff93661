// The kernel: may this be said now? A pure function of the statement, its time of recording, and the state before it. DESIGN § 6.
import {
  type Content,
  type DeclaredKey,
  declaredKeyFault,
  keyIdOf,
  largestEnvelopeBytes,
  offsetTimeMs,
  type Signer,
  type Statement,
  utcTimeMs,
} from "@fiducial/core";
import type { KernelFinding, KernelRefusal } from "./codes.ts";
import type { Contract } from "./contract.ts";
import { directory, type KeyRow, type LogRow } from "./directory.ts";
import type { Context, Decision, IntroducedKey, Kind } from "./kind.ts";
import { isParty, type SignerFacts } from "./parties.ts";
import type { State, Write } from "./state.ts";

/** What the contract says of one statement. Findings are sorted, each once. */
export type Verdict =
  | { readonly accepted: true; readonly findings: readonly string[]; readonly writes: readonly Write[] }
  | { readonly accepted: false; readonly code: string };

/** What the kernel reads of a statement; what else there is, is for the signature check. */
export type StatementFacts = Pick<Statement, "id" | "bytes" | "content">;

/** One statement at its place in the order. */
export interface Ordered<S extends StatementFacts = Statement> {
  readonly statement: S;
  readonly recordedAt: string;
  /** The log's size before it. */
  readonly index: number;
}

/** Verifies signature number `index` of a statement under a declared key: a pure fact, so it may have been found out beforehand. */
export type SignatureCheck<S extends StatementFacts = Statement> = (
  statement: S,
  index: number,
  key: DeclaredKey,
) => boolean;

/** Decides one statement. The first rule that does not hold names the refusal; the order of the rules is part of the contract. */
export function decide<S extends StatementFacts>(
  contract: Contract,
  state: State,
  ordered: Ordered<S>,
  verify: SignatureCheck<S>,
): Verdict {
  const { statement, recordedAt, index } = ordered;
  const { content } = statement;
  if (statement.bytes.length > largestEnvelopeBytes) return refused("ENTRY_TOO_LARGE");
  const log = directory.log(state);
  const misplaced = checkLog(log, content);
  if (misplaced !== undefined) return refused(misplaced);
  const kind = contract.kind(content.kind, content.version);
  if (kind === undefined) return refused("KIND_UNKNOWN");
  const misshapen = checkShape(kind, content);
  if (misshapen !== undefined) return refused(misshapen);
  const open = kind.open.safeParse(content.open);
  if (!open.success) return refused("OPEN_FIELDS_INVALID");
  const times = timesOf(content, recordedAt);
  const untimely = checkTimes(kind, times);
  if (untimely !== undefined) return refused(untimely);
  const signers = checkSigners(state, statement, kind.introduces(open.data), log === undefined, verify);
  if (typeof signers === "string") return refused(signers);
  const [signer, ...approvers] = signers as [SignerFacts, ...SignerFacts[]];
  if (!isParty(kind.by, signer)) return refused("ROLE_MISSING");
  const misdirected = checkSupersedes(state, content);
  if (misdirected !== undefined) return refused(misdirected);
  const context: Context<unknown> = {
    ...content,
    id: statement.id,
    index,
    open: open.data,
    signer,
    approvers,
    recordedAt,
  };
  return verdictOf(kind.decide(state, context), timeFindings(times));
}

function refused(code: KernelRefusal): Verdict {
  return { accepted: false, code };
}

function verdictOf(decision: Decision, late: readonly KernelFinding[]): Verdict {
  if (!decision.accepted || (late.length === 0 && decision.findings.length === 0)) return decision;
  return { ...decision, findings: [...new Set([...decision.findings, ...late])].sort() };
}

function checkLog(log: LogRow | undefined, content: Content): KernelRefusal | undefined {
  const creates = content.kind === "identity.log.created";
  if (log === undefined) return creates ? undefined : "LOG_NOT_CREATED";
  if (creates) return "LOG_EXISTS";
  if (log.origin !== content.log) return "WRONG_LOG";
  return log.sealed ? "LOG_SEALED" : undefined;
}

function checkShape({ sealedNames, nature }: Kind, { commitments, basis }: Content): KernelRefusal | undefined {
  const names = Object.keys(commitments);
  const carried = names.length === sealedNames.length && sealedNames.every((name) => Object.hasOwn(commitments, name));
  if (!carried) return "SEALED_FIELDS_INVALID";
  return (nature === "observation") === (basis !== undefined) ? undefined : "BASIS_INVALID";
}

interface Times {
  readonly signed: number;
  readonly recorded: number;
  readonly occurred: { readonly earliest: number; readonly latest: number };
}

const msPerHour = 3_600_000;

/** How many milliseconds after `recordedAt` a statement may say that it was signed: clocks differ. */
export const signedAheadMs: number = 5 * 60_000;

// Core has parsed these texts before, so they are times.
function timesOf({ signedAt, occurredAt }: Content, recordedAt: string): Times {
  const occurred = offsetTimeMs(occurredAt) as Times["occurred"];
  return { signed: utcTimeMs(signedAt) as number, recorded: utcTimeMs(recordedAt) as number, occurred };
}

function checkTimes({ goodForHours }: Kind, { signed, recorded }: Times): KernelRefusal | undefined {
  if (signed - recorded > signedAheadMs) return "SIGNED_IN_FUTURE";
  return recorded - signed > goodForHours * msPerHour ? "STATEMENT_EXPIRED" : undefined;
}

function timeFindings({ signed, recorded, occurred }: Times): readonly KernelFinding[] {
  const findings: KernelFinding[] = [];
  if (occurred.earliest > signed || signed > recorded) findings.push("CLOCK_SKEW");
  if (recorded - occurred.latest > 24 * msPerHour) findings.push("LATE_ENTRY");
  if (occurred.earliest !== occurred.latest) findings.push("OFFSET_UNKNOWN");
  return findings;
}

function checkSigners<S extends StatementFacts>(
  state: State,
  statement: S,
  introduced: readonly IntroducedKey[],
  founding: boolean,
  verify: SignatureCheck<S>,
): readonly SignerFacts[] | KernelRefusal {
  const ids = introduced.map(({ key }) => keyIdOf(key));
  const facts: SignerFacts[] = [];
  for (let index = 0; index < statement.content.signers.length; index++) {
    const signer = statement.content.signers[index] as Signer;
    // Whoever states something is known before: only who founds a log introduces himself.
    const own = index > 0 || founding ? introduced[ids.indexOf(signer.key)] : undefined;
    const key = own?.key ?? directory.key(state, signer.key);
    if (key === undefined) return "KEY_UNKNOWN";
    const fact = own ? introducedFacts(state, signer, own) : registeredFacts(state, signer, key as KeyRow);
    if (typeof fact === "string") return fact;
    if (!verify(statement, index, key)) return "SIGNATURE_INVALID";
    facts.push(fact);
  }
  return facts;
}

function registeredFacts(state: State, signer: Signer, key: KeyRow): SignerFacts | KernelRefusal {
  if (key.revoked !== null) return "KEY_REVOKED";
  if (key.actor !== signer.actor) return "KEY_OF_OTHER_ACTOR";
  return factsOf(state, signer, key.root);
}

function introducedFacts(
  state: State,
  signer: Signer,
  { actor, key, founds }: IntroducedKey,
): SignerFacts | KernelRefusal {
  if (declaredKeyFault(key) !== undefined) return "KEY_NOT_REGISTRABLE";
  if (actor !== signer.actor) return "KEY_OF_OTHER_ACTOR";
  const facts = factsOf(state, signer, founds || directory.organization(state, actor) !== undefined);
  return typeof facts === "string" ? facts : { ...facts, introduced: true };
}

function factsOf(state: State, signer: Signer, root: boolean): SignerFacts | KernelRefusal {
  if (root) return organizationFacts(signer);
  const actor = directory.actor(state, signer.actor);
  if (actor === undefined) return "ACTOR_UNKNOWN";
  if (actor.retired) return "ACTOR_RETIRED";
  if (actor.organization !== signer.organization) return "ACTOR_OF_OTHER_ORGANIZATION";
  if (signer.capacity === "on-behalf-of" && signer.principal !== actor.organization) return "PRINCIPAL_NOT_ALLOWED";
  const { type, organization, roles } = actor;
  return { actor: signer.actor, type, organization, roles, key: signer.key, introduced: false };
}

function organizationFacts({ actor, organization, key, capacity }: Signer): SignerFacts | KernelRefusal {
  if (actor !== organization) return "ACTOR_OF_OTHER_ORGANIZATION";
  if (capacity === "on-behalf-of") return "PRINCIPAL_NOT_ALLOWED";
  return { actor, type: "organization", organization, roles: [], key, introduced: false };
}

function checkSupersedes(state: State, { supersedes, kind, signers }: Content): KernelRefusal | undefined {
  if (supersedes === undefined) return undefined;
  const earlier = state.statement(supersedes.statement);
  if (earlier === undefined) return "STATEMENT_UNKNOWN";
  if (earlier.kind !== kind) return "SUPERSEDES_OTHER_KIND";
  return earlier.organization === signers[0].organization ? undefined : "SUPERSEDES_OTHER_ORGANIZATION";
}
