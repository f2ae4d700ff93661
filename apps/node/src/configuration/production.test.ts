import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { NodeError } from "../node-error.ts";
import { startNode } from "../running-node.ts";
import { scratchCertificate, writeCertificate } from "../scratch/scratch-certificate.ts";
import { scratchConfiguration } from "../scratch/scratch-configuration.ts";
import { type ScratchNode, scratchNode } from "../scratch/scratch-node.ts";
import { checkConfiguration } from "./check.ts";
import { problemLine } from "./problems.ts";
import { productionProblems } from "./production.ts";

/** What production starts with. */
function whole(scratch: ScratchNode): string[] {
  mkdirSync(scratch.data, { recursive: true, mode: 0o700 });
  const paths = { certificate: join(scratch.folder, "tls.pem"), key: join(scratch.folder, "tls.key") };
  writeCertificate(paths, scratchCertificate());
  return [
    "mode=production",
    "http.publicUrl=https://fiducial.example",
    `http.tls.certificate=${paths.certificate}`,
    `http.tls.key=${paths.key}`,
    "signIn.issuer=https://issuer.example",
    "signIn.clientId=fiducial",
    'signIn.roles={"radiology": ["auditor"]}',
  ];
}

const refused = (scratch: ScratchNode, ...assignments: string[]) =>
  productionProblems(scratchConfiguration(scratch, [...whole(scratch), ...assignments]))
    .map(({ code, setting }) => `${code} ${setting}`)
    .sort();

test("a whole configuration is refused for nothing, and local mode refuses nothing", () => {
  const scratch = scratchNode();
  expect(refused(scratch)).toEqual([]);
  expect(refused(scratch, "http.host=0.0.0.0", "dicom.port=104")).toEqual([]);
  expect(
    productionProblems(
      scratchConfiguration(scratch, ["http.host=0.0.0.0", "siem.syslog.host=siem", "siem.syslog.tls=false"]),
    ),
  ).toEqual([]);
});

test("everything that is missing is told at once, before anything is made", async () => {
  const scratch = scratchNode();
  const configuration = scratchConfiguration(scratch, [
    "mode=production",
    "http.host=0.0.0.0",
    "dicom.port=104",
    "dicom.host=::",
  ]);
  const thrown = await startNode(configuration, { create: true, demo: true }).catch((error: NodeError) => error);
  expect(thrown).toMatchObject({ code: "CONFIGURATION_REFUSED" });
  expect(
    String((thrown as NodeError).data["codes"])
      .split(" ")
      .sort(),
  ).toEqual([
    "PRODUCTION_DEMO",
    "PRODUCTION_INCOMPLETE",
    "PRODUCTION_INCOMPLETE",
    "PRODUCTION_INCOMPLETE",
    "PRODUCTION_OPEN_TO_ALL",
    "PRODUCTION_PLAIN",
  ]);
  await expect(scratch.open({ create: false })).rejects.toMatchObject({ code: "FOLDER_MISSING" });
});

test("with everything that it asks for, a node starts in production", async () => {
  const scratch = scratchNode();
  const running = await startNode(scratchConfiguration(scratch, [...whole(scratch), "logging.level=silent"]), {
    create: true,
  });
  expect(running.server.url).toMatch(/^https:\/\/localhost:\d+$/);
  await running.close();
});

test.each([
  ["http.publicUrl=http://fiducial.example", "PRODUCTION_PLAIN http.publicUrl"],
  ["signIn.issuer=http://issuer.example", "PRODUCTION_PLAIN signIn.issuer"],
  ["signIn.issuer=https://fiducial.example/own", "PRODUCTION_DEMO signIn.issuer"],
  ["signIn.roles={}", "PRODUCTION_INCOMPLETE signIn.roles"],
  ['signIn.roles={"radiology": []}', "PRODUCTION_INCOMPLETE signIn.roles"],
  ["http.trustedProxies=10.0.0.1,0.0.0.0/1", "PRODUCTION_OPEN_TO_ALL http.trustedProxies[1]"],
  ["http.trustedProxies=::ffff:0:0/96", "PRODUCTION_OPEN_TO_ALL http.trustedProxies[0]"],
  ["http.trustedProxies=8.0.0.0/8,9.0.0.0/8", "PRODUCTION_OPEN_TO_ALL http.trustedProxies"],
  ["telemetry.otlpEndpoint=http://collector.example", "PRODUCTION_PLAIN telemetry.otlpEndpoint"],
  ['orthanc=[{"id": "a", "url": "http://orthanc.example", "user": "a"}]', "PRODUCTION_PLAIN orthanc[0].url"],
])("%s is refused", (assignment, problem) => {
  expect(refused(scratchNode(), assignment)).toEqual([problem]);
});

