import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  anna,
  draft,
  gateway,
  northlake,
  type SampleLog,
  sampleLog,
  signedBy,
  signer,
} from "../../../../vectors/receipt/sample-log.ts";
import { formatSignedCheckpoint, parseSignedCheckpoint } from "../checkpoint/checkpoint.ts";
import { CoreError } from "../core-error.ts";
import { nobleBackend } from "../signature/noble-backend.ts";
import { parseEntry } from "../statement/entry.ts";
import type { Statement } from "../statement/envelope.ts";
import { formatReceipt, type ProvedEntry, parseReceipt, type Receipt } from "./receipt.ts";
import { formatTrustPolicy, parseTrustPolicy } from "./trust-policy.ts";
import { verifyReceipt } from "./verify-receipt.ts";

let sample: SampleLog;
beforeAll(async () => {
  sample = await sampleLog();
});

const verify = (receipt: Receipt, trust = sample.trust) => verifyReceipt(receipt, trust, nobleBackend);
const failing = (receipt: Receipt, trust = sample.trust) =>
  verify(receipt, trust)
    .steps.filter(({ result }) => result === "fails")
    .map(({ step, code }) => `${step} ${code}`);

describe("a receipt", () => {
  test("holds, and tells who signed", () => {
    const verification = verify(sample.receipt);
    expect(verification.steps.filter(({ result }) => result !== "holds")).toEqual([]);
    expect(verification).toMatchObject({ ok: true, index: 6, reservations: [] });
    expect(verification.signers).toMatchObject([
      { type: "software", organization: northlake.actor, signer: { actor: gateway.actor } },
    ]);
  });

  test("survives writing and reading to the letter", () => {
    const text = formatReceipt(sample.receipt);
    expect(formatReceipt(parseReceipt(text))).toBe(text);
    expect(verify(parseReceipt(text)).ok).toBe(true);
  });

  test("is about 13 KB or less", () => {
    expect(formatReceipt(sample.receipt).length).toBeLessThan(13_000);
  });

  test("says when nobody witnessed, and when one organization applied the rules alone", () => {
    const { checkpoint, note } = parseSignedCheckpoint(sample.receipt.checkpoint);
    const alone = {
      ...sample.receipt,
      checkpoint: formatSignedCheckpoint({ checkpoint, note: { ...note, signatures: note.signatures.slice(0, 1) } }),
    };
    const trust = { ...sample.trust, policy: { ...sample.trust.policy, quorum: "none" } };
    expect(verify(alone, trust)).toMatchObject({ ok: true, reservations: ["NOT_WITNESSED", "RULES_APPLIED_BY_ONE"] });
    expect(verify(sample.receipt, { ...trust, replicas: [] })).toMatchObject({
      ok: true,
      reservations: ["RULES_APPLIED_BY_ONE"],
    });
    expect(failing(alone)).toEqual(["cosignatures QUORUM_NOT_MET"]);
  });
});

