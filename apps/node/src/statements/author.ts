// How the node makes statements: draft, seal, keep in the vault, sign, submit. The vault has it before the ledger does. DESIGN § 3.
import { randomBytes } from "node:crypto";
import { type DraftFields, draftOf, type Kind } from "@fiducial/contract";
import {
  type Disclosure,
  formatUtcTime,
  keyId,
  type SealedDraft,
  type Signer,
  type Statement,
  seal,
  sign,
} from "@fiducial/core";
import type { Outcome, Replica } from "@fiducial/ledger";
import type { SecretSigner, StatementPart, Vault, VaultWriter } from "@fiducial/vault";

/** Somebody whose secret key this node holds. */
export interface Signatory {
  readonly signer: Signer;
  readonly secret: SecretSigner;
}

/** What one statement says, without what every statement of this node says alike. */
export type Saying<Open, Sealed> = Omit<DraftFields<Open, Sealed>, "log" | "signers" | "signedAt" | "occurredAt"> & {
  /** When it happened; now, unless told. */
  readonly occurredAt?: string;
};

/** A statement about to be sent. */
export interface Prepared {
  readonly statement: Statement;
  readonly seed: Uint8Array;
  readonly disclosures: Readonly<Record<string, Disclosure>>;
}

export interface Author {
  /** Seals under a fresh seed (or the one given, when a manifest was made under it) and has everybody sign. */
  prepare<Open, Sealed>(
    kind: Kind<Open, Sealed>,
    saying: Saying<Open, Sealed>,
    signatories: readonly [Signatory, ...Signatory[]],
    seed?: Uint8Array,
  ): Promise<Prepared>;
  /** Keeps what opens the statement in the vault, then submits it. `subjectOf` runs in the vault's transaction. */
  send(
    prepared: Prepared,
    keep: (writer: VaultWriter) => Omit<StatementPart, "statement" | "seed" | "disclosures">,
  ): Promise<Outcome>;
  /** As `send`, for a statement about several subjects: `keep` does all the keeping, a part for each. */
  sendInParts(prepared: Prepared, keep: (writer: VaultWriter) => void): Promise<Outcome>;
}

/** A fresh seed for one statement. */
export function newSeed(): Uint8Array {
  return new Uint8Array(randomBytes(32));
}

/** Names a signatory: who signs, in which capacity, for whom. */
export function signatory(
  actor: string,
  organization: string,
  secret: SecretSigner,
  capacity: Signer["capacity"],
): Signatory {
  const base = { actor, capacity, key: keyId(secret.publicKey), organization };
  return { secret, signer: capacity === "on-behalf-of" ? { ...base, principal: organization } : base };
}

/** Makes statements for one log. */
export function author(log: string, vault: Vault, replica: Replica, nowMs: () => number): Author {
  async function sendInParts({ statement }: Prepared, keep: (writer: VaultWriter) => void): Promise<Outcome> {
    await vault.write(keep);
    const [outcome] = await replica.submit([statement]);
    return outcome as Outcome;
  }

  return {
    prepare: async (kind, saying, signatories, seed = newSeed()) => {
      const now = formatUtcTime(nowMs());
      const signers = signatories.map(({ signer }) => signer) as [Signer, ...Signer[]];
      const draft = draftOf(kind, { occurredAt: now, ...saying, log, signers, signedAt: now } as never);
      const sealed: SealedDraft = seal(draft, seed);
      const hands = signatories.map(({ signer, secret }) => ({
        key: signer.key,
        sign: (message: Uint8Array) => ({ sig: secret.sign(message) }),
      }));
      return { statement: await sign(sealed, hands), seed, disclosures: sealed.disclosures };
    },

    send: (prepared, keep) => {
      const { statement, seed, disclosures } = prepared;
      return sendInParts(prepared, (writer) =>
        writer.keep({ ...keep(writer), statement: statement.id, seed, disclosures }),
      );
    },

    sendInParts,
  };
}
