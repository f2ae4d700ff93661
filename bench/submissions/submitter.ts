// A program with a key of its own, signing beforehand what it hands in.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type SubmittedStatement, submittedStatement } from "@fiducial/api";
import { type DraftFields, draftOf, type Kind, studyRegistered, studyRejected } from "@fiducial/contract";
import { formatUtcTime, keyId, publicKeyOf, type Statement, seal, sign, toBase64 } from "@fiducial/core";
import { expandEd25519Seed, signEd25519 } from "@fiducial/ledger";
import { freshHandles } from "../log/statement-source.ts";
import type { Serving } from "./serving.ts";

/** A statement, and how it is handed in. */
export interface SignedSubmission {
  readonly statement: Statement;
  readonly submitted: SubmittedStatement;
}

export interface Submitter {
  /** The declared key, as text. */
  readonly publicKey: string;
  readonly key: Uint8Array;
  /** Registrations of fresh studies, about 2.2 kB each; what opens them stays with whoever signs. */
  registrations(count: number): Promise<readonly SignedSubmission[]>;
  /** Rejections of the node's study, each with what opens it. */
  rejections(count: number): Promise<readonly SignedSubmission[]>;
}

/** Signs with the key file of a serving node. */
export function submitter({ keyFile = "", study = "" }: Serving): Submitter {
  const file = JSON.parse(readFileSync(keyFile, "utf8")) as Record<
    "actor" | "organization" | "origin" | "secret",
    string
  >;
  const seed = new Uint8Array(Buffer.from(file.secret, "base64"));
  const publicKey = publicKeyOf({ algorithm: "Ed25519", bytes: seed });
  const key = keyId(publicKey);
  const secret = expandEd25519Seed(seed);
  const signer = { actor: file.actor, organization: file.organization, key, capacity: "self" } as const;

  async function signed<Open, Sealed>(
    kind: Kind<Open, Sealed>,
    said: Pick<DraftFields<Open, Sealed>, "open" | "sealed">,
    isOpened: boolean,
  ): Promise<SignedSubmission> {
    const now = formatUtcTime(Date.now());
    const head = { log: file.origin, occurredAt: now, signedAt: now, signers: [signer], basis: "seen" };
    const sealed = seal(draftOf(kind, { ...head, ...said } as never), new Uint8Array(randomBytes(32)));
    const statement = await sign(sealed, [{ key, sign: (message) => ({ sig: signEd25519(secret, message) }) }]);
    return { statement, submitted: submittedStatement(statement, isOpened ? sealed.disclosures : undefined) };
  }

  const open = { modalities: ["CT"], series: 1, instances: 3, manifest: "5e".repeat(32) };
  return {
    publicKey: JSON.stringify({ algorithm: "Ed25519", publicKey: toBase64(publicKey.bytes) }),
    key: publicKey.bytes,
    registrations: (count) =>
      Promise.all(
        freshHandles(count).map((handle, at) =>
          signed(studyRegistered, { open: { ...open, study: handle }, sealed: { studyUid: `2.25.${at}` } }, false),
        ),
      ),
    rejections: (count) =>
      Promise.all(
        Array.from({ length: count }, (_, at) =>
          signed(
            studyRejected,
            { open: { study, reason: "quality", scope: "study", instances: 1 }, sealed: { note: `2.25.${at}` } },
            true,
          ),
        ),
      ),
  };
}
