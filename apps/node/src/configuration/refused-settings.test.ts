// Settings that are not taken: told all at once, with path, place, what is allowed and what was meant.
import { expect, test } from "vitest";
import { place, told } from "../scratch/written-configuration.ts";
import { boundedApp } from "../serving/bounded-app.ts";
import { defaultLimits } from "../serving/limits.ts";
import { productionProblems } from "./production.ts";

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

test("what is wrong is told all at once, with path, place, what is allowed, and what was meant", () => {
  const { read, file } = place(
    `{
  "http": {"prot": 1, "port": "8400", "trustedProxies": ["10.0.0.0/33"]},
  "dicomm": {},
  "dicom": {"aeTitle": "A TITLE THAT IS TOO LONG", "callers": [{"aeTitel": "CT1", "addresses": ["x"]}]},
  "folders": [{"id": "a", "path": "/in"}, {"id": "B", "afterwards": "burn"}],
  "mode": "prod",
  "orthanc": [{"id": "o", "url": "http://localhost", "pasword": "x"}],
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
      ["SETTING_UNKNOWN", "orthanc[0].pasword", "orthanc[].passwordFile"],
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
  expect(problems).toHaveLength(16);
  const by = new Map(problems.map((problem) => [problem.setting, problem]));
  expect(by.get("http.port")).toMatchObject({ where: `${file}:2:23`, allowed: "a whole number from 0 to 65535" });
  expect(by.get("folders[1].afterwards")).toMatchObject({
    where: `${file}:5:55`,
    allowed: "one of keep, remove",
  });
  expect(by.get("logging.level")?.where).toBe("FIDUCIAL_LOGGING_LEVEL");
  for (const problem of problems) expect(problem.where, problem.setting).not.toBe("");
});

test("a member of any name is a member and nothing else", () => {
  const { read } = place('{"__proto__": {"mode": "production"}, "http": {"constructor": 1, "__proto__": {"port": 1}}}');
  expect(told(read().problems).map(([code]) => code)).toEqual([
    "SETTING_UNKNOWN",
    "SETTING_UNKNOWN",
    "SETTING_UNKNOWN",
  ]);
  expect(({} as { mode?: string }).mode).toBeUndefined();
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

test("in production an address that is missing hides nothing else that production wants", () => {
  const { read } = place("{}");
  const assignments = ["signIn.issuer=https://issuer.example", "signIn.clientId=a"];
  expect(told(read({ assignments }).problems)).toEqual([["SETTING_MISSING", "signIn.issuer", undefined]]);
  const { problems, configuration } = read({ assignments: [...assignments, "mode=production"] });
  expect(problems).toEqual([]);
  const wanted = productionProblems(configuration as NonNullable<typeof configuration>).map(({ setting }) => setting);
  expect(wanted).toEqual(expect.arrayContaining(["http.publicUrl", "signIn.roles", "http.tls.certificate"]));
});
