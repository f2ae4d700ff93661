// Every metric that is declared has a value after a small day's work, and an intake that was registered has its line in the log.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatVerifierKey, verifierKey } from "@fiducial/core";
import { expect, test, vi } from "vitest";
import { startScratch } from "../scratch/scratch-configuration.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { operatorOf, soon } from "../scratch/scratch-server.ts";
import { workingDay, workingDaySettings } from "../scratch/working-day.ts";
import { witnessesFile } from "../witnesses/witness-files.ts";

test("each has a value, and what goes on is counted while it does", async () => {
  const scratch = scratchNode();
  await scratch.open();
  await scratch.close();
  const key = formatVerifierKey(verifierKey("away", "ed25519-cosignature", new Uint8Array(32).fill(7)));
  writeFileSync(join(scratch.data, witnessesFile), `witness away ${key} http://127.0.0.1:1/\nquorum away\n`);
  const log = join(scratch.folder, "log");
  const running = await startScratch([`logging.file=${log}`, ...workingDaySettings], {}, scratch);
  const { association } = await workingDay(scratch, running);
  vi.spyOn(running.node, "stops").mockReturnValue({ replica: "STORE_FAILED" });
  await running.node.publication.covering(running.node.store.head().edge.size);
  const { request } = operatorOf(running.server);
  const read = async () => (await request("/metrics")).text();

  const text = await read();
  const declared = [...text.matchAll(/^# TYPE (fiducial_\w+) /gm)].map(([, name = ""]) => name);
  const valued = declared.filter((name) =>
    new RegExp(`^${name}(?:_bucket|_count)?(?:\\{.*\\})? [\\d.e+-]+$`, "m").test(text),
  );
  expect(valued).toEqual(declared);
  const value = (given: string, name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(given)?.[1]);
  // An auditor and a script; one object that came by C-STORE and settles.
  expect(value(text, "fiducial_sessions")).toBe(2);
  expect(value(text, "fiducial_dicom_associations")).toBe(1);
  expect(value(text, "fiducial_intake_settling_studies")).toBe(1);
  expect(value(text, "fiducial_intake_unregistered_objects")).toBe(1);
  expect(value(text, "fiducial_siem_waiting_events")).toBe(0);
  expect(value(text, "fiducial_siem_dropped_events")).toBe(0);
  await association.release();
  await soon(async () => expect(value(await read(), "fiducial_dicom_associations")).toBe(0));

  const lines = readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const registered = { studies: 1, objects: 2, refused: 0, durationMs: expect.any(Number) };
  expect(lines.filter(({ event }) => event === "intake.registered")).toMatchObject([registered, registered]);
});

test("a study that has settled in the inbox has its line, and leaves the counts", async () => {
  const scratch = scratchNode();
  const log = join(scratch.folder, "log");
  const settings = [`logging.file=${log}`, "dicom.settleAfterSeconds=1"];
  const { node, server } = await startScratch(settings, {}, scratch);
  await node.inbox.receive({ path: scratch.incoming(node), connection: "dimse:ct1" });
  const registered = '"event":"intake.registered","studies":1,"objects":1,"refused":0';
  await soon(() => expect(readFileSync(log, "utf8")).toContain(registered));
  await soon(async () => {
    const text = await (await operatorOf(server).request("/metrics")).text();
    expect(text).toContain("fiducial_intake_unregistered_objects 0\n");
    expect(text).toContain("fiducial_intake_settling_studies 0\n");
  });
});