test("plain listening is refused but behind a declared proxy; associations from elsewhere have to be declared", () => {
  const scratch = scratchNode();
  const plain = whole(scratch).filter((one) => !one.startsWith("http.tls"));
  const of = (...assignments: string[]) =>
    productionProblems(scratchConfiguration(scratch, [...plain, ...assignments])).map(
      ({ code, setting }) => `${code} ${setting}`,
    );
  expect(of("http.host=0.0.0.0")).toEqual(["PRODUCTION_INCOMPLETE http.tls.certificate", "PRODUCTION_PLAIN http.host"]);
  expect(of("http.host=0.0.0.0", "http.trustedProxies=10.0.0.1")).toEqual([]);
  for (const here of ["127.0.0.1", "::1,127.0.0.0/8", "::ffff:127.0.0.1"])
    expect(of("http.host=0.0.0.0", `http.trustedProxies=${here}`)).toEqual(["PRODUCTION_PLAIN http.host"]);
  expect(of("http.trustedProxies=127.0.0.1")).toEqual([]);
  expect(of("http.host=127.999.1.1", "http.trustedProxies=127.0.0.1")).toEqual(["PRODUCTION_PLAIN http.host"]);
  const callers = 'dicom.callers=[{"aeTitle": "CT1"}, {"aeTitle": "CT2", "addresses": ["10.0.0.2"]}]';
  expect(refused(scratch, "dicom.port=104", "dicom.host=0.0.0.0")).toEqual(["PRODUCTION_OPEN_TO_ALL dicom.callers"]);
  expect(refused(scratch, "dicom.port=104", "dicom.host=0.0.0.0", callers)).toEqual([
    "PRODUCTION_OPEN_TO_ALL dicom.callers[0].addresses",
  ]);
  expect(refused(scratch, "dicom.port=104", "dicom.host=127.999.1.1")).toEqual([
    "PRODUCTION_OPEN_TO_ALL dicom.callers",
  ]);
  const from = (...lists: string[][]) =>
    refused(
      scratch,
      "dicom.port=104",
      "dicom.host=0.0.0.0",
      `dicom.callers=${JSON.stringify(lists.map((addresses, at) => ({ aeTitle: `CT${at}`, addresses })))}`,
    );
  for (const all of ["0.0.0.0/0", "::/0", "::ffff:0:0/96"])
    expect(from(["10.0.0.1"], [all])).toEqual(["PRODUCTION_OPEN_TO_ALL dicom.callers[1].addresses"]);
  expect(from(["8.0.0.0/8"], ["9.0.0.0/8"])).toEqual(["PRODUCTION_OPEN_TO_ALL dicom.callers"]);
  expect(from(["10.0.0.0/8"], ["fd00::/8", "8.1.0.0/16"])).toEqual([]);
  expect(
    refused(
      scratch,
      "siem.syslog.host=siem.example",
      "siem.syslog.tls=false",
      "metrics.port=9400",
      "metrics.host=0.0.0.0",
    ),
  ).toEqual(["PRODUCTION_OPEN_TO_ALL metrics.host", "PRODUCTION_PLAIN siem.syslog.tls"]);
});

test("a PACS is asked with a password over HTTPS, but on this machine", () => {
  const scratch = scratchNode();
  const pacs = (host: string, ...more: string[]) =>
    refused(scratch, `pacs.qidoUrl=http://${host}/qido`, `pacs.wadoUrl=http://${host}/wado`, ...more);
  expect(pacs("pacs.example", "pacs.user=a")).toEqual([
    "PRODUCTION_PLAIN pacs.qidoUrl",
    "PRODUCTION_PLAIN pacs.wadoUrl",
  ]);
  expect(pacs("[::1]:8042", "pacs.user=a")).toEqual([]);
  const both = ["PRODUCTION_PLAIN pacs.qidoUrl", "PRODUCTION_PLAIN pacs.wadoUrl"];
  // Images alone may go so where somebody says that they may; a password never.
  expect(pacs("pacs.example")).toEqual(both);
  expect(pacs("pacs.example", "pacs.plain=true")).toEqual([]);
  expect(pacs("pacs.example", "pacs.user=a", "pacs.plain=true")).toEqual(both);
  const feed = (more: string) => refused(scratch, `orthanc=[{"id": "a", "url": "http://orthanc.example"${more}}]`);
  expect(feed("")).toEqual(["PRODUCTION_PLAIN orthanc[0].url"]);
  expect(feed(', "plain": true')).toEqual([]);
});

test("the demonstration's folder is refused, however it is configured", async () => {
  const scratch = scratchNode();
  await scratch.open({ demo: true });
  await scratch.close();
  expect(refused(scratch)).toEqual(["PRODUCTION_DEMO data"]);
});

