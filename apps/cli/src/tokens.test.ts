// Tokens from the command line: whom the node lets in by them, in a folder and over HTTP.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiClient, scopes as apiScopes } from "@fiducial/api";
import { machinesOf, openNode, operatorTokenOf, startServer } from "@fiducial/node";
import { expect, onTestFinished, test } from "vitest";
import { scopes } from "./commands/tokens-add.ts";
import { overHttp } from "./over-http.ts";
import { bench } from "./scratch/fiducial-run.ts";
import { patientData, writeStudies } from "./scratch/phantom-files.ts";
import { givenToken, tokenOf } from "./token.ts";

async function served() {
  const folder = mkdtempSync(join(tmpdir(), "tokens-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [data, keys] = [join(folder, "data"), join(folder, "keys")];
  const node = await openNode({ data, keys, create: true, threads: 1 });
  onTestFinished(() => node.close());
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
  return { folder, data, keys, node, url: server.url };
}

test("the scopes that can be asked for are those of the API", () => {
  expect(scopes).toEqual(apiScopes);
});

test("the command on the node's machine is its operator, and adds machines that are let in by what it prints", async () => {
  const { folder, data, keys, node, url } = await served();
  const operator = overHttp({ url, token: operatorTokenOf(data, keys) });
  const { client, secret } = await operator.machines.add({ name: "Research gateway", scopes: ["ledger.read"] });
  const file = join(folder, "token");
  writeFileSync(file, `${client}:${secret}\n`);
  const machine = overHttp({ url, token: givenToken({ tokenFile: file }, url) });
  expect((await machine.entries({ limit: 1 })).entries).toHaveLength(1);
  await expect(machine.machines.list()).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  expect(await operator.machines.list()).toEqual(await machinesOf(node).list());
  await operator.machines.revoke(client);
  await expect(machine.entries({ limit: 1 })).rejects.toMatchObject({ code: "TOKEN_INVALID" });
  await expect(overHttp({ url, token: undefined }).entries({})).rejects.toMatchObject({ code: "NOT_SIGNED_IN" });
});

test("credentials are exchanged again shortly before a token ends, and not before", async () => {
  const { node, url } = await served();
  const { client, secret } = await machinesOf(node).add({ name: "m", scopes: ["ledger.read"] });
  let now = 0;
  const token = tokenOf(`${client}:${secret}`, url, () => now) as () => Promise<string>;
  const first = await token();
  now += 800_000;
  expect(await token()).toBe(first);
  now += 60_000;
  const second = await token();
  expect(second).not.toBe(first);
  expect(await apiClient({ baseUrl: url, token: second }).session()).toMatchObject({ caller: "machine" });
});

test("a token as it is goes as it is, and a file that is not there is named", () => {
  expect(tokenOf("abc", "http://node.example")).toBe("abc");
  expect(() => givenToken({ tokenFile: "/nowhere/token" }, "http://node.example")).toThrow(
    expect.objectContaining({ code: "PATH_UNREADABLE" }),
  );
});

test("a node that is asked without a token says how to give one, and where the operator's is", async () => {
  const b = bench(patientData);
  onTestFinished(() => b.remove());
  writeStudies(b.path("in"));
  await b.run("ingest", b.path("in"));
  const { child, ended } = b.start("start", "--port", "0", "--json");
  const url = await new Promise<string>((resolve) => {
    child.stdout?.once("data", (line: string) => resolve((JSON.parse(line) as { url: string }).url));
  });
  const file = b.path("in", "report.dcm");
  const asked = await b.run("verify", file, "--node", url);
  const operator = b.path("keys", "operator.token");
  expect([asked.exit, asked.stderr]).toEqual([1, expect.stringContaining("(NOT_SIGNED_IN)")]);
  for (const word of ["--token-file", operator]) expect(asked.stderr).toContain(word);
  expect((await b.run("verify", file, "--node", url, "--token-file", operator)).exit).toBe(0);
  const elsewhere = await b.run("verify", file, "--node", url, "--keys", b.path("no-keys"));
  expect(elsewhere.stderr).toContain("--data");
  expect(elsewhere.stderr).not.toContain(operator);
  child.kill("SIGTERM");
  await ended;
});
