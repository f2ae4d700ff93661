import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { settings } from "@fiducial/node/configuration";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settingOptions } from "./configuration-options.ts";
import { globalOptions } from "./program.ts";
import { bench } from "./scratch/fiducial-run.ts";

const secret = "hunter2-very-secret";
const b = bench([secret]);
const file = b.path("data", "fiducial.config.json");
beforeAll(() => mkdirSync(b.path("data"), { recursive: true, mode: 0o700 }));
afterAll(() => b.remove());

const write = (text: string) => writeFileSync(file, text);

test("options of the command line are those that the schema gives, in its words", () => {
  const globals = globalOptions.map(({ flags }) => flags.split(" ")[0]);
  const own = settings.filter(({ notes }) => notes.flag !== undefined && !globals.includes(notes.flag));
  expect(Object.keys(settingOptions).sort()).toEqual(own.map(({ path }) => path).sort());
  for (const { path, notes, form, allowed } of own) {
    const option = settingOptions[path];
    expect([option?.flags.split(" ")[0], option?.says]).toEqual([notes.flag, notes.says]);
    if (form === "number") expect(allowed).toBe(`a whole number from ${option?.whole?.join(" to ")}`);
    if (option?.choices !== undefined) expect(allowed).toBe(`one of ${option.choices.join(", ")}`);
  }
});

describe("fiducial config check", () => {
  test("is 0 when all is well", async () => {
    write("{}");
    const { exit, json } = await b.run("config", "check", "--port", "0", "--json");
    expect([exit, json()]).toEqual([0, [{ ok: true, file, problems: [], unknownVariables: [] }]]);
  });

  test("is 1 when a start would fail, with every reason", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as { port: number };
    write(JSON.stringify({ http: { port, tls: { certificate: "gone.pem", key: "gone.key" } } }));
    const { exit, json } = await b.run("config", "check", "--json");
    taken.close();
    expect(exit).toBe(1);
    expect(
      (json().flatMap(({ problems }) => problems) as { code: string; setting: string }[])
        .map(({ code, setting }) => `${code} ${setting}`)
        .sort(),
    ).toEqual([
      "LISTENING_NOT_POSSIBLE http.port",
      "SETTING_FILE_UNREADABLE http.tls.certificate",
      "SETTING_FILE_UNREADABLE http.tls.key",
    ]);
  });

  test("is 2 when the configuration is wrong, each mistake with its place and its code on a line of its own", async () => {
    write('{"http": {"prot": 1},\n "mode": "prod"}');
    const { exit, stderr, stdout } = await b.run("config", "check");
    expect([exit, stdout]).toEqual([2, ""]);
    const lines = stderr.trim().split("\n");
    expect(lines.map((line) => /\((\w+)\)$/.exec(line)?.[1]).sort()).toEqual([
      "CONFIGURATION_WRONG",
      "SETTING_INVALID",
      "SETTING_UNKNOWN",
    ]);
    expect(stderr).toContain(`http.prot (${file}:1:11)`);
    expect(stderr).toContain("http.port?");
    expect(stderr).toContain(`mode (${file}:2:2)`);
  });
});

describe("fiducial config check, of words and variables", () => {
  test("tells a variable that is no setting, with the one that was meant, and says so last; the exit status stays 0", async () => {
    write("{}");
    const { exit, stdout, stderr } = await b.runIn({ FIDUCIAL_HTTP_PRT: "1" }, "config", "check", "--port", "0");
    expect([exit, stderr]).toEqual([0, expect.stringMatching(/^FIDUCIAL_HTTP_PRT .*FIDUCIAL_HTTP_PORT\?\n$/)]);
    expect(stdout).toMatch(/1 variable is no setting/);
  });

  test("tells a role that is mistyped as it was given, and the one that was meant", async () => {
    write(JSON.stringify({ signIn: { roles: { staff: ["radiologst"] } } }));
    const { exit, stderr } = await b.run("config", "check");
    expect([exit, stderr]).toEqual([2, expect.stringMatching(/"radiologst".* radiologist\?/)]);
  });
});

describe("fiducial config show", () => {
  test("tells every setting and who gave it; secrets it tells nowhere", async () => {
    write(JSON.stringify({ http: { port: 8401 } }));
    const { exit, json } = await b.run("config", "show", "--json", "--host", "::1", "--set", "limits.uploads=3");
    expect(exit).toBe(0);
    const rows = new Map(json().map((row) => [row["path"], row]));
    expect([...rows.keys()]).toEqual(settings.map(({ path }) => path));
    expect(rows.get("http.port")).toMatchObject({ value: 8401, source: "file" });
    expect(rows.get("http.host")).toEqual({ path: "http.host", value: "::1", source: "command line", where: "--host" });
    expect(rows.get("data")).toMatchObject({ value: b.path("data"), source: "environment", where: "FIDUCIAL_DATA" });
    expect((await b.run("config", "show", "--given", "--json")).json().map(({ path }) => path)).toEqual([
      "data",
      "keys",
      "http.port",
    ]);
  });

  test("tells a secret in the file as a mistake, without the secret", async () => {
    write(JSON.stringify({ metrics: { token: secret } }));
    const { exit, stderr } = await b.run("config", "show");
    expect([exit, stderr]).toEqual([2, expect.stringContaining("(SETTING_SECRET)")]);
  });
});

describe("fiducial start", () => {
  test("starts with no configuration that is wrong, and makes nothing", async () => {
    write("{,}");
    const { exit, stderr } = await b.run("start", "--organization", "Riverside");
    expect([exit, stderr]).toEqual([2, expect.stringContaining(`(${file}:1:2)`)]);
  });

  test("refuses production with every reason", async () => {
    write("{}");
    const { exit, stderr } = await b.run(
      "start",
      "--mode",
      "production",
      "--organization",
      "Riverside",
      "--host",
      "0.0.0.0",
    );
    expect([exit, stderr.trim().split("\n").length]).toEqual([1, 5]);
    expect(stderr).toContain("(CONFIGURATION_REFUSED)");
  });

  test("makes a folder for an organization that is named, beside its configuration, and listens where that says", async () => {
    write(JSON.stringify({ organization: "Riverside Clinic", http: { port: 0 } }));
    const { child, ended } = b.start("start", "--json");
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.once("data", (line: string) => resolve((JSON.parse(line) as { url: string }).url));
      ended.then(({ stderr }) => reject(new Error(stderr)), reject);
    });
    const health = (await (await fetch(`${url}/api/v1/health`)).json()) as {
      organization: { name: string };
      disk: object;
    };
    child.kill("SIGTERM");
    await ended;
    expect(health).toMatchObject({
      organization: { name: "Riverside Clinic" },
      disk: { totalBytes: expect.any(Number) },
    });
  });
});
