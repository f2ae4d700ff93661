import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";
import { startServer } from "../server.ts";
import { defaultDataFolder, defaultKeysFolder, runningNode, whoAnswers } from "./data-folder.ts";

afterEach(() => void vi.unstubAllEnvs());

describe("a folder", () => {
  test("whose vault is gone is not opened, and gets no empty one; brought back, it opens", async () => {
    const scratch = scratchNode();
    await (await scratch.open()).ingest([scratch.file("one.dcm")]);
    await scratch.close();
    renameSync(join(scratch.data, "vault.db"), join(scratch.folder, "vault.db"));
    await expect(scratch.open()).rejects.toMatchObject({ code: "VAULT_MISSING" });
    expect(existsSync(join(scratch.data, "vault.db"))).toBe(false);
    renameSync(join(scratch.folder, "vault.db"), join(scratch.data, "vault.db"));
    expect(await (await scratch.open()).verify(scratch.file("one.dcm"))).toMatchObject({ verdict: "identical" });
  });

  test("that is a backup is not opened", async () => {
    const scratch = scratchNode();
    const backup = join(scratch.folder, "backup");
    await (await scratch.open()).operations.backUp(backup);
    await expect(scratch.open({ data: backup })).rejects.toMatchObject({ code: "FOLDER_IS_BACKUP" });
  });

  test("that others could read is its owner's alone once it is opened", async () => {
    const scratch = scratchNode();
    mkdirSync(scratch.data, { mode: 0o755 });
    await scratch.open();
    expect(statSync(scratch.data).mode & 0o077).toBe(0);
  });

  test("says who has it open only of this machine, and only when it is a node's", async () => {
    const scratch = scratchNode();
    const { identity } = await scratch.open();
    const announce = (text: unknown) => writeFileSync(join(scratch.data, "running.json"), JSON.stringify(text));
    const url = "http://localhost:8400";
    announce({ url, pid: process.pid });
    expect(runningNode(scratch.data)).toBe(url);
    for (const pid of [0, -1, 1.5, "1", undefined]) {
      announce({ url, pid });
      expect(runningNode(scratch.data)).toBeUndefined();
    }
    for (const elsewhere of [
      "http://evil.example",
      "https://evil.example",
      "ftp://localhost",
      "file:///etc",
      "",
      8400,
    ]) {
      announce({ url: elsewhere, pid: process.pid });
      expect(runningNode(scratch.data)).toBeUndefined();
    }
    mkdirSync(join(scratch.folder, "empty"));
    writeFileSync(join(scratch.folder, "empty", "running.json"), JSON.stringify({ url, pid: process.pid }));
    expect(runningNode(join(scratch.folder, "empty"))).toBeUndefined();
    expect(identity.origin).not.toBe("");
  });

  test("is asked of whoever answers, before anything is sent there", async () => {
    const scratch = scratchNode();
    const server = await startServer(await scratch.open(), { port: 0, host: "127.0.0.1" });
    onTestFinished(() => server.close());
    expect(await whoAnswers(scratch.data, server.url)).toBe("its node");
    const other = scratchNode();
    await other.open();
    expect(await whoAnswers(other.data, server.url)).toBe("another");
    expect(await whoAnswers(scratch.data, "http://localhost:1")).toBe("another");
  });

  test("is never where somebody happens to be because a variable is empty", () => {
    for (const name of ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "FIDUCIAL_DATA", "FIDUCIAL_KEYS"]) vi.stubEnv(name, "");
    expect(defaultDataFolder()).toBe(join(homedir(), ".local", "share", "fiducial"));
    const identity = { origin: "log.example/one" } as Parameters<typeof defaultKeysFolder>[0];
    expect(defaultKeysFolder(identity).startsWith(join(homedir(), ".config", "fiducial"))).toBe(true);
  });
});

describe("commands in front of a key service", () => {
  const turned = ["tr", "\\000-\\377", "\\001-\\377\\000"] as const;
  const back = ["tr", "\\000-\\377", "\\377\\000-\\376"] as const;

  test("protect a node's keys, and nothing opens without them", async () => {
    const scratch = scratchNode();
    const configured = join(scratch.keys, "protector.json");
    mkdirSync(scratch.keys, { mode: 0o700 });
    writeFileSync(configured, JSON.stringify({ wrap: turned, unwrap: back }), { mode: 0o600 });
    await (await scratch.open()).ingest([scratch.file("one.dcm")]);
    expect(existsSync(join(scratch.keys, "node.key"))).toBe(false);
    expect(await (await scratch.open()).verify(scratch.file("one.dcm"))).toMatchObject({ verdict: "identical" });
    writeFileSync(configured, JSON.stringify({ wrap: turned, unwrap: turned }));
    await expect(scratch.open()).rejects.toMatchObject({ code: "KEY_WRONG" });
    rmSync(configured);
    await expect(scratch.open()).rejects.toMatchObject({ code: "KEYS_MISSING" });
  });

  test("that are not told as two commands are refused", async () => {
    const scratch = scratchNode();
    mkdirSync(scratch.keys, { mode: 0o700 });
    for (const text of ["", "[]", '{"wrap":["a"]}', '{"wrap":[],"unwrap":["b"]}', '{"unwrap":["b"],"wrap":"a"}']) {
      writeFileSync(join(scratch.keys, "protector.json"), text);
      await expect(scratch.open(), text).rejects.toMatchObject({ code: "PROTECTOR_MALFORMED" });
    }
  });
});
