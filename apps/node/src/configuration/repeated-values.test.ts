// What a problem repeats of what was given: a mistyped word, and never what may be a secret.
import { expect, test } from "vitest";
import { place, told } from "../scratch/written-configuration.ts";
import { type ConfigurationProblem, problemLine } from "./problems.ts";

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
