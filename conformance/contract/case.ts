// One statement before the decider: what is known of it, and what its rules ask, find and write.
import type { Content } from "@fiducial/core";
import type { PublishedKind } from "./published-kinds.ts";
import type { Replica } from "./replica.ts";
import { type Rows, rowKey } from "./rows.ts";

/** What every rule is given. Rules speak through it alone, so that a control can change what it answers. */
export interface Case {
  readonly id: string;
  readonly content: Content;
  readonly recordedAt: string;
  readonly replica: Replica;
  readonly kinds: ReadonlyMap<string, PublishedKind>;
  /** Filled by the rule about signers, in their order. */
  readonly signers: Signing[];
  /** Whether a signature is that of a key. */
  readonly verifies: (index: number, key: SigningKey) => boolean;
  readonly findings: Set<string>;
  readonly writes: Map<string, unknown>;
  /** Refuses with the code unless it holds. */
  ask(holds: unknown, code: string): asserts holds;
  /** Marks with the code unless it holds. */
  find(holds: unknown, code: string): void;
}

/** A signer with what the state says of it. */
export interface Signing {
  readonly actor: string;
  readonly organization: string;
  readonly key: string;
  /** `organization` when it signs with a root key. */
  readonly type: string;
  readonly roles: readonly string[];
  readonly introduced: boolean;
}

/** A key as the statement declares it or the state holds it. */
export type SigningKey = Pick<Rows["identity/key"], "algorithm" | "publicKey" | "webauthn">;

/** A rule: it asks, finds and writes. */
export type Rule = (about: Case) => void;

/** Thrown by `ask`. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A kind's rule with its open fields. They have been checked by then. */
export function rule<Open>(decide: (about: Case, open: Open) => void): Rule {
  return (about) => decide(about, about.content.open as Open);
}

/** The row before the statement, if there is one. */
export function row<S extends keyof Rows>({ replica }: Case, start: S, id: string): Rows[S] | undefined {
  return replica.rows.get(rowKey(start, id)) as Rows[S] | undefined;
}

/** Writes a row, or takes it away with `null`. */
export function put<S extends keyof Rows>({ writes }: Case, start: S, id: string, value: Rows[S] | null): void {
  writes.set(rowKey(start, id), value);
}

/** The first signer, who states. */
export function stating({ signers }: Case): Signing {
  return signers[0] as Signing;
}

/** The others, who approve. */
export function approving({ signers }: Case): readonly Signing[] {
  return signers.slice(1);
}

/** Whether a signer is among those who may state the kind. */
export function mayState({ content, kinds }: Case, { type, roles }: Signing): boolean {
  const by = kinds.get(`${content.kind}/${content.version}`)?.by ?? [];
  return by.includes("anyone") || (type === "person" ? roles : [type]).some((party) => by.includes(party));
}

/** "Second approver" of the rules' words. */
export function askSecondApprover(about: Case): void {
  const { actor, organization } = stating(about);
  const isSecond = (signer: Signing) =>
    !signer.introduced && signer.actor !== actor && signer.organization === organization && mayState(about, signer);
  about.ask(approving(about).some(isSecond), "APPROVALS_TOO_FEW");
}
