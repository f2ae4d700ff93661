import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { smallObject } from "../phantom/small-object.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { readFileMeta } from "../reading/file-meta.ts";
import { dataSetIdentity } from "./data-set-head.ts";
import { fileHead } from "./file-meta-writer.ts";

const explicit = "1.2.840.10008.1.2.1";
const received = {
  sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
  sopInstanceUid: "2.25.31",
  transferSyntaxUid: explicit,
};

test("a head is one that a reader of files takes", async () => {
  const head = fileHead(received);
  expect(await readFileMeta(bytesSource(head))).toEqual({
    transferSyntaxUid: explicit,
    sopClassUid: received.sopClassUid,
    sopInstanceUid: received.sopInstanceUid,
    dataSetStart: head.length,
    isPlain: true,
    notes: [],
  });
  expect(head.length % 2).toBe(0);
});

async function dataSetOf(form: Parameters<typeof smallObject>[0]): Promise<Uint8Array> {
  const bytes = smallObject({ ...form, attributes: { SOPInstanceUID: "2.25.31" } });
  return bytes.subarray((await readFileMeta(bytesSource(bytes))).dataSetStart);
}

test("a data set's beginning tells which object it is, in either form, or nothing", async () => {
  const identity = { sopClassUid: received.sopClassUid, sopInstanceUid: "2.25.31" };
  const [inExplicit, inImplicit] = [
    await dataSetOf({}),
    await dataSetOf({ form: { transferSyntax: "implicit", sequences: "undefined" } }),
  ];
  expect(dataSetIdentity(inExplicit, explicit)).toEqual(identity);
  expect(dataSetIdentity(inImplicit, "1.2.840.10008.1.2")).toEqual(identity);
  // A sender that encodes otherwise than was agreed.
  expect(dataSetIdentity(inImplicit, explicit)).toEqual(identity);
  expect(dataSetIdentity(deflateRawSync(inExplicit), "1.2.840.10008.1.2.1.99")).toEqual({});
  for (let length = 0; length < 60; length++)
    expect(dataSetIdentity(inExplicit.subarray(0, length), explicit)).toEqual({});
  expect(dataSetIdentity(new Uint8Array(4096).fill(0xff), explicit)).toEqual({});
});
