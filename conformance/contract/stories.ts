// The stories of vectors/contract as their README describes them, each step read into what the decider is given.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  nobleBackend,
  parseStatement,
  publicKeyFromDeclared,
  type Statement,
  verifyStatementSignature,
} from "@fiducial/core";
import { canonicalText } from "./canonical-text.ts";
import type { SigningKey } from "./case.ts";
import type { Submission, Verdict } from "./decider.ts";

/** One story, after the steps of its prologue. */
export interface Story {
  readonly title: string;
  readonly prologue: string;
  readonly steps: readonly Step[];
  /** The state digest after prologue and steps, hex. */
  readonly finalStateDigest: string;
}

/** One statement with the verdict that its author demands. */
export interface Step {
  readonly submission: Submission;
  readonly verdict: Verdict;
}

interface WrittenStep {
  readonly payload: unknown;
  readonly signatures: readonly unknown[];
  readonly recordedAt: string;
  readonly verdict: Verdict;
}

const folder = join(import.meta.dirname, "../../vectors/contract");

/** The bytes of the vector files by `kernel` or `<kind>/<version>`. */
export const storyFiles: ReadonlyMap<string, Uint8Array> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith(".json") && file !== "prologues.json")
    .map((file) => [file.replace(/-(\d+)\.json$/, "/$1").replace(/\.json$/, ""), readFileSync(join(folder, file))]),
);

/** The stories of each file, by the same names. */
export const stories: ReadonlyMap<string, readonly Story[]> = new Map(
  [...storyFiles].map(([name, bytes]) => {
    const written = JSON.parse(new TextDecoder().decode(bytes)) as (Story & { steps: WrittenStep[] })[];
    return [name, written.map((story) => ({ ...story, steps: story.steps.map(step) }))];
  }),
);

/** The steps of each prologue. */
export const prologues: ReadonlyMap<string, readonly Step[]> = new Map(
  Object.entries(JSON.parse(readFileSync(join(folder, "prologues.json"), "utf8")) as Record<string, WrittenStep[]>).map(
    ([name, steps]) => [name, steps.map(step)],
  ),
);

function step({ payload, signatures, recordedAt, verdict }: WrittenStep): Step {
  const payloadType = "application/vnd.in-toto+json";
  const encoded = Buffer.from(canonicalText(payload)).toString("base64");
  const envelope = Buffer.from(canonicalText({ payload: encoded, payloadType, signatures }));
  const parsed = parseStatement(envelope);
  if (typeof parsed === "string" && parsed !== "ENVELOPE_TOO_LARGE") throw new TypeError(`Not a statement: ${parsed}`);
  const statement = typeof parsed === "string" ? undefined : parsed;
  return {
    submission: { envelopeBytes: envelope.length, statement, recordedAt, verifies: verifier(statement) },
    verdict,
  };
}

/** Verifies each signature once for each key, however often stories are replayed. */
function verifier(statement: Statement | undefined): Submission["verifies"] {
  const known = new Map<string, boolean>();
  return (index, { algorithm, publicKey, webauthn }: SigningKey) => {
    const name = canonicalText([index, algorithm, publicKey, webauthn ?? null]);
    const key = publicKeyFromDeclared({ algorithm, publicKey, webauthn });
    const holds =
      known.get(name) ??
      (statement !== undefined && key !== undefined && verifyStatementSignature(nobleBackend, statement, index, key));
    known.set(name, holds);
    return holds;
  };
}