describe("tampering names the step that fails", () => {
  const entryOf = (change: Partial<Receipt["entry"]>) => ({
    ...sample.receipt,
    entry: { ...sample.receipt.entry, ...change },
  });

  test("another index", () => expect(failing(entryOf({ index: 5 }))).toEqual(["inclusion PROOF_LENGTH_WRONG"]));
  test("a value that was not sealed", () => {
    const { studyUid } = sample.receipt.entry.disclosures;
    expect(
      failing(entryOf({ disclosures: { studyUid: { salt: studyUid?.salt as string, value: "2.25.2" } } })),
    ).toEqual(["disclosures DISCLOSURE_DOES_NOT_OPEN"]);
    expect(failing(entryOf({ disclosures: { constructor: { salt: "00".repeat(32), value: 1 } } }))).toEqual([
      "disclosures DISCLOSURE_DOES_NOT_OPEN",
    ]);
  });
  test("an object that is not in the manifest", () => {
    const [object] = sample.receipt.objects;
    const other = {
      ...object,
      proof: { ...object?.proof, item: { salt: object?.proof.item.salt, value: { file: "other" } } },
    };
    expect(failing({ ...sample.receipt, objects: [other as never] })).toEqual(["objects OBJECT_NOT_IN_MANIFEST"]);
  });
  test("another log's first entry", () => {
    const { log } = parseEntry(sample.receipt.entry.bytes)?.statement.content ?? { log: "" };
    const another = { ...sample.trust, genesis: { [log]: "00".repeat(32) } };
    expect(failing(sample.receipt, another)).toEqual(["keyChain GENESIS_NOT_TRUSTED"]);
  });

  test("a policy of other logs is told as that, and nothing is held against it", () => {
    const genesis = { "zeta.example/log": "11".repeat(32), "alpha.example/log": "22".repeat(32) };
    const trust = { ...sample.trust, genesis };
    expect(failing(sample.receipt, trust)).toEqual(["policy POLICY_OF_OTHER_LOG"]);
    const { steps, otherLogs } = verifyReceipt(sample.receipt, trust, nobleBackend);
    expect(otherLogs).toEqual(["alpha.example/log", "zeta.example/log"]);
    const notRun = steps.filter(({ result }) => result === "not-run").map(({ step }) => step);
    expect(notRun).toEqual(["keyChain", "checkpoint", "cosignatures"]);
  });
  test("a chain without the first entry, or out of order", () => {
    const { keyChain } = sample.receipt;
    expect(failing({ ...sample.receipt, keyChain: keyChain.slice(1) })).toEqual(["keyChain CHAIN_WITHOUT_GENESIS"]);
    expect(failing({ ...sample.receipt, keyChain: [...keyChain].reverse() })).toEqual([
      "keyChain CHAIN_WITHOUT_GENESIS",
    ]);
    expect(
      failing({ ...sample.receipt, keyChain: [keyChain[0], keyChain[2], keyChain[1], ...keyChain.slice(3)] as never }),
    ).toEqual(["keyChain CHAIN_OUT_OF_ORDER"]);
  });
  test("a chain that takes a link twice, which would cost a verifier as much as it is long", () => {
    const { keyChain, entry } = sample.receipt;
    const again = { ...(keyChain.at(-1) as ProvedEntry), index: entry.index + 1 };
    expect(failing({ ...sample.receipt, keyChain: [...keyChain, again] })).toContain("keyChain CHAIN_OUT_OF_ORDER");
  });
  test("a chain that leaves a link out", () => {
    const without = (index: number) =>
      failing({ ...sample.receipt, keyChain: sample.receipt.keyChain.filter((_, at) => at !== index) });
    expect(without(1)).toEqual(["keyChain CHAIN_KEY_OF_OTHER_ACTOR"]);
    expect(without(2)).toEqual(["keyChain CHAIN_KEY_UNKNOWN"]);
    expect(without(3)).toEqual(["keyChain CHAIN_SIGNER_NOT_ENTITLED"]);
    expect(without(5)).toEqual(["keyChain CHAIN_KEY_UNKNOWN"]);
  });
  test("a checkpoint of another log, or by a log key that the policy lacks", () => {
    const other = {
      ...sample.receipt,
      checkpoint: sample.receipt.checkpoint.replace("log.example/sample\n", "log.example/other\n"),
    };
    expect(failing(other)).toEqual(["checkpoint CHECKPOINT_OF_OTHER_LOG"]);
    expect(failing(sample.receipt, { ...sample.trust, policy: { ...sample.trust.policy, logs: [] } })).toEqual([
      "checkpoint LOG_NOT_TRUSTED",
    ]);
  });
});

