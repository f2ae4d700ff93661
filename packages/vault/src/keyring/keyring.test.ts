import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  checkRegistrableKey,
  nobleBackend,
  type SignatureAlgorithm,
  signMessage,
  verifySignature,
} from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scratchFolder, scratchProtector } from "../../scratch/scratch-vault.ts";
import { commandProtector } from "./command-protector.ts";
import { openKeyring } from "./keyring.ts";
import type { KeyProtector } from "./protector.ts";
import { randomSecret, secretSigner } from "./signer.ts";

const actor = `actor:${"a1".repeat(16)}` as const;
const message = new TextEncoder().encode("message");

describe.each(["Ed25519", "P-256"] as const satisfies readonly SignatureAlgorithm[])("%s", (algorithm) => {
  test("signs what verifies under a key that can be registered", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { publicKey, sign } = secretSigner(algorithm, randomSecret(algorithm));
        expect(checkRegistrableKey(publicKey)).toBeUndefined();
        expect(verifySignature(nobleBackend, publicKey, bytes, sign(bytes))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test("has the public key that another library derives, leading zeros included", () => {
    const one = Uint8Array.from({ length: 32 }, (_, at) => (at === 31 ? 1 : 0));
    for (const secret of [one, randomSecret(algorithm)]) {
      const { publicKey } = secretSigner(algorithm, secret);
      const signature = signMessage({ algorithm, bytes: secret }, message);
      expect(verifySignature(nobleBackend, publicKey, message, signature)).toBe(true);
    }
  });

  test("is made once, and is the same after opening again", async () => {
    const folder = join(scratchFolder(), "keys");
    const protector = scratchProtector();
    const keyring = openKeyring(folder, protector);
    const [first, second] = await Promise.all([keyring.signer("log", algorithm), keyring.signer("log", algorithm)]);
    expect(second.publicKey).toEqual(first.publicKey);
    const again = await openKeyring(folder, protector).existingSigner("log");
    expect(again.publicKey).toEqual(first.publicKey);
    expect(verifySignature(nobleBackend, first.publicKey, message, again.sign(message))).toBe(true);
  });
});

test("each name has a key of its own, and two keyrings on one folder agree", async () => {
  const folder = join(scratchFolder(), "keys");
  const protector = scratchProtector();
  const keyrings = [openKeyring(folder, protector), openKeyring(folder, protector)];
  const [log, sameLog, root, ofActor] = await Promise.all([
    keyrings[0]!.signer("log"),
    keyrings[1]!.signer("log"),
    keyrings[0]!.signer("root", "P-256"),
    keyrings[0]!.signer(actor),
  ]);
  expect(sameLog.publicKey).toEqual(log.publicKey);
  expect(ofActor.publicKey).not.toEqual(log.publicKey);
  expect(root.publicKey.algorithm).toBe("P-256");
  expect(keyrings[1]!.names()).toEqual([actor, "log", "root"]);
});

test("files are their owner's only, and show no secret", async () => {
  const folder = join(scratchFolder(), "keys");
  const seen: Uint8Array[] = [];
  const inner = scratchProtector();
  const protector: KeyProtector = {
    ...inner,
    wrap: (plain) => {
      seen.push(plain.slice());
      return inner.wrap(plain);
    },
  };
  await openKeyring(folder, protector).signer("log");
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600);
  const { secret } = JSON.parse(Buffer.from(seen[0]!).toString()) as { secret: string };
  expect(secret).toHaveLength(44);
  expect(readFileSync(join(folder, "log.secret.json"), "utf8")).not.toContain(secret);
});

describe("what is not right is refused", () => {
  test("a key that is not there, when it must be", async () => {
    const keyring = openKeyring(join(scratchFolder(), "keys"), scratchProtector());
    await expect(keyring.existingSigner("log")).rejects.toMatchObject({ code: "KEY_MISSING" });
    await keyring.signer("log");
    await expect(keyring.existingSigner("log")).resolves.toBeDefined();
  });

  test("a name that is none", async () => {
    const keyring = openKeyring(join(scratchFolder(), "keys"), scratchProtector());
    for (const name of ["actor:../../log", "actor:A1", "", "patient"]) {
      await expect(keyring.signer(name as "log")).rejects.toMatchObject({ code: "VALUE_MALFORMED" });
    }
  });

  test("another node key, also behind a program that does not authenticate", async () => {
    const folder = scratchFolder();
    await openKeyring(join(folder, "a"), scratchProtector()).signer("log");
    await expect(openKeyring(join(folder, "a"), scratchProtector()).signer("log")).rejects.toMatchObject({
      code: "KEY_WRONG",
    });
    const mask = (by: number) =>
      [
        process.execPath,
        "-e",
        `process.stdin.on('data', (b) => process.stdout.write(b.map((x) => x ^ ${by})))`,
      ] as const;
    await openKeyring(join(folder, "b"), commandProtector({ wrap: mask(7), unwrap: mask(7) })).signer("log");
    const wrong = openKeyring(join(folder, "b"), commandProtector({ wrap: mask(9), unwrap: mask(9) }));
    await expect(wrong.signer("log")).rejects.toMatchObject({ code: "KEY_WRONG" });
  });

  test("one key's file in another's place, and a damaged one", async () => {
    const folder = join(scratchFolder(), "keys");
    const protector = scratchProtector();
    const keyring = openKeyring(folder, protector);
    await Promise.all([keyring.signer("log"), keyring.signer("witness")]);
    const log = join(folder, "log.secret.json");
    const text = readFileSync(log, "utf8");
    copyFileSync(join(folder, "witness.secret.json"), log);
    const refused = { code: expect.stringMatching(/^KEY(RING_CORRUPT|_WRONG)$/) };
    await expect(openKeyring(folder, protector).signer("log")).rejects.toMatchObject(refused);
    for (const damaged of [
      "",
      "{}",
      text.slice(1),
      text.replace(/"publicKey":"./, '"publicKey":"_'),
      text.replace("Ed25519", "P-256"),
    ]) {
      writeFileSync(log, damaged);
      const loading = openKeyring(folder, protector).signer("log");
      // The algorithm that counts is the one inside the wrapping.
      if (damaged.includes("P-256")) expect((await loading).publicKey.algorithm).toBe("Ed25519");
      else await expect(loading).rejects.toMatchObject(refused);
    }
  });
});

describe("the high-water mark", () => {
  const root = (digit: string) => digit.repeat(64);

  test("rises, is kept per origin, and is there after opening again", () => {
    const folder = join(scratchFolder(), "keys");
    const keyring = openKeyring(folder, scratchProtector());
    const mark = keyring.highWater("north.example/log");
    expect(mark.read()).toBeUndefined();
    mark.write({ size: 5, rootHash: root("a") });
    mark.write({ size: 5, rootHash: root("a") });
    mark.write({ size: 9, rootHash: root("b") });
    keyring.highWater("south.example/log").write({ size: 1, rootHash: root("c") });
    const reopened = openKeyring(folder, scratchProtector());
    expect(reopened.highWater("north.example/log").read()).toEqual({ size: 9, rootHash: root("b") });
    expect(reopened.highWater("south.example/log").read()).toEqual({ size: 1, rootHash: root("c") });
    expect(readdirSync(folder)).toEqual(["high-water.json"]);
  });

  test("never goes back, nor to another root of the same size", () => {
    const mark = openKeyring(join(scratchFolder(), "keys"), scratchProtector()).highWater("log");
    mark.write({ size: 5, rootHash: root("a") });
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => mark.write({ size: 4, rootHash: root("a") })).toThrow(refused("HIGH_WATER_BACKWARD"));
    expect(() => mark.write({ size: 5, rootHash: root("b") })).toThrow(refused("HIGH_WATER_FORKED"));
    for (const head of [
      { size: -1, rootHash: root("a") },
      { size: 6.5, rootHash: root("a") },
      { size: 6, rootHash: "A" },
    ]) {
      expect(() => mark.write(head)).toThrow(refused("VALUE_MALFORMED"));
    }
    expect(mark.read()).toEqual({ size: 5, rootHash: root("a") });
  });

  test("is missed when keys are there and it is not, and refused when it is damaged", async () => {
    const folder = join(scratchFolder(), "keys");
    const keyring = openKeyring(folder, scratchProtector());
    keyring.highWater("log").write({ size: 5, rootHash: root("a") });
    await keyring.signer("log");
    const corrupt = expect.objectContaining({ code: "KEYRING_CORRUPT" });
    const path = join(folder, "high-water.json");
    for (const damaged of [
      "",
      "{}",
      readFileSync(path, "utf8").replace("5", "-5"),
      readFileSync(path, "utf8").slice(0, -1),
    ]) {
      writeFileSync(path, damaged);
      expect(() => openKeyring(folder, scratchProtector())).toThrow(corrupt);
    }
    rmSync(path);
    expect(() => openKeyring(folder, scratchProtector())).toThrow(corrupt);
  });
});
