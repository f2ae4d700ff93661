// Every event of the table is told by the place where it happens: what a small day's work leaves with a SIEM.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { searchFor } from "../scratch/identifier-search.ts";
import { scratchCertificate, writeCertificate } from "../scratch/scratch-certificate.ts";
import { startScratch } from "../scratch/scratch-configuration.ts";
import { coe } from "../scratch/scratch-hospital.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { soon } from "../scratch/scratch-server.ts";
import { workingDay, workingDaySettings } from "../scratch/working-day.ts";
import { securityEvents } from "./event-table.ts";
import type { SecurityEvent } from "./security-event.ts";

test("each is told of a day's work, with who and how it ended, and of nobody's images whose they are", async () => {
  const scratch = scratchNode();
  const file = join(scratch.folder, "events");
  const files = { certificate: join(scratch.folder, "tls.pem"), key: join(scratch.folder, "tls.key") };
  writeCertificate(files, scratchCertificate());
  const day = await startScratch([`siem.file=${file}`, ...workingDaySettings], {}, scratch);
  const { association } = await workingDay(scratch, day);
  await association.release();
  await soon(() => expect(day.node.access.waiting().reads).toBe(0));
  await day.stop();
  const night = await startScratch(
    [`siem.file=${file}`, `http.tls.certificate=${files.certificate}`, `http.tls.key=${files.key}`],
    {},
    scratch,
  );
  writeCertificate(files, scratchCertificate());
  night.reload();
  await night.stop();

  const told = eventsIn(file);
  // A SIEM that is away so long is another story: audit-trail.test.ts.
  const ofTheDay = Object.keys(securityEvents).filter((name) => name !== "EVENTS_DROPPED");
  expect([...new Set(told.map(({ event }) => event))].sort()).toEqual(ofTheDay.sort());
  const of = (name: string) => told.filter(({ event }) => event === name);
  const handle = expect.stringMatching(/^[0-9a-f]{32}$/);
  const person = { type: "person", handle };
  expect(of("SIGNED_IN")).toMatchObject([
    { outcome: "success", actor: person, address: "127.0.0.1" },
    { outcome: "refused", code: "SIGN_IN_LOST", actor: { type: "anonymous" }, address: "127.0.0.1" },
    { outcome: "success", actor: person },
  ]);
  expect(of("SIGNED_OUT")).toMatchObject([{ outcome: "success", actor: of("SIGNED_IN")[0]?.actor }]);
  expect(of("TOKEN_ISSUED")).toMatchObject([
    { outcome: "success", actor: { type: "machine", handle } },
    { outcome: "refused", code: "INVALID_CLIENT", actor: { type: "machine", handle } },
  ]);
  expect(of("CALLER_ACCEPTED")).toMatchObject([{ actor: { type: "machine", aeTitle: "CT1" }, address: "127.0.0.1" }]);
  expect(of("CALLER_REFUSED")).toMatchObject([{ outcome: "refused", code: "DIMSE_CALLER_UNKNOWN" }]);
  expect(of("CALLER_REFUSED")[0]?.actor).toEqual({ type: "machine" });
  expect(
    searchFor([coe.patientId, coe.patientName, coe.accession, coe.studyUid, "STRANGER"])(readFileSync(file)),
  ).toEqual([]);
});

test("what commands wrote while no server ran is told at the next start, once", async () => {
  const scratch = scratchNode();
  const file = join(scratch.folder, "events");
  const day = await startScratch([`siem.file=${file}`], {}, scratch);
  await day.stop();
  const of = (name: string) => eventsIn(file).filter(({ event }) => event === name);
  expect(of("LOG_CHANGED")).toMatchObject([{ kind: "identity.log.created", index: 0 }]);
  const before = eventsIn(file).length;
  const node = await scratch.open();
  await node.operations.software.add("A script");
  const size = node.store.head().edge.size;
  await scratch.close();
  for (let times = 0; times < 2; times++) {
    const next = await startScratch([`siem.file=${file}`], {}, scratch);
    await soon(() => expect(next.trail.entriesTold()).toBe(size));
    await next.stop();
  }
  const indices = eventsIn(file).flatMap(({ index }) => (index === undefined ? [] : [index]));
  expect(indices).toEqual([...new Set(indices)]);
  expect(
    eventsIn(file)
      .slice(before)
      .some(({ event, index }) => event === "MEMBER_CHANGED" && index === size - 1),
  ).toBe(true);
});

function eventsIn(file: string): SecurityEvent[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as SecurityEvent);
}