describe("a key chain refuses links by people who may not sign them", () => {
  const put = (index: number, statement: Statement) =>
    sampleLog((usual) => usual.map((one, at) => (at === index ? statement : one)));
  const faultWith = async (index: number, statement: Statement) => {
    const log = await put(index, statement);
    return failing(log.receipt, log.trust);
  };

  test("an administrator who appoints administrators", async () => {
    const open = { actor: anna.actor, role: "administrator" };
    expect(await faultWith(3, await signedBy(draft("identity.role.granted", [signer(anna)], open), anna))).toEqual([
      "keyChain CHAIN_SIGNER_NOT_ENTITLED",
    ]);
  });
  test("software that registers keys", async () => {
    const open = { actor: gateway.actor, key: gateway.declared };
    const own = draft("identity.key.registered", [signer(gateway)], open);
    expect(await faultWith(5, await signedBy(own, gateway))).toEqual(["keyChain CHAIN_SIGNER_NOT_ENTITLED"]);
  });
  test("somebody who brings keys for an organization that is there", async () => {
    const signers = [
      signer(northlake),
      { ...signer(northlake), key: gateway.key, capacity: "counter-signature" as const },
    ];
    const open = { organization: northlake.actor, rootKeys: [gateway.declared] };
    const own = draft("identity.organization.registered", signers, open);
    const root = { ...gateway, actor: northlake.actor };
    expect(await faultWith(4, await signedBy(own, northlake, root))).toEqual(["keyChain CHAIN_SIGNER_NOT_ENTITLED"]);
  });
  test("a signature by the wrong key", async () => {
    const statement = await signedBy(
      draft("identity.actor.registered", [signer(anna)], { actor: gateway.actor, type: "software" }),
      { ...gateway, key: anna.key },
    );
    expect(await faultWith(4, statement)).toEqual(["keyChain CHAIN_SIGNATURE_INVALID"]);
  });
  test("a signer for another organization", async () => {
    const foreign = { ...signer(anna), organization: "ff".repeat(16) };
    const statement = await signedBy(
      draft("identity.actor.registered", [foreign], { actor: gateway.actor, type: "software" }),
      anna,
    );
    expect(await faultWith(4, statement)).toEqual(["keyChain CHAIN_ORGANIZATION_DIFFERS"]);
  });
});

describe("hostile receipts", () => {
  test("no flipped bit goes unnoticed, and none makes the verifier throw", () => {
    const bytes = new TextEncoder().encode(formatReceipt(sample.receipt));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const flipped = bytes.slice();
        flipped[at] = (flipped[at] as number) ^ (1 << bit);
        expect(outcomeOf(new TextDecoder().decode(flipped))).not.toBe("holds");
      }),
      { numRuns: 400 },
    );
  });

  test("arbitrary JSON is no receipt", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(outcomeOf(text)).toBe("RECEIPT_MALFORMED");
      }),
    );
  });

  test("open fields of any shape in a chain make it fail, not throw", async () => {
    const shapes = [null, 1, "x", [], {}, [null], [{ organization: null, rootKeys: 1 }]];
    for (const organizations of shapes) {
      const statement = await signedBy(
        draft("identity.log.created", [signer(northlake)], { organizations }),
        northlake,
      );
      const log = await sampleLog((usual) => [statement, ...usual.slice(1)]);
      const trust = { ...log.trust, genesis: { "log.example/sample": statement.id } };
      expect(verify(log.receipt, trust).steps.find(({ step }) => step === "keyChain")?.result).toBe("fails");
    }
  });

  function outcomeOf(text: string): string {
    try {
      const verification = verify(parseReceipt(text));
      return verification.ok ? "holds" : "fails";
    } catch (thrown) {
      return thrown instanceof CoreError ? thrown.code : "threw";
    }
  }
});

describe("a trust policy", () => {
  test("survives writing and reading", () => {
    expect(parseTrustPolicy(formatTrustPolicy(sample.trust))).toEqual(sample.trust);
  });
  test.each(["", "{}", '{"format":"fiducial-policy-v2","genesis":{},"policy":[],"replicas":[]}', "[1"])(
    "%j is none",
    (text) => {
      expect(() => parseTrustPolicy(text)).toThrow(expect.objectContaining({ code: "TRUST_POLICY_MALFORMED" }));
    },
  );
});
