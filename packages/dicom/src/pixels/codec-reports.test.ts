import { expect, test } from "vitest";
import { codecReports } from "./codec-reports.ts";

test.each([
  ["Corrupt JPEG data: premature end of data segment"],
  ["Corrupt JPEG data: bad Huffman code"],
  ["Corrupt JPEG data: found marker 0xd9 instead of RST3"],
])("takes '%s' for damage", (message) => {
  const reports = codecReports();
  reports.take(`JpegDecoder16::EmitMessage::${message}`);
  expect(reports.verdict()).toMatchObject({ code: "PIXEL_DATA_INVALID", data: { reason: "refused" } });
});

test.each([
  ["Start of Image"],
  ["Corrupt JPEG data: 2 extraneous bytes before marker 0xd9"],
  ["Warning: unknown JFIF revision number 2.01"],
])("lets '%s' pass", (message) => {
  const reports = codecReports();
  reports.take(`JpegDecoder8::EmitMessage::${message}`);
  reports.takeOutput("\n");
  expect(reports.verdict()).toBeUndefined();
});

test("takes what HTJ2K warns of for unsupported, and what it notes for damage", () => {
  const warned = codecReports();
  warned.takeOutput("ojph warning 0x00030001 at ojph_codestream_local.cpp:731: POC is not supported yet\n");
  expect(warned.verdict()).toMatchObject({ code: "NO_CODEC", data: { reason: "variant" } });
  const noted = codecReports();
  noted.takeOutput("ojph info 0x000300A1 at ojph_codeblock.cpp:221: Error decoding a codeblock.\n");
  expect(noted.verdict()).toMatchObject({ code: "PIXEL_DATA_INVALID", data: { reason: "refused" } });
});

test("keeps the first verdict until it is cleared", () => {
  const reports = codecReports();
  reports.takeOutput("ojph warning");
  reports.takeOutput("something else");
  expect(reports.verdict()).toMatchObject({ code: "NO_CODEC" });
  reports.clear();
  expect(reports.verdict()).toBeUndefined();
});

test("breaks off a codec that never stops talking", () => {
  const reports = codecReports();
  const talk = () => {
    for (;;) reports.take("progress");
  };
  expect(talk).toThrow(expect.objectContaining({ code: "PIXEL_DATA_INVALID", data: { reason: "refused" } }));
});
