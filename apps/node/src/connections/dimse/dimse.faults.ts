// Killed at any moment while objects are sent to it: each that was answered with success is there afterwards, registered once, with a receipt that holds.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { nobleBackend, parseReceipt, parseTrustPolicy, verifyReceipt } from "@fiducial/core";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import type { OpenNode } from "../../compose.ts";
import { associate, type SentObject, sentObject, storeCommand } from "../../scratch/dimse-sender.ts";
import { type Mutant, mutatedNode } from "../../scratch/mutated-node.ts";
import { type ScratchNode, scratchNode } from "../../scratch/scratch-node.ts";

const rounds = process.env["FIDUCIAL_LONG"] === "1" ? 300 : 50;
const program = (root: string) => join(root, "scratch", "dimse-program.ts");
const here = join(import.meta.dirname, "..", "..", "..");
const objectsOfStudy = 7;

/** An object that was answered with success. */
interface Answered extends SentObject {
  readonly study: string;
}

test(`killed ${rounds} times, a node has all that it answered with success, once`, { timeout: 3_600_000 }, async () => {
  const scratch = scratchNode();
  const answered = await killedOften(scratch, program(here), rounds);
  expect(answered.length).toBeGreaterThan(5 * rounds);
  const node = await settledNode(scratch);
  const registered = await registrations(node, answered);
  for (const { sopInstanceUid, dataSet } of answered) {
    const found = registered.get(sopInstanceUid) ?? [];
    expect(found).toHaveLength(1);
    expect(sentObject(node.objects.pathOf(found[0] ?? "")).dataSet).toEqual(dataSet);
  }
  expect(await node.audit()).toMatchObject({ ok: true });
});

test("answered before it is durable, objects would be lost", { timeout: 600_000 }, async () => {
  const tooEarly: Mutant = [
    "connections/dimse/store-operation.ts",
    "const received = await rooms.receive(file.path);",
    "const received = await Promise.race([rooms.receive(file.path), { object, sizeBytes: 0, known: false }]);",
  ];
  const mutant = program(mutatedNode(tooEarly));
  for (let attempt = 0; attempt < 10; attempt++) {
    const scratch = scratchNode();
    const answered = await killedOften(scratch, mutant, 4);
    const registered = await registrations(await settledNode(scratch), answered);
    await scratch.close();
    if (answered.some(({ sopInstanceUid }) => !registered.has(sopInstanceUid))) return;
  }
  expect.unreachable("Nothing was lost.");
});

async function killedOften(scratch: ScratchNode, path: string, times: number): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (let round = 0; round < times; round++) {
    const child = spawn(process.execPath, [path, scratch.data, scratch.keys], { stdio: ["ignore", "pipe", "inherit"] });
    const closed = once(child, "close");
    const said = once(createInterface({ input: child.stdout }), "line") as Promise<[string]>;
    const [port] = await Promise.race([said, closed.then(() => expect.unreachable("The node has not started."))]);
    // However slow the machine is: some are killed before anything was answered, some while studies are registered.
    const enough = answered.length + Math.floor(Math.random() * 40);
    const kill = () => setTimeout(() => child.kill("SIGKILL"), Math.random() * 40);
    const took = (object: Answered) => void (answered.push(object) === enough && kill());
    if (enough === answered.length) kill();
    await Promise.all([0, 1, 2].map((sender) => sendUntilGone(Number(port), `${round}${sender}`, took)));
    await closed;
  }
  return answered;
}

/** Sends one object after the other, in associations of a few, until nobody answers. */
async function sendUntilGone(port: number, name: string, took: (object: Answered) => void): Promise<void> {
  try {
    for (let number = 0; ; ) {
      const { sopClassUid, transferSyntaxUid } = objectOf(name, 0);
      const association = await associate({ port, callingAe: `CT${name}` }, [sopClassUid, transferSyntaxUid]);
      for (let end = number + 12; number < end; number++) {
        const object = objectOf(name, number);
        const { status } = await association.send(1, storeCommand(object), [object.dataSet]);
        expect(status).toBe(0);
        took(object);
      }
      await association.release();
    }
  } catch (thrown) {
    expect((thrown as { code?: string }).code).toMatch(/^DIMSE_(UNREACHABLE|ABORTED)$/);
  }
}

function objectOf(name: string, number: number): Answered {
  const study = `2.25.1${name}${Math.floor(number / objectsOfStudy)}`;
  const attributes = {
    PatientID: `P${study}`,
    StudyInstanceUID: study,
    SOPInstanceUID: `${study}.${number + 1}`,
    SeriesInstanceUID: `${study}.0`,
  };
  return { ...sentObject(smallObject({ seed: `${name} ${number}`, attributes })), study };
}

async function settledNode(scratch: ScratchNode): Promise<OpenNode> {
  const node = await scratch.open({ inbox: { settleMs: 100 } });
  await expect.poll(() => node.inbox.standing(), { timeout: 120_000 }).toEqual({ objects: 0, studies: 0 });
  await node.projector.caughtUp(node.store.head().edge.size);
  return node;
}

/** By SOP Instance UID, the digests of files that entries of the log have registered, of the studies of these objects; each entry has a receipt that holds. */
async function registrations(node: OpenNode, answered: readonly Answered[]): Promise<Map<string, string[]>> {
  const policy = parseTrustPolicy(node.policy());
  const found = new Map<string, string[]>();
  const patients = [...new Set(answered.map(({ study }) => `P${study}`))];
  const handles = patients.flatMap((patientId) => node.vault.findStudies({ patientId }).map(({ study }) => study));
  const ids = new Set(handles.flatMap((handle) => node.vault.statementsOf(handle)));
  for (const id of ids) {
    if (node.store.indexOf(id) === undefined) continue;
    const receipt = parseReceipt(await node.receipts.receipt(id));
    expect(verifyReceipt(receipt, policy, nobleBackend).ok).toBe(true);
    for (const { value } of node.vault.manifest(id)) {
      const { file, sopInstanceUid } = value as { readonly file: string; readonly sopInstanceUid: string };
      found.set(sopInstanceUid, [...(found.get(sopInstanceUid) ?? []), file]);
    }
  }
  return found;
}
