import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configurationFile } from "../folder/data-folder.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { boundedApp } from "../serving/bounded-app.ts";
import { defaultLimits } from "../serving/limits.ts";
import { parseJsonFile } from "./json-file.ts";
import { nearest } from "./nearest.ts";
import { type ConfigurationProblem, configurationProblems, problemLine } from "./problems.ts";
import { readConfiguration } from "./read-configuration.ts";
import { ConfigurationSchema } from "./schema.ts";
import { settings } from "./settings.ts";
import type { Given } from "./sources.ts";

function place(text?: string) {
  const { folder, data } = scratchNode();
  mkdirSync(data);
  const file = join(data, configurationFile);
  if (text !== undefined) writeFileSync(file, text);
  const read = (given: Partial<Given> = {}) => readConfiguration({ environment: {}, usualData: data, ...given });
  return { folder, data, file, read };
}

const told = (problems: readonly ConfigurationProblem[]) =>
  problems.map(({ code, setting, nearest: near }) => [code, setting, near]);

describe("sources", () => {
  test("nothing given is the defaults, which the schema takes", () => {
    const { data, read } = place();
    const { configuration, problems, effective } = read();
    expect(problems).toEqual([]);
    expect(configuration).toEqual({ ...ConfigurationSchema.parse({}), data });
    expect(new Set(effective.map(({ source }) => source))).toEqual(new Set(["default"]));
  });

  test("the file goes over defaults, the environment over the file, the command line over all, and each is told", () => {
    const { read, file } = place('{\n  "http": {"port": 1, "host": "::1"},\n  "dicom": {"aeTitle": "ONE"}\n}');
    const { configuration, effective } = read({
      environment: {
        FIDUCIAL_HTTP_PORT: "2",
        FIDUCIAL_DICOM_PORT: "104",
        FIDUCIAL_HTTP_TRUSTED_PROXIES: "10.0.0.1, fd00::/8",
      },
      flags: { "http.port": 3 },
      assignments: ["limits.uploads=7", "metrics.enabled=false"],
    });
    expect(configuration).toMatchObject({
      http: { port: 3, host: "::1", trustedProxies: ["10.0.0.1", "fd00::/8"] },
      dicom: { aeTitle: "ONE", port: 104 },
      limits: { uploads: 7, audits: 1 },
      metrics: { enabled: false },
    });
    const by = new Map(effective.map((setting) => [setting.path, setting]));
    expect(by.get("http.port")).toEqual({ path: "http.port", value: 3, source: "command line", where: "--port" });
    expect(by.get("http.host")).toMatchObject({ source: "file", where: `${file}:2:23` });
    expect(by.get("dicom.port")).toMatchObject({ source: "environment", where: "FIDUCIAL_DICOM_PORT" });
    expect(by.get("limits.uploads")).toMatchObject({ source: "command line", where: "--set limits.uploads" });
    expect(by.get("limits.audits")).toMatchObject({ source: "default", value: 1 });
  });

  test("lists of connections come from the environment as JSON", () => {
    const { read } = place();
    const FIDUCIAL_FOLDERS = '[{"id": "scanner", "path": "/in"}]';
    expect(read({ environment: { FIDUCIAL_FOLDERS } }).configuration?.folders).toEqual([
      { id: "scanner", path: "/in", afterwards: "keep", pollSeconds: 5 },
    ]);
  });

  test("an empty variable counts as none, one that is nobody's is told and stops nothing", () => {
    const { read } = place();
    const { configuration, unknownVariables } = read({
      environment: {
        FIDUCIAL_HTTP_PORT: "",
        FIDUCIAL_HTTP_PRT: "1",
        FIDUCIAL_PORT_8400_TCP_ADDR: "x",
        OTHER: "1",
        FIDUCIAL_DEBUG: "1",
        FIDUCIAL_TOKEN: "x",
      },
    });
    expect(configuration?.http.port).toBe(8400);
    expect(unknownVariables).toEqual([
      { name: "FIDUCIAL_HTTP_PRT", nearest: "FIDUCIAL_HTTP_PORT" },
      { name: "FIDUCIAL_PORT_8400_TCP_ADDR" },
    ]);
  });

  test("a file elsewhere may name the data folder, one inside it no other", () => {
    const { folder, data, read } = place(JSON.stringify({ data: "/elsewhere" }));
    expect(told(read().problems)).toEqual([["SETTING_ELSEWHERE", "data", undefined]]);
    const file = join(folder, "other.json");
    writeFileSync(file, JSON.stringify({ data: join(folder, "third") }));
    expect(read({ file }).data).toBe(join(folder, "third"));
    expect(read({ file, flags: { data } }).data).toBe(data);
    expect(read({ environment: { FIDUCIAL_CONFIG: file } }).file).toBe(file);
    expect(told(read({ file: join(folder, "none.json") }).problems)).toEqual([
      ["CONFIGURATION_UNREADABLE", undefined, undefined],
    ]);
  });
});

