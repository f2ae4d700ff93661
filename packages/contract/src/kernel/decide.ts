// The kernel: may this be said now? A pure function of the statement, its time of recording, and the state before it. DESIGN § 6.
import { type Content, keyIdOf, largestEntryBytes, offsetTimeMs, type Signer, type Statement, utcTimeMs } from "@fiducial/core";
import type { KernelFinding, KernelRefusal } from "./codes.ts";
import { type DeclaredKey, directory, type KeyRow } from "./directory.ts";
import type { Context, IntroducedKey, Kind, SignerFacts } from "./kind.ts";
import type { State, Write } from "./state.ts";
import type { Contract } from "./contract.ts";

/** What the contract says of one statement. Findings are sorted, each once. */
export type Verdict =
  | { readonly accepted: true; readonly findings: readonly string[]; readonly writes: readonly Write[] }
  | { readonly accepted: false; readonly code: string };

/** One statement at its place in the order. */
export interface Ordered {
  readonly statement: Statement;
  readonly recordedAt: string;
  /** The log's size before it. */
  readonly index: number;
}

/** Verifies signature number `index` of a statement under a declared key: a pure fact, so it may have been found out beforehand. */
export type SignatureCheck = (statement: Statement, index: number, key: DeclaredKey) => boolean;

const msPerHour = 3_600_000;
const aheadMs = 5 * 60_000;
const longestGoodHours = 7 * 24;
const entryOverheadBytes = 512;

/** Decides one statement. The first rule that does not hold names the refusal; the order of the rules is part of the contract. */
export function decide(contract: Contract, state: State, ordered: Ordered, verify: SignatureCheck): Verdict {
  const { statement, recordedAt, index } = ordered;
  const content = statement.content;
  const kind = contract.kind(content.kind, content.version);
  const shape = kind === undefined ? "KIND_UNKNOWN" : (checkLog(state, content, ordered) ?? checkShape(kind, content));
  if (kind === undefined || shape !== undefined) return refused(shape ?? "KIND_UNKNOWN");
  const open = kind.open.safeParse(content.open);
  if (!open.success) return refused("OPEN_FIELDS_INVALID");
  const untimely = checkTimes(kind, content, recordedAt);
  if (untimely !== undefined) return refused(untimely);
  const signers = checkSigners(state, statement, kind.introduces(open.data), verify);
  if (typeof signers === "string") return refused(signers);
  const [signer, ...approvers] = signers as [SignerFacts, ...SignerFacts[]];
  if (!mayState(kind, signer)) return refused("ROLE_MISSING");
  const superseding = checkSupersedes(state, content);
  if (superseding !== undefined) return refused(superseding);
  const context: Context<unknown> = { ...content, id: statement.id, index, open: open.data, signer, approvers, recordedAt };
  const decision = kind.decide(state, context);
  if (!decision.accepted) return decision;
  if (statement.bytes.length + entryOverheadBytes > largestEntryBytes) return refused("ENTRY_TOO_LARGE");
  const findings = [...new Set<string>([...decision.findings, ...timeFindings(content, recordedAt)])].sort();
  return { accepted: true, findings, writes: decision.writes };
}

function refused(code: KernelRefusal): Verdict {
  return { accepted: false, code };
}

function checkLog(state: State, content: Content, { index }: Ordered): KernelRefusal | undefined {
  const log = directory.log(state);
  if (content.kind === "identity.log.created") return undefined;
  if (log === undefined || index === 0) return "LOG_NOT_CREATED";
  if (log.origin !== content.log) return "WRONG_LOG";
  return log.sealed ? "LOG_SEALED" : undefined;
}

function checkShape(kind: Kind, content: Content): KernelRefusal | undefined {
  if (Object.keys(content.commitments).sort().join() !== kind.sealedNames.join()) return "SEALED_FIELDS_INVALID";
  return (kind.nature === "observation") === (content.basis !== undefined) ? undefined : "BASIS_INVALID";
}

function checkTimes(kind: Kind, content: Content, recordedAt: string): KernelRefusal | undefined {
  const signed = utcTimeMs(content.signedAt) as number;
  const recorded = utcTimeMs(recordedAt) as number;
  if (signed - recorded > aheadMs) return "SIGNED_IN_FUTURE";
  const goodForHours = Math.min(kind.goodForHours ?? longestGoodHours, longestGoodHours);
  return recorded - signed > goodForHours * msPerHour ? "STATEMENT_EXPIRED" : undefined;
}

function timeFindings(content: Content, recordedAt: string): readonly KernelFinding[] {
  const occurred = offsetTimeMs(content.occurredAt) as { earliest: number; latest: number };
  const signed = utcTimeMs(content.signedAt) as number;
  const recorded = utcTimeMs(recordedAt) as number;
  const findings: KernelFinding[] = [];
  if (occurred.earliest > signed || signed > recorded) findings.push("CLOCK_SKEW");
  if (recorded - occurred.latest > 24 * msPerHour) findings.push("LATE_ENTRY");
  if (occurred.earliest !== occurred.latest) findings.push("OFFSET_UNKNOWN");
  return findings;
}

function checkSigners(
  state: State,
  statement: Statement,
  introduced: readonly IntroducedKey[],
  verify: SignatureCheck,
): readonly SignerFacts[] | KernelRefusal {
  const facts: SignerFacts[] = [];
  for (const [index, signer] of statement.content.signers.entries()) {
    const own = introduced.find(({ key }) => keyIdOf(key) === signer.key);
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

function introducedFacts(state: State, signer: Signer, { actor, founds }: IntroducedKey): SignerFacts | KernelRefusal {
  if (actor !== signer.actor) return "KEY_OF_OTHER_ACTOR";
  const facts = founds ? organizationFacts(signer) : factsOf(state, signer, directory.organization(state, actor) !== undefined);
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

function organizationFacts(signer: Signer): SignerFacts | KernelRefusal {
  const { actor, organization, key } = signer;
  if (signer.capacity === "on-behalf-of") return "PRINCIPAL_NOT_ALLOWED";
  return actor === organization ? { actor, type: "organization", organization, roles: [], key, introduced: false } : "ACTOR_OF_OTHER_ORGANIZATION";
}

function mayState({ by }: Kind, { type, roles }: SignerFacts): boolean {
  if (by.includes("anyone")) return true;
  return type === "person" ? roles.some((role) => by.includes(role)) : by.includes(type);
}

function checkSupersedes(state: State, { supersedes, kind, signers }: Content): KernelRefusal | undefined {
  if (supersedes === undefined) return undefined;
  const earlier = state.statement(supersedes.statement);
  if (earlier === undefined) return "STATEMENT_UNKNOWN";
  if (earlier.kind !== kind) return "SUPERSEDES_OTHER_KIND";
  return earlier.organization === signers[0].organization ? undefined : "SUPERSEDES_OTHER_ORGANIZATION";
}
