// Statements that people sign with keys the node does not have: drafted and sealed here, shown, signed elsewhere, sent. DESIGN § 5, Keys.
import { randomBytes } from "node:crypto";
import {
  holdPlaced,
  holdReleased,
  type Kind,
  keyRegistered,
  keyRevoked,
  type RejectionReason,
  type Role,
  roleGranted,
  roleWithdrawn,
  studyOf,
  studyRejected,
} from "@fiducial/contract";
import { type DeclaredKey, keyIdOf, type Signer, type StatementSigner } from "@fiducial/core";
import { NodeError, type RefusalCode } from "../node-error.ts";
import { handOf, type Saying, type Unsigned } from "../statements/author.ts";
import { acceptedOrThrown, type Keeping, keptWithStudy, state } from "./acts.ts";
import { carryOver } from "./carrying-over.ts";
import type { HoldReason } from "./hold-reason.ts";
import { onlyHold, reasonOf } from "./keeping.ts";
import type { MemberKey } from "./key-file.ts";
import { keptWithActor, possessionOf } from "./members.ts";
import { alone, type Site } from "./site.ts";
import { type StatedEntry, verdictOf } from "./stating.ts";
import { contractOf } from "./stating-kinds.ts";

/** What a person says with a passkey. */
export type PersonalAct =
  | { readonly kind: "identity.role.granted" | "identity.role.withdrawn"; readonly actor: string; readonly role: Role }
  | {
      readonly kind: "imaging.hold.placed";
      readonly study: string;
      readonly reason: HoldReason;
      /** For the vault alone. */
      readonly matter?: string | undefined;
    }
  | { readonly kind: "imaging.hold.released"; readonly study: string; readonly hold?: string | undefined }
  | { readonly kind: "imaging.study.rejected"; readonly study: string; readonly reason: RejectionReason };

/** A key of an actor. */
export interface KeyOfActor {
  readonly actor: string;
  readonly key: string;
}

/** A statement whose id is known and that somebody still has to sign. */
export interface DraftedStatement {
  readonly kind: Kind;
  readonly unsigned: Unsigned;
  /** What the node itself signs with, where it does. */
  readonly hands: readonly StatementSigner[];
  /** Keys of others that sign, in the statement's order. */
  readonly awaited: readonly string[];
  readonly keeping: Keeping;
}

export interface Drafts {
  /** Drafts an act. Rejects with the code with which the ledger would refuse it now. */
  act(act: PersonalAct, by: KeyOfActor): Promise<DraftedStatement>;
  /** Drafts the registration of a person's key, which signs it, and so does `holder`, a key that the person has already: elsewhere, or on this node. */
  registration(actor: string, key: DeclaredKey, holder?: string | MemberKey): Promise<DraftedStatement>;
  /** Keeps what opens the statement, then submits it. Rejects with the contract's code when it is refused. */
  send(drafted: DraftedStatement, signatures: readonly StatementSigner[]): Promise<StatedEntry>;
  /** Ends a key of a person, by the organization's word. */
  revoke(owner: KeyOfActor, reason: "lost" | "superseded" | "ceased"): Promise<StatedEntry>;
}

