import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { scratchCertificate, writeCertificate } from "../scratch/scratch-certificate.ts";
import { scratchConfiguration } from "../scratch/scratch-configuration.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { defaultLimits } from "../serving/limits.ts";
import {
  dimseOptionsOf,
  folderOptionsOf,
  httpOptionsOf,
  metricsTokenOf,
  nodeOptionsOf,
  orthancOptionsOf,
  peerOptionsOf,
  signInOptionsOf,
} from "./composition.ts";
import { readFilesOf } from "./named-files.ts";

test("parts get their settings in their own words and units", () => {
  const scratch = scratchNode();
  const given = scratchConfiguration(scratch, [
    "http.trustedProxies=10.0.0.1",
    "limits.uploads=5",
    'folders=[{"id": "a", "path": "in", "pollSeconds": 2}]',
    "signIn.issuer=https://issuer.example",
    "signIn.clientId=fiducial",
    "http.publicUrl=https://fiducial.example",
    'signIn.roles={"radiology": ["auditor"]}',
    "signIn.sessionIdleMinutes=5",
  ]);
  expect(nodeOptionsOf(given)).toEqual({
    data: scratch.data,
    keys: scratch.keys,
    threads: 1,
    inbox: { settleMs: 30_000, longestMs: 600_000 },
  });
  expect(httpOptionsOf(given)).toMatchObject({
    port: 0,
    trustedProxies: ["10.0.0.1"],
    limits: { ...defaultLimits, closingMs: 100, uploads: 5 },
  });
  expect(folderOptionsOf(given)).toEqual([{ id: "a", path: resolve("in"), afterwards: "keep", pollMs: 2000 }]);
  expect(signInOptionsOf(given, {})).toMatchObject({
    mode: "local",
    publicUrl: "https://fiducial.example",
    issuer: { issuer: "https://issuer.example", clientId: "fiducial", roles: { radiology: ["auditor"] } },
    sessions: { idleMs: 300_000, absoluteMs: 36_000_000 },
  });
  expect(signInOptionsOf(scratchConfiguration(scratch), {})).not.toHaveProperty("issuer");
});

test("a PACS behind comes with its password from a file or the environment, and the text of its roots", () => {
  const scratch = scratchNode();
  const [password, ca] = [join(scratch.folder, "password"), join(scratch.folder, "ca.pem")];
  writeFileSync(password, "secret\n");
  writeFileSync(ca, "roots");
  const pacs = { qidoUrl: "https://pacs/qido", wadoUrl: "https://pacs/wado" };
  const given = scratchConfiguration(scratch, [
    `pacs.qidoUrl=${pacs.qidoUrl}`,
    `pacs.wadoUrl=${pacs.wadoUrl}`,
    "pacs.user=node",
    `pacs.passwordFile=${password}`,
    `pacs.ca=${ca}`,
  ]);
  expect(nodeOptionsOf(given).pacs).toEqual({ ...pacs, user: "node", password: "secret", ca: "roots" });
  const environment = { FIDUCIAL_PACS_PASSWORD: "other" };
  expect(nodeOptionsOf(given, environment).pacs?.password).toBe("other");
  expect(nodeOptionsOf(scratchConfiguration(scratch))).not.toHaveProperty("pacs");
});

test("nobody listens for associations unless a port is given; certificates come as what is in their files", () => {
  const scratch = scratchNode();
  expect(dimseOptionsOf(scratchConfiguration(scratch))).toBeUndefined();
  const files = { certificate: join(scratch.folder, "d.pem"), key: join(scratch.folder, "d.key") };
  const certificate = scratchCertificate();
  writeCertificate(files, certificate);
  const callers = [{ aeTitle: "CT1", addresses: ["10.0.0.2"] }];
  const options = dimseOptionsOf(
    scratchConfiguration(scratch, [
      "dicom.port=0",
      `dicom.tls.certificate=${files.certificate}`,
      `dicom.tls.key=${files.key}`,
      `dicom.callers=${JSON.stringify(callers)}`,
    ]),
  );
  expect(options).toEqual({
    host: "127.0.0.1",
    port: 0,
    aeTitle: "FIDUCIAL",
    callers,
    tls: { cert: certificate.certificate, key: certificate.key, requireClientCertificate: false },
  });
});

test("peers are called by the listener's title and certificate, unless told otherwise", () => {
  const scratch = scratchNode();
  const files = { certificate: join(scratch.folder, "d.pem"), key: join(scratch.folder, "d.key") };
  const { certificate: cert, key } = scratchCertificate();
  writeCertificate(files, { certificate: cert, key });
  const ca = join(scratch.folder, "roots.pem");
  writeFileSync(ca, "roots");
  const at = { host: "10.0.0.2", port: 104 };
  const peers = [
    { id: "ct-1", aeTitle: "CT1", ...at },
    { id: "pacs", aeTitle: "ARCHIVE", ...at, tls: true, ca, callingAeTitle: "OTHER" },
  ];
  const given = scratchConfiguration(scratch, [
    "dicom.aeTitle=US",
    `dicom.tls.certificate=${files.certificate}`,
    `dicom.tls.key=${files.key}`,
    `peers=${JSON.stringify(peers)}`,
  ]);
  expect(peerOptionsOf(given)).toEqual([
    { id: "ct-1", calledAe: "CT1", callingAe: "US", ...at },
    { id: "pacs", calledAe: "ARCHIVE", callingAe: "OTHER", ...at, tls: { cert, key, ca: "roots" } },
  ]);
  expect(readFilesOf(given)).toContainEqual({ setting: "peers[1].ca", path: ca });
});

test("secrets come from the environment, else from their files without the last newline", () => {
  const scratch = scratchNode();
  const file = join(scratch.folder, "secret");
  writeFileSync(file, "from the file\n\n", { mode: 0o600 });
  const given = scratchConfiguration(scratch, [
    `metrics.tokenFile=${file}`,
    `signIn.clientSecretFile=${file}`,
    "signIn.issuer=https://i",
    "signIn.clientId=f",
    "http.publicUrl=https://f",
    `orthanc=${JSON.stringify([
      { id: "north-1", url: "http://o", user: "u", passwordFile: file },
      { id: "b", url: "http://o" },
    ])}`,
  ]);
  expect([metricsTokenOf(given, {}), signInOptionsOf(given, {}).issuer?.clientSecret]).toEqual([
    "from the file\n",
    "from the file\n",
  ]);
  expect(metricsTokenOf(given, { FIDUCIAL_METRICS_TOKEN: "t" })).toBe("t");
  expect(signInOptionsOf(given, { FIDUCIAL_SIGN_IN_CLIENT_SECRET: "s" }).issuer?.clientSecret).toBe("s");
  expect(orthancOptionsOf(given, { FIDUCIAL_ORTHANC_NORTH_1_PASSWORD: "p" }).map(({ password }) => password)).toEqual([
    "p",
    undefined,
  ]);
  expect(orthancOptionsOf(given, {})[0]?.password).toBe("from the file\n");
});
