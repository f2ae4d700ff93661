// From a draft to a statement: seal what is sealed, then sign. docs/formats/statement.md § Life.
import { keyedHash } from "#sha256";
import { toHex, utf8 } from "../encoding/bytes.ts";
import { canonicalJson, type Json } from "../encoding/canonical-json.ts";
import { commitment, type Disclosure } from "./commitment.ts";
import {
  formatEnvelope,
  originDigest,
  preAuthenticationEncoding,
  type Signature,
  type Statement,
  statementId,
} from "./envelope.ts";
import { type Content, type KeyId, payloadOf } from "./payload.ts";

/** A statement before it is sealed: sealed values are still in the clear, and must never leave the vault's side. */
export interface Draft extends Omit<Content, "commitments"> {
  readonly sealed: Readonly<Record<string, Json>>;
}

/** A sealed draft: what is to be signed, and what opens it. */
export interface SealedDraft {
  readonly content: Content;
  /** Canonical JSON of the in-toto statement. */
  readonly payload: Uint8Array;
  /** The bytes that each signer signs. */
  readonly signed: Uint8Array;
  readonly id: string;
  /** By field name: salt and value of each commitment. */
  readonly disclosures: Readonly<Record<string, Disclosure>>;
}

/** Whoever can sign with one key: software holding it, a hardware module, or a person's passkey. */
export interface StatementSigner {
  readonly key: KeyId;
  /** Signs the pre-authentication encoding; a passkey signs the statement id inside its assertion. */
  sign(signed: Uint8Array, id: string): Promise<Omit<Signature, "keyid">> | Omit<Signature, "keyid">;
}

/** Replaces every sealed value by a commitment under a salt derived from `seed` (32 random bytes, one seed for one statement). */
export function seal(draft: Draft, seed: Uint8Array): SealedDraft {
  const { sealed, ...open } = draft;
  const disclosures: Record<string, Disclosure> = {};
  const commitments: Record<string, string> = {};
  const saltOf = keyedHash(seed);
  for (const [name, value] of Object.entries(sealed)) {
    const salt = saltOf(name);
    disclosures[name] = { salt: toHex(salt), value };
    commitments[name] = commitment(salt, value);
  }
  const content: Content = { ...open, commitments };
  const payload = utf8(canonicalJson(payloadOf(content, originDigest(content.log))));
  const signed = preAuthenticationEncoding(payload);
  return { content, payload, signed, id: statementId(signed), disclosures };
}

/** Has every signer sign, in the order the content names them, and returns the statement. Throws when a named key has no signer at hand. */
export async function sign(draft: SealedDraft, signers: readonly StatementSigner[]): Promise<Statement> {
  const signatures: Signature[] = [];
  for (const { key } of draft.content.signers) {
    const signer = signers.find((candidate) => candidate.key === key);
    if (signer === undefined) throw new RangeError("A key that the statement names has no signer at hand.");
    signatures.push({ keyid: key, ...(await signer.sign(draft.signed, draft.id)) });
  }
  const { content, signed, id, payload } = draft;
  return { id, bytes: formatEnvelope(payload, signatures), payload, signed, content, signatures };
}
