import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatSignedCheckpoint, parseSignedCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { cosign } from "./cosignature.ts";
import { type NoteSigner, withSignatures } from "./note.ts";
import { formatPolicy, type Policy, parsePolicy } from "./policy.ts";
import { isQuorum, verifyCheckpoint } from "./quorum.ts";
import { type SignatureType, verifierKey } from "./verifier-key.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const verifiers = {
  ed25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => ed25519.verify(signature, message, key),
};
const head = { size: 7, rootHash: new Uint8Array(32).fill(5) };
const origin = "log.example/shared";
const nodes = [1, 2].map((seed) => signerOf(origin, "ed25519", seed)) as [NoteSigner, NoteSigner];
const witnesses = [3, 4, 5].map((seed) => signerOf(`witness.example/${seed}`, "ed25519-cosignature", seed));
const policy: Policy = {
  logs: nodes.map(({ key }) => ({ key })),
  witnesses: witnesses.map(({ key }, index) => ({ name: `w${index}`, key })),
  groups: [{ name: "two", threshold: 2, members: ["w0", "w1", "w2"] }],
  quorum: "two",
};

function cosigned(signer: NoteSigner, times: readonly (number | undefined)[], name = origin) {
  const signed = signCheckpoint(name, head, [signer]);
  const added = times.flatMap((time, index) =>
    time === undefined ? [] : [cosign(signed, witnesses[index] as NoteSigner, time)],
  );
  return parseSignedCheckpoint(formatSignedCheckpoint({ ...signed, note: withSignatures(signed.note, added) }));
}

describe("a checkpoint under a policy", () => {
  test("holds when any listed log signed and enough witnesses cosigned", () => {
    for (const node of nodes) {
      expect(verifyCheckpoint(cosigned(node, [10, undefined, 12]), policy, verifiers)).toEqual({
        holds: true,
        logSigned: true,
        quorumMet: true,
        witnesses: [
          { name: "w0", timestamp: 10 },
          { name: "w2", timestamp: 12 },
        ],
      });
    }
    expect(verifyCheckpoint(cosigned(nodes[0], [10]), policy, verifiers)).toMatchObject({
      holds: false,
      logSigned: true,
      quorumMet: false,
    });
  });

  test("does not hold when cosigned and signed by no listed log", () => {
    const stranger = signerOf(origin, "ed25519", 9);
    expect(verifyCheckpoint(cosigned(stranger, [10, 11]), policy, verifiers)).toMatchObject({
      holds: false,
      logSigned: false,
      quorumMet: true,
    });
    expect(() => verifyCheckpoint(cosigned(stranger, []), policy, verifiers)).toThrow(code("NOTE_UNSIGNED"));
  });

  test("does not hold when a listed log's key signed under another origin", () => {
    const verdict = verifyCheckpoint(cosigned(nodes[0], [10, 11], "log.example/forked"), policy, verifiers);
    expect(verdict).toMatchObject({ holds: false, logSigned: false, quorumMet: true });
  });

  test("falls with one bad signature by a key of the policy, and not with one by another", () => {
    const good = cosigned(nodes[0], [10, 11]);
    const spoil = (name: string) => ({
      ...good,
      note: {
        ...good.note,
        signatures: good.note.signatures.map((line) =>
          line.name === name
            ? { ...line, signature: line.signature.with(20, (line.signature[20] as number) ^ 1) }
            : line,
        ),
      },
    });
    expect(() => verifyCheckpoint(spoil("witness.example/4"), policy, verifiers)).toThrow(
      code("NOTE_SIGNATURE_INVALID"),
    );
    const fewer = { ...policy, witnesses: policy.witnesses.slice(0, 1), groups: [], quorum: "w0" };
    expect(verifyCheckpoint(spoil("witness.example/4"), fewer, verifiers).holds).toBe(true);
  });

  test("does not hold under a policy that lists no log", () => {
    expect(verifyCheckpoint(cosigned(nodes[0], [10, 11]), { ...policy, logs: [] }, verifiers)).toMatchObject({
      holds: false,
      quorumMet: true,
    });
  });
});

describe("a quorum", () => {
  test("once met stays met with more witnesses, and a threshold counts members once", () => {
    fc.assert(
      fc.property(fc.subarray(["w0", "w1", "w2"]), fc.subarray(["w0", "w1", "w2"]), (some, more) => {
        const met = isQuorum(policy, some);
        expect(met).toBe(some.length >= 2);
        if (met) expect(isQuorum(policy, [...some, ...more])).toBe(true);
        expect(isQuorum(policy, [...some, ...some, ...some])).toBe(met);
      }),
    );
  });

  test("is never met by a group that counts somebody twice", () => {
    const groups = [{ name: "two", threshold: 2, members: ["w0", "w0"] }];
    expect(isQuorum({ ...policy, groups }, ["w0"])).toBe(false);
    expect(() => formatPolicy({ ...policy, groups })).toThrow(code("POLICY_MALFORMED"));
  });
});

describe("a policy", () => {
  test("comes back, and is not written when it could not be read", () => {
    const urls = { ...policy, logs: policy.logs.map((log) => ({ ...log, url: "https://log.example/" })) };
    expect(parsePolicy(formatPolicy(urls))).toEqual(urls);
    const bad: Partial<Policy>[] = [
      { quorum: "nobody" },
      { quorum: "" },
      { quorum: "two\nquorum none" },
      { witnesses: policy.witnesses.map((witness) => ({ ...witness, name: "a b" })) },
      { witnesses: policy.witnesses.slice(1) },
      { groups: [{ name: "two", threshold: 4, members: ["w0"] }] },
      { logs: [{ key: (policy.witnesses[0] as { key: NoteSigner["key"] }).key }] },
    ];
    for (const part of bad) expect(() => formatPolicy({ ...policy, ...part })).toThrow(code("POLICY_MALFORMED"));
  });

  test("of any bytes is read or refused, never anything else", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            "log",
            "witness",
            "group",
            "quorum",
            "none",
            "any",
            "all",
            "1",
            "a",
            "b",
            "#",
            " ",
            "\t",
            "\n",
            "é",
            "\u0000",
          ),
          { maxLength: 40 },
        ),
        (words) => {
          try {
            const read = parsePolicy(words.join(" "));
            expect(parsePolicy(formatPolicy(read))).toEqual(read);
          } catch (error) {
            expect(error).toEqual(code("POLICY_MALFORMED"));
          }
        },
      ),
    );
  });
});

function signerOf(name: string, type: SignatureType, seed: number): NoteSigner {
  const secret = new Uint8Array(32).fill(seed);
  return {
    key: verifierKey(name, type, ed25519.getPublicKey(secret)),
    sign: (message) => ed25519.sign(message, secret),
  };
}