/** Offers the drafts of a node. */
export function draftsOf(site: Site): Drafts {
  const { organization } = site.folder.identity;
  const { root } = site.household;
  const signer = ({ actor, key }: KeyOfActor, capacity: Signer["capacity"]): Signer => ({
    actor,
    capacity,
    key,
    organization,
  });
  return {
    act: (act, by) =>
      inTurn(site, act, async () => {
        if ("study" in act) await carryOver(site, act.study);
        const { kind, saying } = sayingOf(site, act);
        const keeping = "study" in act ? keptWithStudy(site.vault, act.study) : keptWithActor(act.actor);
        const unsigned = site.author.draft(kind, saying, [signer(by, "self")]);
        return checked(site, { kind, unsigned, hands: [], awaited: [by.key], keeping });
      }),
    registration: (actor, key, holder) =>
      inTurn(site, {}, async () => {
        const awaited = [keyIdOf(key), ...(typeof holder === "string" ? [holder] : [])];
        const here = [root, ...(typeof holder === "object" ? [possessionOf(holder)] : [])];
        const [first, ...others] = here.map((one) => one.signer) as [Signer, ...Signer[]];
        const signers = awaited.map((one) => signer({ actor, key: one }, "counter-signature"));
        const saying = { open: { actor, key }, sealed: {} };
        const unsigned = site.author.draft(keyRegistered, saying, [first, ...others, ...signers]);
        const keeping = keptWithActor(actor);
        return checked(site, { kind: keyRegistered, unsigned, hands: here.map(handOf), awaited, keeping });
      }),
    send: ({ kind, unsigned, hands, keeping }, signatures) =>
      inTurn(site, unsigned.draft.content.open, async () => {
        const prepared = await site.author.signed(unsigned, [...hands, ...signatures]);
        const accepted = acceptedOrThrown(await site.author.send(prepared, keeping));
        return statedOf(kind, accepted);
      }),
    revoke: ({ actor, key }, reason) =>
      inTurn(site, {}, async () => {
        const saying = { open: { key, reason }, sealed: {} };
        return statedOf(keyRevoked, await state(site.author, keyRevoked, saying, [root], keptWithActor(actor)));
      }),
  };
}

// What is about a study waits for intakes and erasures; what is about people has no reason to.
function inTurn<Result>(site: Site, about: object, work: () => Promise<Result>): Promise<Result> {
  if ("study" in about) return alone(site, work);
  return site.operating.take(async () => {
    const result = await work();
    await site.logs.current.caughtUp();
    return result;
  });
}

interface Said {
  readonly kind: Kind;
  readonly saying: Saying<unknown, unknown>;
}

function said<Open, Sealed>(kind: Kind<Open, Sealed>, saying: Saying<Open, Sealed>): Said {
  return { kind: kind as unknown as Kind, saying: saying as Saying<unknown, unknown> };
}

function sayingOf(site: Site, act: PersonalAct): Said {
  switch (act.kind) {
    case "identity.role.granted":
      return said(roleGranted, { open: { actor: act.actor, role: act.role }, sealed: {} });
    case "identity.role.withdrawn":
      return said(roleWithdrawn, { open: { actor: act.actor, role: act.role }, sealed: {} });
    case "imaging.hold.placed": {
      const { study, reason, matter } = act;
      const hold = randomBytes(16).toString("hex");
      return said(holdPlaced, { open: { study, hold, reason }, sealed: { matter } });
    }
    case "imaging.hold.released": {
      const { study, hold = onlyHold(site, study) } = act;
      return said(holdReleased, { open: { study, hold, reason: reasonOf(site, study, hold) }, sealed: {} });
    }
    case "imaging.study.rejected": {
      const { study, reason } = act;
      const instances = studyOf(site.logs.current.store.state, study)?.instances;
      // As an observation it would be recorded with a finding; nobody means to reject what is not there.
      if (instances === undefined) throw new NodeError("STUDY_UNKNOWN");
      return said(studyRejected, { basis: "stated", open: { study, reason, scope: "study", instances }, sealed: {} });
    }
  }
}

function checked(site: Site, drafted: DraftedStatement): DraftedStatement {
  const { id, content, payload } = drafted.unsigned.draft;
  const verdict = verdictOf(site, contractOf(site), { id, content, bytes: payload });
  if (!verdict.accepted) throw new NodeError(verdict.code as RefusalCode);
  return drafted;
}

function statedOf({ name }: Kind | typeof keyRevoked, accepted: ReturnType<typeof acceptedOrThrown>): StatedEntry {
  const { id, index, recordedAt, findings } = accepted;
  return { kind: name, statementId: id, index, recordedAt, findings };
}
