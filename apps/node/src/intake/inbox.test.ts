// The inbox: what it acknowledged is registered once, when its study has settled, whatever fails meanwhile.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import * as diskRoom from "../folder/disk-room.ts";
import { connection, openScratchInbox, registeredOf, settled, uidsOf } from "../scratch/scratch-inbox.ts";
import { member } from "../scratch/scratch-node.ts";
import { soon } from "../scratch/scratch-server.ts";

test("a study is registered when it has settled, and not before", async () => {
  const inbox = await openScratchInbox();
  const { clock, node, send } = inbox;
  const before = node.store.head().edge.size;
  for (const object of ["1", "2", "3"])
    expect(await send("7", object)).toMatchObject({
      object: { sopInstanceUid: `2.25.7.${object}`, studyInstanceUid: "2.25.7", transferSyntaxUid: expect.any(String) },
      known: false,
    });
  expect(node.inbox.standing()).toMatchObject({ objects: 3, studies: 1, sinceMs: expect.any(Number) });
  clock.advance(29_999);
  await send("7", "4");
  clock.advance(29_999);
  await new Promise(setImmediate);
  expect(node.store.head().edge.size).toBe(before);
  clock.advance(1);
  await soon(() => expect(node.inbox.standing()).toEqual({ objects: 0, studies: 0 }));
  expect(node.store.head().edge.size).toBe(before + 1);
  expect(registeredOf(inbox, "7")).toEqual(uidsOf("7", "1", "2", "3", "4"));
  expect(node.objects.unregistered()).toEqual([]);
});

test("a study that never pauses is registered at last, and extended by what comes later", async () => {
  const inbox = await openScratchInbox();
  const { clock, node, send } = inbox;
  const before = node.store.head().edge.size;
  for (let at = 0; at < 24; at++) {
    await send("8", String(at));
    clock.advance(25_000);
  }
  await soon(() => expect(node.store.head().edge.size).toBe(before + 1));
  await send("8", "99");
  await settled(inbox);
  expect(node.store.head().edge.size).toBe(before + 2);
  expect(registeredOf(inbox, "8")).toHaveLength(25);
});

test("studies settle each by itself", async () => {
  const inbox = await openScratchInbox();
  await inbox.send("1");
  inbox.clock.advance(20_000);
  await inbox.send("2");
  inbox.clock.advance(10_000);
  await soon(() => expect(inbox.node.inbox.standing()).toMatchObject({ objects: 1, studies: 1 }));
  expect([registeredOf(inbox, "1"), registeredOf(inbox, "2")]).toEqual([uidsOf("1", "1"), []]);
});

test("what comes twice is known, and registered once: at the same time, by two connections, and after it was registered", async () => {
  const inbox = await openScratchInbox();
  const both = await Promise.all([inbox.send("3"), inbox.send("3")]);
  expect(both.map((received) => "known" in received && received.known).sort()).toEqual([false, true]);
  const path = inbox.scratch.incoming(inbox.node, {
    seed: "1",
    attributes: {
      PatientID: "P3",
      StudyInstanceUID: "2.25.3",
      SOPInstanceUID: "2.25.3.1",
      SeriesInstanceUID: "2.25.3.0",
    },
  });
  expect(await inbox.node.inbox.receive({ path, connection: "folder:in" })).toMatchObject({ known: true });
  await settled(inbox);
  expect(await inbox.send("3")).toMatchObject({ known: true });
  await settled(inbox);
  expect(registeredOf(inbox, "3")).toEqual(uidsOf("3", "1"));
  expect(inbox.node.objects.unregistered()).toEqual([]);
  expect([...inbox.node.objects.digests()]).toHaveLength(1);
});

test("what comes again while it is being registered is registered once", async () => {
  const inbox = await openScratchInbox();
  await inbox.send("4");
  const { promise, resolve } = Promise.withResolvers<void>();
  const { submit } = inbox.node.replica;
  const submitting = vi.spyOn(inbox.node.replica, "submit").mockImplementationOnce(async (statements) => {
    await promise;
    return submit(statements);
  });
  inbox.clock.advance(30_000);
  await soon(() => expect(submitting).toHaveBeenCalled());
  expect(await inbox.send("4")).toMatchObject({ known: true });
  resolve();
  await settled(inbox);
  expect(registeredOf(inbox, "4")).toEqual(uidsOf("4", "1"));
});

test("what is no object is refused, and nothing of it stays", async () => {
  const { node } = await openScratchInbox();
  const path = node.objects.newIncoming();
  writeFileSync(path, "no object");
  expect(await node.inbox.receive({ path, connection })).toMatchObject({ refused: { code: "NOT_DICOM" } });
  expect(existsSync(path)).toBe(false);
  expect(node.inbox.standing()).toEqual({ objects: 0, studies: 0 });
  expect(await node.inbox.receive({ path, connection })).toMatchObject({ refused: { code: "PATH_UNREADABLE" } });
});

test("what waits when a node is closed is registered after it is opened again", async () => {
  const first = await openScratchInbox();
  for (const object of ["1", "2"]) await first.send("5", object);
  const again = await openScratchInbox({ scratch: first.scratch });
  expect(registeredOf(again, "5")).toEqual([]);
  await soon(() => expect(again.node.inbox.standing()).toMatchObject({ objects: 2, studies: 1 }));
  expect(await again.send("5", "2")).toMatchObject({ known: true });
  await settled(again);
  expect(registeredOf(again, "5")).toEqual(uidsOf("5", "1", "2"));
});

