import { type DeclaredKey, toBase64, utf8, utf8Decode } from "@fiducial/core";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { hospital } from "../conformance/hospital.ts";
import { type Examined, type ExaminedStatement, verificationPool } from "./pool.ts";

const northlake = hospital("log.example/pool", Date.parse("2026-11-18T12:00:00.000Z"));
const pool = verificationPool(2);
afterAll(() => pool.close());

const keys = new Map<string, DeclaredKey>(
  [northlake.root, northlake.administrator, northlake.gateway].map(({ key, declared }) => [key, declared]),
);
const known = (id: string) => keys.get(id);
const unknown = () => undefined;
const verdicts = (examined: readonly Examined[]) =>
  examined.map((one) => (one.fault === undefined ? one.verified(0) : one.fault));
const studies = (from: number, count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => northlake.study(from + at)));

describe("signatures", () => {
  test("are left open while their keys are unknown, and verified when these are known later, by every worker", async () => {
    const fresh = verificationPool(2);
    const batch = await studies(0, 300);
    expect(new Set(verdicts(await fresh.examine(batch, unknown)))).toEqual(new Set([undefined]));
    expect(new Set(verdicts(await fresh.examine(batch, known)))).toEqual(new Set([true]));
    // Workers remember keys: what a signature is worth does not depend on who is registered.
    for (let again = 0; again < 4; again++)
      expect(new Set(verdicts(await fresh.examine(batch, known)))).toEqual(new Set([true]));
    await fresh.close();
  });

  test("that are bad, or another's, are false", async () => {
    const [study] = await studies(1, 1);
    const text = utf8Decode(study?.bytes as Uint8Array) as string;
    const [whole, first] = /"sig":"(.)/.exec(text) as RegExpExecArray;
    const bad = { id: "", bytes: utf8(text.replace(whole as string, `"sig":"${first === "A" ? "B" : "A"}`)) };
    expect(verdicts(await pool.examine([bad], known))).toEqual([false]);
    const swapped = new Map(keys).set(northlake.gateway.key, northlake.root.declared);
    const other = verificationPool(1);
    expect(verdicts(await other.examine(await studies(1, 1), (id) => swapped.get(id)))).toEqual([false]);
    await other.close();
  });

  test("of each signer are told apart", async () => {
    const [, , keyRegistered] = await northlake.founding();
    const other = verificationPool(1);
    const partly = (id: string) => (id === northlake.root.key ? northlake.root.declared : undefined);
    const [one] = (await other.examine([keyRegistered as never], partly)) as [ExaminedStatement];
    expect([one.verified(0), one.verified(1)]).toEqual([true, undefined]);
    const [two] = (await other.examine([keyRegistered as never], known)) as [ExaminedStatement];
    expect([two.verified(0), two.verified(1)]).toEqual([true, true]);
    await other.close();
  });

  test("of passkeys are left to who has the state", async () => {
    const passkey: DeclaredKey = {
      algorithm: "WebAuthn-Ed25519",
      publicKey: toBase64(new Uint8Array(32)),
      webauthn: { rpId: "example.org", rpIdHash: "00".repeat(32), origins: ["https://example.org"] },
    } as never;
    const fresh = verificationPool(1);
    expect(verdicts(await fresh.examine(await studies(1, 1), () => passkey))).toEqual([undefined]);
    await fresh.close();
  });
});

describe("batches", () => {
  test("come back in the order of their statements, whatever is in them, several at a time", async () => {
    const good = await studies(0, 400);
    const batch = good.map((statement, at) => (at % 7 === 3 ? { id: statement.id, bytes: utf8("{}") } : statement));
    const all = await Promise.all([pool.examine(batch, known), pool.examine([], known), pool.examine(good, known)]);
    expect(all[0].map((one) => one.fault ?? one.id)).toEqual(
      good.map(({ id }, at) => (at % 7 === 3 ? "ENVELOPE_MALFORMED" : id)),
    );
    expect(all[0].map(({ bytes }) => bytes)).toEqual(batch.map(({ bytes }) => bytes));
    expect(all[1]).toEqual([]);
    const content = all[2].map((one) => one.fault === undefined && one.content);
    expect(content).toEqual(good.map((one) => one.content));
  });

  test("of bytes of any kind end no worker", async () => {
    const [study] = await studies(2, 1);
    const bytes = study?.bytes as Uint8Array;
    const damaged = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, change]) => {
      return Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ change : byte));
    });
    const nested = utf8(`{"payload":${"[".repeat(50_000)}`);
    const envelope = fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged, fc.constant(nested));
    await fc.assert(
      fc.asyncProperty(fc.array(envelope, { maxLength: 20 }), async (envelopes) => {
        const examined = await pool.examine(
          envelopes.map((one) => ({ id: "", bytes: one })),
          known,
        );
        for (const one of examined)
          expect(one.fault !== undefined || [true, false, undefined].includes(one.verified(0))).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(verdicts(await pool.examine(await studies(2, 1), known))).toEqual([true]);
  });
});

describe("a pool that ends", () => {
  test("rejects what is under way and what comes after", async () => {
    const ending = verificationPool(2);
    const batch = await studies(0, 600);
    const underWay = expect(ending.examine(batch, known)).rejects.toThrow();
    await ending.close();
    await underWay;
    await expect(ending.examine(batch, known)).rejects.toThrow();
  });

  test("because the state cannot be read says so, and works on", async () => {
    const failing = () => {
      throw new Error("state");
    };
    const fresh = verificationPool(1);
    await expect(fresh.examine(await studies(0, 300), failing)).rejects.toThrow("state");
    expect(verdicts(await fresh.examine(await studies(0, 1), known))).toEqual([true]);
    await fresh.close();
  });
});
