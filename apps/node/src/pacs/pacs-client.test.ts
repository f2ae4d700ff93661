// What is asked of a PACS, and what of its answers is taken: whatever it sends, in whatever pieces, it ends, with a code.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { describe, expect, onTestFinished, test } from "vitest";
import { type FalsePacs, falsePacs, pacsBoundary } from "../scratch/false-pacs.ts";
import { scratchCertificate } from "../scratch/scratch-certificate.ts";
import { attributesOf } from "../scratch/scratch-inbox.ts";
import { pacsClient } from "./pacs-client.ts";
import type { PacsOptions } from "./pacs-options.ts";
import { counted } from "./received-copy.ts";

const object = smallObject({ attributes: attributesOf("1", "1") });
const uids = { study: "2.25.1", series: "2.25.1.0", instance: "2.25.1.1" };

async function asking(options: Partial<PacsOptions> = {}) {
  const pacs = await falsePacs();
  const client = pacsClient({ qidoUrl: pacs.url, wadoUrl: pacs.url, idleMs: 300, longestMs: 600, ...options });
  const folder = mkdtempSync(join(tmpdir(), "pacs-"));
  onTestFinished(() => {
    client.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, "copy");
  const retrieve = (most = 1_000_000) =>
    client.retrieve(uids, path, counted(most)).catch((thrown: { code: string }) => thrown.code);
  return { pacs, client, path, retrieve };
}

/** Answers everything so. */
function answering(pacs: FalsePacs, answer: (response: ServerResponse) => void): void {
  pacs.instead = (_, response) => {
    answer(response);
    return true;
  };
}

const related = `multipart/related; type="application/dicom"; boundary=${pacsBoundary}`;
const end = `\r\n--${pacsBoundary}--\r\n`;
const part = (body: string, after = end) =>
  `\r\n--${pacsBoundary}\r\nContent-Type: application/dicom\r\n\r\n${body}${after}`;

describe("an object", () => {
  test("comes byte for byte, as a part or alone, however it is cut", async () => {
    const { pacs, retrieve, path } = await asking();
    await pacs.store(object);
    const expected = { digest: createHash("sha256").update(object).digest("hex"), sizeBytes: object.length };
    expect(await retrieve()).toEqual(expected);
    expect(Buffer.compare(readFileSync(path), object)).toBe(0);
    rmSync(path);
    answering(pacs, (response) => {
      response.writeHead(200, { "content-type": "application/dicom" });
      for (let at = 0; at < object.length; at += 999) response.write(object.subarray(at, at + 999));
      response.end();
    });
    expect(await retrieve()).toEqual(expected);
  });

  test.each<readonly [string, number, Record<string, string>, string, string]>([
    ["a page", 200, { "content-type": "text/html" }, "<html>", "PACS_FOREIGN"],
    ["no type at all", 200, {}, "body", "PACS_FOREIGN"],
    ["a boundary that is none", 200, { "content-type": 'multipart/related; boundary="("' }, part("x"), "PACS_FOREIGN"],
    ["another boundary", 200, { "content-type": related.replace("part-", "parts-") }, part("x"), "PACS_FOREIGN"],
    ["no end", 200, { "content-type": related }, part("x", ""), "PACS_FOREIGN"],
    ["no part", 200, { "content-type": related }, end, "PACS_FOREIGN"],
    ["two objects", 200, { "content-type": related }, part("x", part("y")), "PACS_FOREIGN"],
    ["another type", 200, { "content-type": related }, part("x").replace("/dicom", "/html"), "PACS_FOREIGN"],
    [
      "a header without end",
      200,
      { "content-type": related },
      `--${pacsBoundary}\r\n${"A: b\r\n".repeat(9000)}`,
      "PACS_FOREIGN",
    ],
    ["a long preamble", 200, { "content-type": related }, "x".repeat(100_000) + part("x"), "PACS_FOREIGN"],
    ["more than it may", 200, { "content-type": "application/dicom" }, "x".repeat(1_000_001), "PACS_FOREIGN"],
    ["a way elsewhere", 302, { location: "http://169.254.169.254/" }, "", "PACS_FOREIGN"],
    ["that it wants another form", 406, {}, "", "PACS_FOREIGN"],
    ["an error of its own", 500, {}, "trace", "PACS_FAILED"],
    ["that nobody is known", 401, {}, "", "PACS_DENIED"],
    ["that it may not be had", 403, {}, "", "PACS_DENIED"],
    ["that it is not there", 404, {}, "", "PACS_COPY_MISSING"],
  ])("of which comes %s does not come", async (_, status, headers, body, code) => {
    const { pacs, retrieve } = await asking();
    answering(pacs, (response) => void response.writeHead(status, headers).end(body));
    expect(await retrieve()).toBe(code);
  });

  const dicom = { "content-type": "application/dicom" };
  test.each<readonly [string, (response: ServerResponse) => void]>([
    ["nothing", () => {}],
    ["a part and then nothing", (response) => void response.writeHead(200, dicom).write("x")],
    ["less than was announced", (response) => cutOff(response, { ...dicom, "content-length": "9999" })],
    ["a body that breaks off", (response) => cutOff(response, { "content-type": related })],
    ["a byte now and then, without end", (response) => trickle(response, dicom)],
  ])("of which comes %s ends in time", async (_, answer) => {
    const { pacs, retrieve } = await asking();
    answering(pacs, answer);
    expect(await retrieve()).toBe("PACS_UNREACHABLE");
  });

  test("whose UIDs are none is not asked for", async () => {
    const { pacs, client, path } = await asking();
    for (const study of ["", "..", "1/2", "1?x", "1..2"])
      await expect(client.retrieve({ ...uids, study }, path, counted(9))).rejects.toMatchObject({
        code: "PACS_COPY_MISSING",
      });
    expect(await client.instancesOf("../1", 1)).toEqual(new Set());
    expect(pacs.asked).toEqual([]);
  });
});

describe("a search", () => {
  test("tells what the PACS has of a study", async () => {
    const { pacs, client } = await asking();
    expect(await client.instancesOf("2.25.1", 1)).toEqual(new Set());
    await pacs.store(object);
    expect(await client.instancesOf("2.25.1", 1)).toEqual(new Set(["2.25.1.1"]));
  });

  test("reads no more than the study's instances can need", async () => {
    const { pacs, client } = await asking();
    const row = { "00080018": { vr: "UI", Value: ["2.25.1.1"] }, "00081030": { vr: "LO", Value: ["x".repeat(1000)] } };
    const body = JSON.stringify(Array.from({ length: 1000 }, () => row));
    answering(pacs, (response) => void response.writeHead(200).end(body));
    expect(await client.instancesOf("2.25.1", 1000)).toEqual(new Set(["2.25.1.1"]));
    await expect(client.instancesOf("2.25.1", 1)).rejects.toMatchObject({ code: "PACS_FOREIGN" });
  });

  test("for one study tells whether it answers, empty or not", async () => {
    const { pacs, client } = await asking();
    await client.check();
    await pacs.store(object);
    await client.check();
    expect(pacs.asked).toEqual(["/dicom-web/studies?limit=1", "/dicom-web/studies?limit=1"]);
  });

  test.each<readonly [string, number, string, string]>([
    ["a page", 200, "<html>", "PACS_FOREIGN"],
    ["an object in the place of a list", 200, "{}", "PACS_FOREIGN"],
    ["rows that are none", 200, "[1]", "PACS_FOREIGN"],
    ["a study without its UID", 200, '[{"00100010":{"vr":"PN"}}]', "PACS_FOREIGN"],
    ["a UID that is a way", 200, '[{"0020000D":{"vr":"UI","Value":["../x"]}}]', "PACS_FOREIGN"],
    ["nothing at this path", 404, "", "PACS_FOREIGN"],
    ["a list without end", 200, `[${" ".repeat(17 * 2 ** 20)}`, "PACS_FOREIGN"],
    ["a wrong password", 401, "", "PACS_DENIED"],
    ["an error", 503, "", "PACS_FAILED"],
  ])("that is answered with %s is told by its code", async (_, status, body, code) => {
    const { pacs, client } = await asking();
    answering(pacs, (response) => void response.writeHead(status).end(body));
    await expect(client.check()).rejects.toMatchObject({ code });
  });
});

test("user and password go along, and only to the addresses that were configured", async () => {
  const { pacs, client, retrieve } = await asking({ user: "node", password: "secret" });
  await client.check();
  expect(pacs.lastHeaders().authorization).toBe(`Basic ${Buffer.from("node:secret").toString("base64")}`);
  const other = await falsePacs();
  answering(pacs, (response) => void response.writeHead(307, { location: `${other.url}/studies` }).end());
  expect(await retrieve()).toBe("PACS_FOREIGN");
  expect(other.asked).toEqual([]);
});

test("over TLS only whom the configured roots vouch for is asked", async () => {
  const { certificate, key } = scratchCertificate();
  const server = createServer({ cert: certificate, key }, (_, response) => response.writeHead(204).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `https://localhost:${(server.address() as AddressInfo).port}/dicom-web`;
  const check = async (ca?: string) => {
    const client = pacsClient({ qidoUrl: url, wadoUrl: url, ca });
    onTestFinished(client.close);
    return client.check().then(
      () => "works",
      (thrown: { code: string }) => thrown.code,
    );
  };
  expect(await check(certificate)).toBe("works");
  expect(await check()).toBe("PACS_UNREACHABLE");
  expect(await check(scratchCertificate().certificate)).toBe("PACS_UNREACHABLE");
});

test.each(["ftp://pacs/", "http://user:password@pacs/", "http://169.254.169.254/", "http://[fe80::1]/", "pacs"])(
  "an address as %s is refused before anybody is asked",
  (url) => {
    for (const options of [
      { qidoUrl: url, wadoUrl: "http://pacs/" },
      { qidoUrl: "http://pacs/", wadoUrl: url },
    ])
      expect(() => pacsClient(options)).toThrowError(expect.objectContaining({ code: "PACS_ADDRESS_REFUSED" }));
  },
);

function cutOff(response: ServerResponse, headers: Record<string, string>): void {
  response.writeHead(200, headers).write("x", () => response.destroy());
}

function trickle(response: ServerResponse, headers: Record<string, string>): void {
  response.writeHead(200, headers);
  const sending = setInterval(() => response.write("x"), 20);
  response.once("close", () => clearInterval(sending));
}
