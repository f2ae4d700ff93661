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
  type StatementSigner,
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

/** A statement that is sealed and that nobody has signed yet: its id is what passkeys sign. */
export interface Unsigned {
  readonly draft: SealedDraft;
  readonly seed: Uint8Array;
}

export interface Author {
  /** Seals under a fresh seed (or the one given). Nothing is kept or sent. */
  draft<Open, Sealed>(
    kind: Kind<Open, Sealed>,
    saying: Saying<Open, Sealed>,
    signers: readonly [Signer, ...Signer[]],
    seed?: Uint8Array,
  ): Unsigned;
  /** Has everybody sign whom the draft names. Throws RangeError when one of them is not among `hands`. */
  signed(unsigned: Unsigned, hands: readonly StatementSigner[]): Promise<Prepared>;
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

/** What a signatory signs with. */
export function handOf({ signer, secret }: Signatory): StatementSigner {
  return { key: signer.key, sign: (message) => ({ sig: secret.sign(message) }) };
}

/** Makes statements for one log. What `mayGoOn` throws keeps everybody from signing. */
export function author(
  log: string,
  vault: Vault,
  replica: Replica,
  nowMs: () => number,
  mayGoOn: () => void = () => {},
): Author {
  async function sendInParts({ statement }: Prepared, keep: (writer: VaultWriter) => void): Promise<Outcome> {
    await vault.write(keep);
    const [outcome] = await replica.submit([statement]);
    return outcome as Outcome;
  }

  const draft: Author["draft"] = (kind, saying, signers, seed = newSeed()) => {
    const now = formatUtcTime(nowMs());
    const said = draftOf(kind, { occurredAt: now, ...saying, log, signers, signedAt: now } as never);
    return { draft: seal(said, seed), seed };
  };
  const signed: Author["signed"] = async (unsigned, hands) => {
    mayGoOn();
    const { disclosures } = unsigned.draft;
    return { statement: await sign(unsigned.draft, hands), seed: unsigned.seed, disclosures };
  };

  return {
    draft,
    signed,
    prepare: async (kind, saying, signatories, seed = newSeed()) => {
      const signers = signatories.map(({ signer }) => signer) as [Signer, ...Signer[]];
      return signed(draft(kind, saying, signers, seed), signatories.map(handOf));
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
