import { randomBytes } from "node:crypto";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toBase64 } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scratchFolder } from "../../scratch/scratch-vault.ts";
import { type Command, commandProtector } from "./command-protector.ts";
import { environmentProtector } from "./environment-protector.ts";
import { createNodeKey, fileProtector } from "./file-protector.ts";

const secret = new Uint8Array(randomBytes(32));

describe("a node key in a file", () => {
  test("is made for its owner only, wraps and unwraps", async () => {
    const path = join(scratchFolder(), "keys", "node.key");
    createNodeKey(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
    expect(readFileSync(path)).toHaveLength(32);
    const wrapped = await fileProtector(path).wrap(secret);
    expect(await fileProtector(path).unwrap(wrapped)).toEqual(secret);
  });

  test("is never replaced", () => {
    const path = join(scratchFolder(), "keys", "node.key");
    createNodeKey(path);
    const before = readFileSync(path);
    expect(() => createNodeKey(path)).toThrow(expect.objectContaining({ code: "KEY_EXISTS" }));
    expect(readFileSync(path)).toEqual(before);
  });

  test.skipIf(process.platform === "win32").each([
    ["file", 0o640],
    ["file", 0o604],
    ["file", 0o620],
    ["folder", 0o750],
    ["folder", 0o701],
  ])("is refused when others may use its %s (mode %o)", async (what, mode) => {
    const path = join(scratchFolder(), "keys", "node.key");
    createNodeKey(path);
    chmodSync(what === "file" ? path : join(path, ".."), mode);
    await expect(fileProtector(path).wrap(secret)).rejects.toMatchObject({ code: "KEY_FILE_PERMISSIONS" });
  });

  test("is missed when it is not there, refused when it is not 32 bytes, and told from another", async () => {
    const folder = scratchFolder();
    chmodSync(folder, 0o700);
    await expect(fileProtector(join(folder, "none")).wrap(secret)).rejects.toMatchObject({ code: "KEY_MISSING" });
    for (const length of [0, 31, 33, 1000]) {
      writeFileSync(join(folder, `${length}`), randomBytes(length), { mode: 0o600 });
      await expect(fileProtector(join(folder, `${length}`)).wrap(secret)).rejects.toMatchObject({
        code: "KEY_MALFORMED",
      });
    }
    for (const name of ["a", "b"]) createNodeKey(join(folder, name));
    const wrapped = await fileProtector(join(folder, "a")).wrap(secret);
    await expect(fileProtector(join(folder, "b")).unwrap(wrapped)).rejects.toMatchObject({ code: "KEY_WRONG" });
  });
});

describe("a node key in the environment", () => {
  const withKey = (FIDUCIAL_NODE_KEY?: string) =>
    environmentProtector(FIDUCIAL_NODE_KEY === undefined ? {} : { FIDUCIAL_NODE_KEY });

  test("wraps and unwraps whatever is given", async () => {
    const protector = withKey(toBase64(randomBytes(32)));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (plain) => {
        expect(await protector.unwrap(await protector.wrap(plain))).toEqual(plain);
      }),
    );
  });

  test("is missed, refused or told from another", async () => {
    await expect(withKey().wrap(secret)).rejects.toMatchObject({ code: "KEY_MISSING" });
    await expect(withKey("").wrap(secret)).rejects.toMatchObject({ code: "KEY_MISSING" });
    await expect(withKey("not base64").wrap(secret)).rejects.toMatchObject({ code: "KEY_MALFORMED" });
    await expect(withKey(toBase64(randomBytes(16))).wrap(secret)).rejects.toMatchObject({ code: "KEY_MALFORMED" });
    const wrapped = await withKey(toBase64(randomBytes(32))).wrap(secret);
    await expect(withKey(toBase64(randomBytes(32))).unwrap(wrapped)).rejects.toMatchObject({ code: "KEY_WRONG" });
  });
});

describe("a program that wraps", () => {
  const node = (script: string): Command => [process.execPath, "-e", script];
  const copy = node("process.stdin.pipe(process.stdout)");
  const failsWith = async (unwrap: Command, reason: unknown) => {
    const protector = commandProtector({ wrap: copy, unwrap, timeoutMs: 3000 });
    await expect(protector.unwrap(secret)).rejects.toMatchObject({ code: "KEY_PROGRAM_FAILED", data: { reason } });
  };

  test("reads standard input and writes standard output, and no shell reads its arguments", async () => {
    const mask = (by: string) =>
      [
        process.execPath,
        "-e",
        "process.stdin.on('data', (b) => process.stdout.write(b.map((x) => x ^ process.argv[1].length)))",
        by,
      ] as const;
    const protector = commandProtector({ wrap: mask("$(date); `id`"), unwrap: mask("$(date); `id`") });
    const wrapped = await protector.wrap(secret);
    expect(wrapped).toEqual(secret.map((byte) => byte ^ 13));
    expect(await protector.unwrap(wrapped)).toEqual(secret);
  });

  test("may be openssl", async () => {
    const key = ["-K", randomBytes(32).toString("hex"), "-iv", "0".repeat(32)];
    const protector = commandProtector({
      wrap: ["openssl", "enc", "-aes-256-cbc", ...key],
      unwrap: ["openssl", "enc", "-d", "-aes-256-cbc", ...key],
    });
    expect(await protector.unwrap(await protector.wrap(secret))).toEqual(secret);
  });

  test("that fails, is not there, says nothing, says too much or does not end is an error with the reason", async () => {
    await failsWith(node("process.exit(3)"), "exit 3");
    await failsWith(["no-such-program-anywhere"], "start");
    await failsWith(node(""), "empty");
    await failsWith(node("process.stdout.write('x'.repeat(100_000))"), "length");
    const never = commandProtector({ wrap: copy, unwrap: node("setInterval(() => {}, 1000)"), timeoutMs: 300 });
    await expect(never.unwrap(secret)).rejects.toMatchObject({ data: { reason: "time" } });
  });

  test("does not find the node key in its environment", async () => {
    process.env["FIDUCIAL_NODE_KEY"] = "should not be seen";
    try {
      const tell = node("process.stdout.write(String(process.env.FIDUCIAL_NODE_KEY) + ' ' + typeof process.env.PATH)");
      const told = await commandProtector({ wrap: tell, unwrap: tell }).wrap(secret);
      expect(Buffer.from(told).toString()).toBe("undefined string");
    } finally {
      delete process.env["FIDUCIAL_NODE_KEY"];
    }
  });
});
