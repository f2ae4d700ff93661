import { randomBytes } from "node:crypto";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { tamper, valuesOnDisk } from "../scratch/disk.ts";
import { refused, testGuards } from "../scratch/guards.ts";
import { keepStudy, randomStatement } from "../scratch/sample-study.ts";
import { scratchFolder, scratchProtector, scratchVault } from "../scratch/scratch-vault.ts";
import * as door from "./index.ts";

testGuards(door, [
  {
    title: "no two values are encrypted under the same nonce",
    mutant: [
      [
        "encryption/cipher.ts",
        "return randomBytes(nonceBytes);",
        "return Buffer.alloc(nonceBytes, 7 + 0 * randomBytes.length);",
      ],
    ],
    holds: async ({ openVault }) => {
      const { vault, path } = await scratchVault(openVault);
      await keepStudy(vault, { patientId: "A" });
      await keepStudy(vault, { patientId: "B" });
      const columns = /\.(?:key|bond|handle|facts|content|items)$/;
      const sealed = valuesOnDisk(path).filter(({ column }) => columns.test(column));
      const nonces = sealed.map(({ value }) => value.subarray(0, 12).toString("hex"));
      return nonces.length > 20 && new Set(nonces).size === nonces.length;
    },
  },
  {
    title: "a row does not open in another row's place",
    mutant: [
      [
        "encryption/cipher.ts",
        ".setAAD(additionalData(place));\n  return concat(nonce",
        ";\n  additionalData(place);\n  return concat(nonce",
      ],
      ["encryption/cipher.ts", "decipher.setAAD(additionalData(place)).setAuthTag(", "decipher.setAuthTag("],
    ],
    holds: async ({ openVault }) => {
      const { vault, path, reopen } = await scratchVault(openVault);
      const { statement } = await keepStudy(vault, { patientId: "A" });
      await keepStudy(vault, { patientId: "A" });
      await vault.close();
      tamper(path, "UPDATE part SET content = (SELECT content FROM part AS other WHERE other.id = 3 - part.id)");
      const changed = await reopen();
      return refused("VAULT_CORRUPT", () => changed.disclosures(statement));
    },
  },
  {
    title: "each subject has a key of its own",
    mutant: [["subjects/subjects.ts", "const key = randomBytes(keyBytes);", "const key = new Uint8Array(keyBytes);"]],
    holds: async ({ openVault }) => {
      const { vault, path, reopen } = await scratchVault(openVault);
      const { statement } = await keepStudy(vault, { patientId: "A" });
      await keepStudy(vault, { patientId: "B" });
      await vault.close();
      tamper(path, "UPDATE part SET subject = 2");
      const changed = await reopen();
      return refused("VAULT_CORRUPT", () => changed.disclosures(statement));
    },
  },
  {
    title: "no salt serves two values",
    mutant: [["statements/part.ts", "salts.size === disclosures.length &&", ""]],
    holds: async ({ openVault }) => {
      const { vault } = await scratchVault(openVault);
      const subject = await vault.write((writer) => writer.subjectOf({ issuer: "", patientId: "A" }));
      const salt = "5a".repeat(32);
      const disclosures = { sex: { salt, value: "F" }, age: { salt, value: 34 } };
      return refused("VALUE_MALFORMED", () =>
        vault.write((writer) => writer.keep({ statement: randomStatement(), subject, disclosures })),
      );
    },
  },
  {
    title: "the issuer belongs to a patient's identity",
    mutant: [
      ["vault-writer.ts", '["identity", issuer, patientId],', '["identity", String(issuer.length * 0), patientId],'],
    ],
    holds: async ({ openVault }) => {
      const { vault } = await scratchVault(openVault);
      const [north, south] = await vault.write((writer) =>
        ["North", "South"].map((issuer) => writer.subjectOf({ issuer, patientId: "1" })),
      );
      return north !== south;
    },
  },
  {
    title: "an answer comes after the commit",
    mutant: [["store/transactions.ts", "return () => resolve(result);", "resolve(result);\n    return () => {};"]],
    holds: async ({ openVault }) => {
      const { vault } = await scratchVault(openVault);
      // Both are in one group; the second fails it as a failing disk does.
      const first = vault.write((writer) => writer.organizationSubject());
      const second = vault.write(() => {
        throw Object.assign(new Error("disk I/O error"), { errcode: 10 });
      });
      const [one] = await Promise.allSettled([first, second]);
      return one.status === "rejected";
    },
  },
  {
    title: "another node key is told from the right one when the protector cannot",
    mutant: [["encryption/vault-keys.ts", "if (!isRight)", "if (!isRight && false)"]],
    holds: async ({ openVault }) => {
      const bare = (by: number) => ({
        name: "bare",
        wrap: async (plain: Uint8Array) => plain.map((byte) => byte ^ by),
        unwrap: async (plain: Uint8Array) => plain.map((byte) => byte ^ by),
      });
      const path = join(scratchFolder(), "vault.db");
      await (await openVault({ path, protector: bare(1), erased: [] })).close();
      return refused("KEY_WRONG", async () => (await openVault({ path, protector: bare(2), erased: [] })).close());
    },
  },
  {
    title: "a node key that others may read is refused",
    mutant: [["keyring/file-protector.ts", "(mode & 0o077) !== 0", "(mode & 0o077) > 0o777"]],
    holds: async ({ createNodeKey, fileProtector }) => {
      const path = join(scratchFolder(), "keys", "node.key");
      createNodeKey(path);
      chmodSync(path, 0o640);
      return refused("KEY_FILE_PERMISSIONS", () => fileProtector(path).wrap(randomBytes(32)));
    },
  },
  {
    title: "a log key's high-water mark never goes back",
    mutant: [
      ["keyring/high-water.ts", "before !== undefined && size < before.size", "before !== undefined && size < 0"],
    ],
    holds: async ({ openKeyring }) => {
      const mark = openKeyring(join(scratchFolder(), "keys"), scratchProtector()).highWater("log");
      mark.write({ size: 5, rootHash: "a".repeat(64) });
      return refused("HIGH_WATER_BACKWARD", () => mark.write({ size: 4, rootHash: "a".repeat(64) }));
    },
  },
]);