test.skipIf(process.platform === "win32")(
  "keys beside the data are refused, by a link too, and files that others may read",
  () => {
    const scratch = scratchNode();
    expect(refused(scratch, `keys=${join(scratch.data, "keys")}`)).toEqual(["PRODUCTION_KEYS_WITH_DATA keys"]);
    symlinkSync(scratch.data, join(scratch.folder, "elsewhere"));
    expect(refused(scratch, `keys=${join(scratch.folder, "elsewhere", "keys")}`)).toEqual([
      "PRODUCTION_KEYS_WITH_DATA keys",
    ]);
    mkdirSync(scratch.keys, { mode: 0o700 });
    writeFileSync(join(scratch.keys, "node.key"), "x", { mode: 0o640 });
    const password = join(scratch.folder, "password");
    writeFileSync(password, "x", { mode: 0o604 });
    chmodSync(scratch.data, 0o750);
    chmodSync(join(scratch.folder, "tls.key"), 0o644);
    const orthanc = `orthanc=${JSON.stringify([{ id: "a", url: "https://orthanc", passwordFile: password }])}`;
    const problems = productionProblems(scratchConfiguration(scratch, [...whole(scratch), orthanc])).map(
      ({ setting }) => setting,
    );
    // Writing the certificate anew keeps the mode that its key has.
    expect(problems.sort()).toEqual(["data", "http.tls.key", "keys", "orthanc[0].passwordFile"]);
  },
);

test("a check tells of files, certificates, folders and ports", async () => {
  const scratch = scratchNode();
  const at = (name: string) => join(scratch.folder, name);
  writeCertificate(
    { certificate: at("old.pem"), key: at("old.key") },
    scratchCertificate(Date.now() - 9e8, Date.now() - 8e8),
  );
  writeCertificate({ certificate: at("one.pem"), key: at("one.key") }, scratchCertificate());
  writeCertificate({ certificate: at("two.pem"), key: at("two.key") }, scratchCertificate());
  writeFileSync(at("no.pem"), "no certificate");
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as { port: number };
  const check = async (...assignments: string[]) =>
    (await checkConfiguration(scratchConfiguration(scratch, ["organization=Clinic", ...assignments]))).map(
      ({ code, setting }) => `${code} ${setting}`,
    );
  // A start makes no folder for somebody who mistyped its path.
  expect((await checkConfiguration(scratchConfiguration(scratch, []))).map(({ code }) => code)).toEqual([
    "FOLDER_MISSING",
  ]);
  const tls = (certificate: string, key: string) => [
    `http.tls.certificate=${at(certificate)}`,
    `http.tls.key=${at(key)}`,
  ];
  expect(await check(...tls("one.pem", "one.key"))).toEqual([]);
  expect(await check(...tls("one.pem", "two.key"))).toEqual(["CERTIFICATE_OF_OTHER_KEY http.tls.key"]);
  expect(await check(...tls("old.pem", "old.key"))).toEqual(["CERTIFICATE_EXPIRED http.tls.certificate"]);
  expect(await check(...tls("no.pem", "one.key"))).toEqual(["CERTIFICATE_MALFORMED http.tls.certificate"]);
  expect(await check(...tls("one.pem", "no.pem"))).toEqual(["CERTIFICATE_MALFORMED http.tls.key"]);
  expect(await check(...tls("gone.pem", "one.key"))).toEqual(["SETTING_FILE_UNREADABLE http.tls.certificate"]);
  expect(await check(`http.port=${port}`, `dicom.port=${port}`)).toEqual([
    "LISTENING_NOT_POSSIBLE http.port",
    "SETTING_PORT_TWICE dicom.port",
  ]);
  const folders = JSON.stringify([
    { id: "a", path: at("gone") },
    { id: "b", path: at("one.pem") },
    { id: "c", path: scratch.folder, afterwards: "remove" },
  ]);
  expect(await check(`folders=${folders}`)).toEqual([
    "SETTING_FILE_UNREADABLE folders[0].path",
    "SETTING_FILE_UNREADABLE folders[1].path",
  ]);
  expect(await check(`logging.file=${at("one.pem")}/x/log`)).toEqual(["SETTING_FOLDER_NOT_WRITABLE logging.file"]);
});

test("an issuer is asked only when that is wanted, and has to name itself", async () => {
  const answers = { issuer: "" };
  const issuer = createHttpServer((_, response) => void response.end(JSON.stringify(answers))).listen(0, "127.0.0.1");
  await new Promise((resolve) => issuer.once("listening", resolve));
  onTestFinished(() => void issuer.close());
  const url = `http://127.0.0.1:${(issuer.address() as { port: number }).port}`;
  const configuration = scratchConfiguration(scratchNode(), [
    "organization=Clinic",
    `signIn.issuer=${url}`,
    "signIn.clientId=a",
    "http.publicUrl=http://localhost",
  ]);
  const codes = async (online: boolean) =>
    (await checkConfiguration(configuration, { online })).map(({ code }) => code);
  expect(await codes(false)).toEqual([]);
  expect(await codes(true)).toEqual(["SETTING_ISSUER_UNREACHABLE"]);
  answers.issuer = url;
  expect(await codes(true)).toEqual([]);
});

test("a problem says what production wants", () => {
  expect(problemLine({ code: "PRODUCTION_INCOMPLETE", setting: "a", allowed: "b" })).toContain("Wanted: b.");
});
