// Another program with a registered key of its own, for tests: it drafts, seals and signs, and shares nothing with the node but the formats.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type SubmittedStatement, submittedStatement } from "@fiducial/api";
import { type DraftFields, draftOf, type Kind } from "@fiducial/contract";
import { type Disclosure, formatUtcTime, keyId, type Signer, type Statement, seal, sign } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import type { MemberKey } from "../operations/key-file.ts";
import type { ScratchNode } from "./scratch-node.ts";

/** A statement that is signed, with what opens it. */
export interface Signed {
  readonly statement: Statement;
  readonly disclosures: Readonly<Record<string, Disclosure>>;
  /** As it is handed in, with all that opens it. */
  readonly whole: SubmittedStatement;
  /** As it is handed in, with nothing that opens it. */
  readonly closed: SubmittedStatement;
}

type Said<Open, Sealed> = Partial<DraftFields<Open, Sealed>> & Pick<DraftFields<Open, Sealed>, "open" | "sealed">;

/** Drafts, seals and signs with these keys: the first states, the others counter-sign. What is not told is as it is now. */
export async function signedBy<Open, Sealed>(
  keys: readonly [MemberKey, ...MemberKey[]],
  kind: Kind<Open, Sealed>,
  said: Said<Open, Sealed>,
): Promise<Signed> {
  const now = formatUtcTime(Date.now());
  const signers = keys.map(
    ({ actor, organization, secret }, at): Signer => ({
      actor,
      organization,
      key: keyId(secret.publicKey),
      capacity: at === 0 ? "self" : "counter-signature",
    }),
  );
  const basis = kind.nature === "observation" ? { basis: "seen" } : {};
  const head = { log: keys[0].origin, occurredAt: now, signedAt: now, signers, ...basis };
  const sealed = seal(draftOf(kind, { ...head, ...said } as never), new Uint8Array(randomBytes(32)));
  const hands = keys.map(({ secret }) => ({
    key: keyId(secret.publicKey),
    sign: (message: Uint8Array) => ({ sig: secret.sign(message) }),
  }));
  const statement = await sign(sealed, hands);
  const { disclosures } = sealed;
  return {
    statement,
    disclosures,
    whole: submittedStatement(statement, disclosures),
    closed: submittedStatement(statement),
  };
}

/** Registers a program of the organization, with a key in the scratch folder, and opens the key. */
export async function ownProgram({ folder }: ScratchNode, { operations }: OpenNode): Promise<MemberKey> {
  const keyFile = { path: join(folder, `${randomBytes(4).toString("hex")}.key`), passphrase: "" };
  await operations.software.addKey(await operations.software.add("RIS"), keyFile);
  return operations.members.key(keyFile);
}
