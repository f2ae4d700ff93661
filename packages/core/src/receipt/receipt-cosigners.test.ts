import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { beforeAll, describe, expect, test } from "vitest";
import { type SampleLog, sampleLog } from "../../../../vectors/receipt/sample-log.ts";
import { formatSignedCheckpoint, parseSignedCheckpoint } from "../checkpoint/checkpoint.ts";
import { encodeCosignature, mlDsa44CosignedMessage } from "../checkpoint/cosignature.ts";
import { verifyMlDsa44 } from "../checkpoint/ml-dsa-44.ts";
import { withSignatures } from "../checkpoint/note.ts";
import { verifierKey } from "../checkpoint/verifier-key.ts";
import { nobleBackend } from "../signature/noble-backend.ts";
import type { Receipt } from "./receipt.ts";
import type { TrustPolicy } from "./trust-policy.ts";
import { verifyReceipt } from "./verify-receipt.ts";

let sample: SampleLog;
beforeAll(async () => {
  sample = await sampleLog();
});

describe("a cosignature of ML-DSA-44", () => {
  const quantum = ml_dsa44.keygen(new Uint8Array(32).fill(44));
  const key = verifierKey("quantum.example/witness", "ml-dsa-44-cosignature", quantum.publicKey);

  /** The sample's receipt with one more cosignature, and a policy that knows the cosigner. */
  function cosigned(quorum: string, change: (signature: Uint8Array) => void = () => {}) {
    const signed = parseSignedCheckpoint(sample.receipt.checkpoint);
    const message = mlDsa44CosignedMessage(key.name, 1_790_000_000, signed.checkpoint);
    const signature = ml_dsa44.sign(message, quantum.secretKey);
    change(signature);
    const bytes = encodeCosignature({ timestamp: 1_790_000_000, signature });
    const note = withSignatures(signed.note, [{ name: key.name, keyId: key.keyId, signature: bytes }]);
    const { policy } = sample.trust;
    const witnesses = [...policy.witnesses, { name: "quantum", key }];
    return {
      receipt: { ...sample.receipt, checkpoint: formatSignedCheckpoint({ ...signed, note }) },
      trust: { ...sample.trust, policy: { ...policy, witnesses, quorum: quorum === "" ? policy.quorum : quorum } },
    };
  }
  const outcome = (
    given: { readonly receipt: Receipt; readonly trust: TrustPolicy },
    mlDsa44?: typeof verifyMlDsa44,
  ) => {
    const { ok, steps, cosigners, unchecked } = verifyReceipt(given.receipt, given.trust, nobleBackend, mlDsa44);
    const codes = steps.flatMap(({ step, code }) => (code === undefined ? [] : [`${step} ${code}`]));
    return { ok, codes, unchecked, counted: cosigners.some(({ name }) => name === "quantum") };
  };

  test("counts with its verifier; a bad one spoils the checkpoint", () => {
    const held = { ok: true, codes: [], unchecked: [], counted: true };
    expect(outcome(cosigned(""), verifyMlDsa44)).toEqual(held);
    expect(outcome(cosigned("quantum"), verifyMlDsa44)).toEqual(held);
    const bad = cosigned("", (signature) => {
      signature[7] = (signature[7] as number) ^ 1;
    });
    expect(outcome(bad, verifyMlDsa44)).toMatchObject({ ok: false, codes: ["checkpoint NOTE_SIGNATURE_INVALID"] });
  });

  test("without its verifier is named and counts for nothing: the receipt holds by the others, and only by them", () => {
    const passedOver = { unchecked: ["quantum"], counted: false };
    expect(outcome(cosigned(""))).toEqual({ ok: true, codes: [], ...passedOver });
    expect(outcome(cosigned("quantum"))).toEqual({
      ok: false,
      codes: ["cosignatures VERIFIER_MISSING"],
      ...passedOver,
    });
    const { receipt, trust } = cosigned("");
    const policy = { ...trust.policy, witnesses: trust.policy.witnesses.slice(-1) };
    expect(outcome({ receipt, trust: { ...trust, policy } }).codes).toEqual(["cosignatures QUORUM_NOT_MET"]);
  });

  test("that a log signs with cannot be done without", () => {
    const { receipt, trust } = cosigned("");
    const signed = parseSignedCheckpoint(receipt.checkpoint);
    const ofLog = verifierKey(signed.checkpoint.origin, "ml-dsa-44-cosignature", quantum.publicKey);
    const message = mlDsa44CosignedMessage(ofLog.name, 1_790_000_000, signed.checkpoint);
    const signature = encodeCosignature({
      timestamp: 1_790_000_000,
      signature: ml_dsa44.sign(message, quantum.secretKey),
    });
    const note = withSignatures(signed.note, [{ name: ofLog.name, keyId: ofLog.keyId, signature }]);
    const given = {
      receipt: { ...receipt, checkpoint: formatSignedCheckpoint({ ...signed, note }) },
      trust: { ...trust, policy: { ...sample.trust.policy, logs: [{ key: ofLog }] } },
    };
    expect(outcome(given).codes).toEqual(["checkpoint VERIFIER_MISSING"]);
    expect(outcome(given, verifyMlDsa44)).toMatchObject({ ok: true, codes: [] });
  });
});