describe("what is wrong", () => {
  test.each([
    "http.publicUrl=https://fiducial.example/?a",
    "http.publicUrl=https://fiducial.example?",
    "http.publicUrl=https://fiducial.example/#",
    "signIn.issuer=https://issuer.example/?a",
    "http.trustedProxies=0.0.0.0/00",
    "http.trustedProxies=10.0.0.0/08",
    "http.trustedProxies=0.0.0.0/0",
    "http.trustedProxies=::/0",
    "http.trustedProxies=fe80::1%lo",
    'dicom.callers=[{"aeTitle": "CT1", "addresses": ["0.0.0.0/00"]}]',
  ])("%s is not taken", (assignment) => {
    const { read } = place("{}");
    const others = ["http.publicUrl=https://fiducial.example", "signIn.clientId=a"];
    const { problems, configuration } = read({ assignments: [...others, assignment] });
    expect([configuration, problems.map(({ code }) => code)]).toEqual([undefined, ["SETTING_INVALID"]]);
  });

  test.each([
    "10.0.0.1",
    "10.0.0.0/8",
    "0.0.0.0/1",
    "::1",
    "fd00::/8",
    "::/1",
    "::ffff:10.0.0.0/104",
    "::ffff:10.0.0.1",
    "::10.0.0.1",
  ])("a server starts with the proxy %s", async (proxy) => {
    const { read } = place("{}");
    const { configuration } = read({ assignments: [`http.trustedProxies=${proxy}`] });
    const { trustedProxies } = configuration?.http ?? {};
    expect(trustedProxies).toEqual([proxy]);
    await boundedApp(defaultLimits, { trustedProxies: trustedProxies ?? [] }).close();
  });

  test("is told all at once, with path, place, what is allowed, and what was meant", () => {
    const { read, file } = place(
      `{
  "http": {"prot": 1, "port": "8400", "trustedProxies": ["10.0.0.0/33"]},
  "dicomm": {},
  "dicom": {"aeTitle": "A TITLE THAT IS TOO LONG", "callers": [{"aeTitel": "CT1", "addresses": ["x"]}]},
  "folders": [{"id": "a", "path": "/in"}, {"id": "B", "afterwards": "burn"}],
  "mode": "prod",
  "signIn": {"roles": {"staff": ["king"]}}
}`,
    );
    const { problems, configuration } = read({
      environment: { FIDUCIAL_LOGGING_LEVEL: "loud" },
      assignments: ["http.hots=x"],
    });
    expect(configuration).toBeUndefined();
    expect(told(problems)).toEqual(
      expect.arrayContaining([
        ["SETTING_UNKNOWN", "http.hots", "http.host"],
        ["SETTING_UNKNOWN", "http.prot", "http.port"],
        ["SETTING_INVALID", "http.port", undefined],
        ["SETTING_INVALID", "http.trustedProxies[0]", undefined],
        ["SETTING_UNKNOWN", "dicomm", "dicom"],
        ["SETTING_INVALID", "dicom.aeTitle", undefined],
        ["SETTING_UNKNOWN", "dicom.callers[0].aeTitel", "dicom.callers[].aeTitle"],
        ["SETTING_MISSING", "dicom.callers[0].aeTitle", undefined],
        ["SETTING_INVALID", "dicom.callers[0].addresses[0]", undefined],
        ["SETTING_INVALID", "folders[1].id", undefined],
        ["SETTING_MISSING", "folders[1].path", undefined],
        ["SETTING_INVALID", "folders[1].afterwards", undefined],
        ["SETTING_INVALID", "mode", undefined],
        ["SETTING_INVALID", "signIn.roles.staff[0]", undefined],
        ["SETTING_INVALID", "logging.level", undefined],
      ]),
    );
    expect(problems).toHaveLength(15);
    const by = new Map(problems.map((problem) => [problem.setting, problem]));
    expect(by.get("http.port")).toMatchObject({ where: `${file}:2:23`, allowed: "a whole number from 0 to 65535" });
    expect(by.get("folders[1].afterwards")).toMatchObject({
      where: `${file}:5:55`,
      allowed: "one of keep, remove",
    });
    expect(by.get("logging.level")?.where).toBe("FIDUCIAL_LOGGING_LEVEL");
    for (const problem of problems) expect(problem.where, problem.setting).not.toBe("");
  });

  test.each([
    ["a comma before the end", '{"http": {"port": 1,}}', "1:21"],
    ["a comma in a list", '{"folders": [\n  {},\n]}', "3:1"],
    ["a byte order mark", "\ufeff{}", "1:1"],
    ["a comment", "{\n  // here\n}", "2:3"],
    ["an end too early", '{"http": {', "1:11"],
    ["no object", "[]", "1:1"],
    ["nothing", "", "1:1"],
    ["words", "port: 8400", "1:1"],
  ])("%s is told with its line and column", (_, text, place) => {
    const [problem, ...others] = parseJsonFile("f.json", text).problems;
    expect([problem?.code, problem?.where, others]).toEqual(["CONFIGURATION_MALFORMED", `f.json:${place}`, []]);
  });

  test("a name that stands twice is told, and bytes that are no UTF-8", () => {
    const { problems } = parseJsonFile("f", '{"http": {"port": 1, "port": 2}}');
    expect(problems).toEqual([{ code: "SETTING_TWICE", setting: "http.port", where: "f:1:22" }]);
    const { file, read } = place("");
    writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));
    expect(told(read().problems)).toEqual([["CONFIGURATION_MALFORMED", undefined, undefined]]);
  });

  test("a member of any name is a member and nothing else", () => {
    const { read } = place(
      '{"__proto__": {"mode": "production"}, "http": {"constructor": 1, "__proto__": {"port": 1}}}',
    );
    expect(told(read().problems).map(([code]) => code)).toEqual([
      "SETTING_UNKNOWN",
      "SETTING_UNKNOWN",
      "SETTING_UNKNOWN",
    ]);
    expect(({} as { mode?: string }).mode).toBeUndefined();
  });

  test("secrets are refused in the file and on the command line, by name, and never repeated", () => {
    const secret = "hunter2-very-secret";
    const { read } = place(
      JSON.stringify({
        signIn: { clientSecret: secret },
        metrics: { token: secret },
        orthanc: [{ id: "a", url: "http://a", password: secret }],
      }),
    );
    const { problems, effective } = read({ assignments: [`signIn.clientSecret=${secret}`] });
    expect(
      told(problems)
        .map(([code, setting]) => `${code} ${setting}`)
        .sort(),
    ).toEqual([
      "SETTING_SECRET metrics.token",
      "SETTING_SECRET orthanc[0].password",
      "SETTING_SECRET signIn.clientSecret",
      "SETTING_SECRET signIn.clientSecret",
    ]);
    expect(JSON.stringify([problems, effective, problems.map(problemLine)])).not.toContain(secret);
  });

  test("values are repeated nowhere but where a word of a list, a number or a yes or no is wanted", () => {
    const secret = "pass-word";
    const { read } = place(
      JSON.stringify({
        http: { publicUrl: `https://user:${secret}@x`, [secret]: 1, tls: { key: 7 }, host: `${secret} ` },
        mode: { [secret]: secret },
        pacs: { passwordFile: [secret], qidoUrl: secret },
        dicom: { aeTitle: `${secret}${secret}`, callers: secret },
        signIn: { groupsClaim: secret.repeat(60), scopes: [`${secret} `], roles: secret },
        unknown: secret,
      }),
    );
    const { problems } = read({ environment: { FIDUCIAL_FOLDERS: secret } });
    expect(problems.length).toBeGreaterThan(10);
    const named = problems.filter(({ setting }) => !setting?.includes(secret));
    expect(JSON.stringify([named, named.map(problemLine)])).not.toContain(secret);
  });

  test("a word that is mistyped is repeated, with the one that was probably meant", () => {
    const { read } = place(
      JSON.stringify({
        signIn: { roles: { staff: ["radiologst", "nobody-at-all"] } },
        http: { port: 99_999 },
        dicom: { tls: { requireClientCertificate: "yes" } },
      }),
    );
    const { problems } = read({ environment: { FIDUCIAL_LOGGING_LEVEL: "inof", FIDUCIAL_DICOM_PORT: "1o4" } });
    const by = new Map(problems.map((problem) => [problem.setting, problem]));
    expect(by.get("signIn.roles.staff[0]")).toMatchObject({ given: '"radiologst"', nearest: "radiologist" });
    expect(by.get("signIn.roles.staff[1]")).toMatchObject({ given: '"nobody-at-all"' });
    expect(by.get("signIn.roles.staff[1]")).not.toHaveProperty("nearest");
    expect(by.get("http.port")?.given).toBe("99999");
    expect(by.get("dicom.tls.requireClientCertificate")?.given).toBe('"yes"');
    expect(by.get("logging.level")).toMatchObject({ given: '"inof"', nearest: "info" });
    expect(by.get("dicom.port")?.given).toBe('"1o4"');
    expect(problemLine(by.get("logging.level") as ConfigurationProblem)).toContain('"inof"');
  });

  test.each([
    [{ http: { tls: { key: "k" } } }, ["http.tls.certificate"]],
    [{ signIn: { issuer: "https://i" } }, ["signIn.clientId", "http.publicUrl"]],
    [{ pacs: { wadoUrl: "http://p" } }, ["pacs.qidoUrl"]],
    [{ dicom: { tls: { requireClientCertificate: true } } }, ["dicom.tls.ca"]],
    [{ siem: { syslog: { certificate: "c" } } }, ["siem.syslog.key", "siem.syslog.host"]],
  ])("half of what goes together is missing the rest: %j", (given, missing) => {
    const { problems } = place(JSON.stringify(given)).read();
    expect(problems.map(({ code, allowed }) => [code, allowed])).toEqual(
      missing.map((path) => ["SETTING_MISSING", path]),
    );
  });
});