test("nothing is taken after the inbox was closed", async () => {
  const { scratch, node } = await openScratchInbox();
  const path = scratch.incoming(node);
  await node.inbox.close();
  await expect(node.inbox.receive({ path, connection })).rejects.toMatchObject({ code: "NODE_STOPPED" });
  expect(existsSync(path)).toBe(false);
});

test("beyond what memory is for, objects wait on disk and are registered too", async () => {
  const inbox = await openScratchInbox({ mostGathered: 2 });
  for (const study of ["1", "2", "3", "4", "5"]) for (const object of ["1", "2"]) await inbox.send(study, object);
  const { objects, studies } = inbox.node.inbox.standing();
  expect([objects, studies <= 2]).toEqual([10, true]);
  await settled(inbox);
  for (const study of ["1", "2", "3", "4", "5"]) expect(registeredOf(inbox, study)).toEqual(uidsOf(study, "1", "2"));
});

test("what comes for a patient who is forgotten meanwhile goes, and the connection shows it", async () => {
  const inbox = await openScratchInbox();
  const { scratch, node, send, clock } = inbox;
  node.connections.line({ id: connection, type: "dimse", name: "CT 1" }).took(1);
  const approvers = [
    await member(scratch, node, "dora", "data-steward"),
    await member(scratch, node, "dan", "data-steward"),
  ] as const;
  await send("1", "1");
  await settled(inbox);
  await send("1", "2");
  await soon(() => expect(node.inbox.standing().studies).toBe(1));
  await node.operations.forget(node.operations.subjectOf({ patientId: "P1" }), approvers);
  clock.advance(30_000);
  await soon(() => expect(node.inbox.standing()).toEqual({ objects: 0, studies: 0 }));
  expect([...node.objects.digests(), ...node.objects.unregistered()]).toEqual([]);
  expect(node.connections.list()).toMatchObject([{ id: connection, received: 1, refused: 1 }]);
  expect(node.connections.refusals()).toMatchObject([{ connection, code: expect.stringMatching(/STUDY|SUBJECT/) }]);
});

test("an object that is gone when its turn comes is given up, and one that cannot be read is not", async () => {
  const first = await openScratchInbox();
  for (const study of ["1", "2"]) await first.send(study);
  const { objects } = first.node;
  const [gone = "", unread = ""] = objects.digests();
  await first.scratch.close();
  rmSync(objects.pathOf(gone));
  const aside = join(first.scratch.folder, "aside");
  renameSync(objects.pathOf(unread), aside);
  mkdirSync(objects.pathOf(unread));
  const again = await openScratchInbox({ scratch: first.scratch });
  await soon(() => expect(again.node.inbox.standing()).toMatchObject({ objects: 1, problem: "PATH_UNREADABLE" }));
  expect(again.node.connections.refusals()).toMatchObject([{ connection, code: "OBJECT_MISSING" }]);
  rmSync(objects.pathOf(unread), { recursive: true });
  renameSync(aside, objects.pathOf(unread));
  await settled(again);
  expect([registeredOf(again, "1"), registeredOf(again, "2")].flat()).toHaveLength(1);
});

test("marks that are damaged cost no object that waits", async () => {
  const first = await openScratchInbox();
  await first.send("1");
  await first.scratch.close();
  writeFileSync(join(first.scratch.data, "inbox.db"), "damaged, and no database at all ".repeat(300));
  const again = await openScratchInbox({ scratch: first.scratch });
  await settled(again);
  expect(registeredOf(again, "1")).toEqual(uidsOf("1", "1"));
  expect(readdirSync(first.scratch.data)).toContain("inbox.db.damaged");
});

test("a disk that is full refuses, and nothing of the object stays", async () => {
  const { node, send } = await openScratchInbox();
  vi.spyOn(node.objects, "flush").mockRejectedValueOnce(Object.assign(new Error("full"), { code: "ENOSPC" }));
  expect(await send("1")).toMatchObject({ refused: { code: "OBJECT_NO_ROOM" } });
  vi.spyOn(node.objects, "flush").mockRejectedValueOnce(Object.assign(new Error("broken"), { code: "EIO" }));
  await expect(send("1")).rejects.toThrow("broken");
  expect([...node.objects.digests(), ...node.objects.unregistered()]).toEqual([]);
  expect(node.inbox.standing()).toEqual({ objects: 0, studies: 0 });
});

test("objects leave room on the disk to ledger and vault, which goes on registering what came before", async () => {
  const inbox = await openScratchInbox();
  const free = vi.spyOn(diskRoom, "diskRoomOf");
  await inbox.send("1");
  free.mockReturnValue({ freeBytes: 256 * 2 ** 20 - 1, totalBytes: 2 ** 40 });
  expect(await inbox.send("2")).toMatchObject({ refused: { code: "OBJECT_NO_ROOM" } });
  expect([...inbox.node.objects.digests()]).toHaveLength(1);
  await settled(inbox);
  expect(registeredOf(inbox, "1")).toEqual(uidsOf("1", "1"));
  free.mockReturnValue({ freeBytes: 256 * 2 ** 20, totalBytes: 2 ** 40 });
  expect(await inbox.send("2")).toMatchObject({ known: false });
});
