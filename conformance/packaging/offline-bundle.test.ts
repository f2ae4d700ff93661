// The offline bundle as a hospital gets it: its signature by openssl's own judgement, installed in an empty folder without a network, and used.

import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { arch, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallObject } from "../../packages/dicom/src/phantom/index.ts";
import { run } from "../../scripts/test/process.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "fiducial-offline-"));
const at = (...names: string[]) => join(folder, ...names);
let bundle = "";
/** A network of its own with nothing in it, where this process may make one. */
let alone: readonly string[] = [];

beforeAll(async () => {
  await ok("openssl", "genpkey", "-algorithm", "ed25519", "-out", at("release.pem"));
  await ok("openssl", "pkey", "-in", at("release.pem"), "-pubout", "-out", at("release.pub"));
  const cpu = arch() === "arm64" ? "arm64" : "x64";
  await ok(process.execPath, "scripts/offline-bundle.ts", at("bundle.tar"), "--key", at("release.pem"), "--cpu", cpu);
  await ok("tar", "-xf", at("bundle.tar"), "-C", folder);
  bundle = at(readdirSync(folder).find((name) => name.startsWith("fiducial-")) ?? "none");
  const may = await run("unshare", ["-n", "true"], { cwd: root }).catch(() => ({ code: 1 }));
  alone = may.code === 0 ? ["unshare", "-n"] : [];
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("openssl verifies the signature over the digests, and no other", async () => {
  const files = ["-in", join(bundle, "SHA256SUMS"), "-sigfile", join(bundle, "SHA256SUMS.sig")];
  const verify = (key: string) =>
    run("openssl", ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", ...files], { cwd: root });
  expect((await verify(at("release.pub"))).code).toBe(0);
  await ok("openssl", "genpkey", "-algorithm", "ed25519", "-out", at("other.pem"));
  await ok("openssl", "pkey", "-in", at("other.pem"), "-pubout", "-out", at("other.pub"));
  expect((await verify(at("other.pub"))).code).not.toBe(0);
  expect((await install("wrong", "--public-key", at("other.pub"))).code).toBe(1);
  expect((await install("wrong")).code).toBe(2);
  expect(existsSync(at("wrong"))).toBe(false);
});

test("every file is in the digests, and the bill of materials names what is installed", () => {
  const listed = readFileSync(join(bundle, "SHA256SUMS"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.slice(66));
  const there = readdirSync(bundle, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(
    there
      .map((entry) => join(entry.parentPath, entry.name).slice(bundle.length + 1))
      .filter((file) => !file.startsWith("SHA256SUMS"))
      .sort(),
  ).toEqual(listed.sort());
  const bill = JSON.parse(readFileSync(join(bundle, "sbom.cdx.json"), "utf8")) as {
    components: { "bom-ref": string }[];
  };
  const refs = new Set(bill.components.map((component) => component["bom-ref"]));
  const tarballs = readFileSync(join(bundle, "layout"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  const others = tarballs.filter(([, path = ""]) => !path.startsWith("node_modules/@fiducial/"));
  expect(others.length).toBeGreaterThan(30);
  for (const [, path = "", file = ""] of others) {
    const name = path.split("node_modules/").at(-1) ?? "";
    const version = file.slice(name.replace(/^@/, "").replace("/", "-").length + 1, -".tgz".length);
    expect(refs, `${name}@${version}`).toContain(`${name}@${version}`);
  }
});

test("installs into an empty folder without a network, tells its version, takes a file in, verifies it, and knows its page", async () => {
  const installed = await install("opt", "--public-key", at("release.pub"));
  expect(installed, installed.output).toMatchObject({ code: 0 });
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  expect((await fiducial("--version")).output.trim()).toBe(version);
  writeFileSync(at("image.dcm"), smallObject({ seed: "offline" }));
  const ingested = await fiducial("ingest", at("image.dcm"), "--data", at("data"), "--keys", at("keys"), "--json");
  expect(ingested, ingested.output).toMatchObject({ code: 0 });
  const verified = await fiducial("verify", at("image.dcm"), "--data", at("data"), "--keys", at("keys"), "--json");
  expect(JSON.parse(verified.output.split("\n")[0] ?? "")).toMatchObject({ verdict: "identical" });
  const shown = await fiducial("config", "show", "--given", "--json");
  expect(shown.output).toContain('"path":"http.page"');
});

test("a file that was changed after signing stops the installation, and what was there before stays", async () => {
  appendFileSync(join(bundle, "layout"), "all\tnode_modules/evil\tevil.tgz\n");
  const installed = await install("opt", "--public-key", at("release.pub"));
  expect(installed.code).toBe(1);
  expect((await fiducial("--version")).code).toBe(0);
});

async function ok(command: string, ...args: readonly string[]): Promise<void> {
  const { code, output } = await run(command, args, { cwd: root });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}\n${output}`);
}

function install(prefix: string, ...options: readonly string[]) {
  return here(join(bundle, "install.sh"), "--prefix", at(prefix), ...options);
}

function fiducial(...args: readonly string[]) {
  return here(at("opt", "bin", "fiducial"), ...args);
}

// With the system's own programs alone: no Node, no npm, and no cache of anybody.
function here(...command: readonly string[]) {
  const [program = "", ...args] = [...alone, ...command];
  return run(program, args, { cwd: folder, env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", HOME: at("home") } });
}