describe("the schema", () => {
  test("gives every setting an environment name and an option of its own, and each says what it does", () => {
    for (const names of [
      settings.map(({ environment }) => environment),
      settings.flatMap(({ notes }) => notes.flag ?? []),
    ])
      expect(new Set(names).size).toBe(names.length);
    for (const { path, notes, allowed, members } of settings) {
      for (const says of [notes.says, ...members.map((member) => member.says)])
        expect(says, path).toMatch(/^[A-Z].*[.]$/s);
      expect(allowed, path).not.toBe("");
    }
    expect(settings.find(({ path }) => path === "signIn.clientSecretFile")?.environment).toBe(
      "FIDUCIAL_SIGN_IN_CLIENT_SECRET_FILE",
    );
  });

  test("every problem has a sentence", () => {
    for (const code of Object.keys(configurationProblems) as (keyof typeof configurationProblems)[])
      expect(problemLine({ code, setting: "a.b", where: "f:1:1" })).toMatch(/^a\.b \(f:1:1\): [A-Z].*\.$/);
  });

  test("the nearest name is one that is near", () => {
    const names = ["port", "host", "publicUrl"];
    expect(["prot", "Port", "publicURL", "publikUrl", "x", ""].map((given) => nearest(given, names))).toEqual([
      "port",
      "port",
      "publicUrl",
      "publicUrl",
      undefined,
      undefined,
    ]);
  });
});
