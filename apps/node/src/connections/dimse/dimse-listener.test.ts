import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { NodeError } from "../../node-error.ts";
import { associate, type SentObject, sentObject, store, storeCommand } from "../../scratch/dimse-sender.ts";
import { scratchListener, taken } from "../../scratch/scratch-listener.ts";
import { scratchNode } from "../../scratch/scratch-node.ts";
import { soon } from "../../scratch/scratch-server.ts";
import { startDimse } from "./dimse-listener.ts";
import { echo } from "./echo.ts";

const success = [0, undefined];
const ct = "1.2.840.10008.5.1.4.1.1.2";
const explicit = "1.2.840.10008.1.2.1";
const peer = (port: number) => ({ host: "127.0.0.1", port, callingAe: "CT1", calledAe: "FIDUCIAL" });

test("what is sent to a node is kept byte for byte, registered, and on the board", async () => {
  const scratch = scratchNode();
  const node = await scratch.open({ inbox: { settleMs: 1 } });
  const listener = await startDimse(node, { port: 0 });
  const files = ["a", "b", "c"].map((seed) => smallObject({ seed, attributes: { StudyInstanceUID: "2.25.4711" } }));
  expect(await store(listener, ...files)).toEqual([success, success, success]);
  await soon(() => expect(node.inbox.standing().objects).toBe(0));
  const kept = [...node.objects.digests()].map((digest) => sentObject(readFileSync(node.objects.pathOf(digest))));
  const byUid = (one: SentObject, other: SentObject) => (one.sopInstanceUid < other.sopInstanceUid ? -1 : 1);
  expect(kept.sort(byUid)).toEqual(files.map((file) => sentObject(file)).sort(byUid));
  expect(node.connections.list()).toMatchObject([
    { id: "dimse:ct1", type: "dimse", name: "CT1", state: "works", received: 3, refused: 0 },
  ]);
  await listener.close();
});

test("a last fragment that is empty, and comes late, ends an object as any other does", async () => {
  let path = "";
  const newPath = (folder: string, name: string) => {
    path = join(folder, name);
    return path;
  };
  const { port, received } = await scratchListener({}, { newPath });
  const object = sentObject(smallObject());
  const association = await associate({ port }, [object.sopClassUid, object.transferSyntaxUid]);
  async function* fragments() {
    yield object.dataSet;
    // The fragment before the last one goes out when the last one is there.
    yield new Uint8Array(0);
    await soon(() => expect(statSync(path).size).toBeGreaterThan(object.dataSet.length));
    yield new Uint8Array(0);
  }
  expect((await association.send(1, storeCommand(object), fragments())).status).toBe(0);
  await association.release();
  expect(received).toHaveLength(1);
});

test("an object sent again makes the same file, whoever sends it", async () => {
  const { port, received } = await scratchListener({ strictCalledAe: false });
  const callers = [{}, {}, { callingAe: "ROUTER" }, { callingAe: "ARCHIVE", calledAe: "STORE" }];
  for (const caller of callers) expect(await store({ port, ...caller }, smallObject())).toEqual([success]);
  for (const { bytes } of received) expect(bytes).toEqual(received[0]?.bytes);
  expect(received).toHaveLength(callers.length);
});

test("an echo is answered, and puts who sent it on the board", async () => {
  const { port, line } = await scratchListener();
  await echo(peer(port));
  expect(line("dimse:ct1")).toMatchObject({ state: "works", received: 0 });
});

test("an echo tells what is wrong with the other side", async () => {
  const { port, close } = await scratchListener({ callers: [{ aeTitle: "MR1" }] });
  const code = (given: Parameters<typeof echo>[0]) =>
    echo(given).catch((thrown: NodeError) => [thrown.code, thrown.data]);
  expect(await code(peer(port))).toEqual(["DIMSE_CALLING_AE_REFUSED", { result: 1, source: 1, reason: 3 }]);
  expect(await code({ ...peer(port), callingAe: "MR1", calledAe: "OTHER" })).toEqual([
    "DIMSE_CALLED_AE_REFUSED",
    { result: 1, source: 1, reason: 7 },
  ]);
  expect(await code({ ...peer(port), tls: {} })).toEqual(["DIMSE_TLS_FAILED", {}]);
  await close();
  expect(await code(peer(port))).toEqual(["DIMSE_UNREACHABLE", {}]);
});

test("any called title is taken where that is wished, and private classes", async () => {
  const { port } = await scratchListener({ strictCalledAe: false, privateClasses: true, aeTitle: "ARCHIVE" });
  const association = await associate({ port, calledAe: "ANY" }, ["1.2.276.0.7230010.3.1.0.1", explicit]);
  expect(association.contexts).toMatchObject([{ result: 0 }]);
  await association.release();
});

test("options that cannot be are refused, and named", async () => {
  const refused = [
    [{ aeTitle: "seventeen letters" }, "aeTitle"],
    [{ callers: [{ aeTitle: "" }] }, "callers"],
    [{ callers: [{ aeTitle: "CT1", addresses: ["10.0.0.0/33"] }] }, "addresses"],
    [{ callers: [{ aeTitle: "CT1", addresses: ["scanner.example"] }] }, "addresses"],
    [{ limits: { pduBytes: 1024 } }, "pduBytes"],
  ] as const;
  for (const [options, option] of refused) {
    const thrown = await scratchListener(options).catch((error: NodeError) => error);
    expect(thrown).toBeInstanceOf(NodeError);
    expect(thrown).toMatchObject({ code: "DIMSE_OPTIONS_INVALID", data: { option } });
  }
});

test("what the inbox refuses is told by a status, and by its code alone", async () => {
  const codes = ["TRUNCATED", "OBJECT_NO_ROOM", "NO_SOP_INSTANCE_UID"];
  const { port, line, incoming } = await scratchListener(
    {},
    {
      answer: () => ({ refused: { code: codes.shift() ?? "", message: "Somebody^Else" } }),
    },
  );
  expect(await store({ port }, smallObject(), smallObject(), smallObject())).toEqual([
    [0xc000, "TRUNCATED"],
    [0xa700, "OBJECT_NO_ROOM"],
    [0xc000, "NO_SOP_INSTANCE_UID"],
  ]);
  expect(line("dimse:ct1")).toMatchObject({ received: 0, refused: 3, lastError: { code: "NO_SOP_INSTANCE_UID" } });
  expect(incoming()).toEqual([]);
});

test("an inbox that fails, and a disk that does, are out of resources, and the next object is taken", async () => {
  let fails = true;
  const { port, line, received } = await scratchListener(
    {},
    {
      answer: (bytes) => {
        if (fails) throw new NodeError("NODE_STOPPED");
        return taken(bytes);
      },
      newPath: (folder, name) => (name === "1" ? `${folder}/not/there` : `${folder}/${name}`),
    },
  );
  expect(await store({ port }, smallObject())).toEqual([[0xa700, "NODE_STOPPED"]]);
  fails = false;
  expect(await store({ port }, smallObject(), smallObject())).toEqual([[0xa700, "INTERNAL"], success]);
  expect(line("dimse:ct1")).toMatchObject({ received: 1, state: "works" });
  expect(received).toHaveLength(2);
});

test("an object that is another than was announced is refused before the inbox hears of it, deflated or not", async () => {
  const { port, received, line, incoming } = await scratchListener();
  const { deflateRawSync } = await import("node:zlib");
  const object = sentObject(smallObject());
  const deflated = "1.2.840.10008.1.2.1.99";
  const association = await associate({ port }, [ct, explicit], [ct, deflated]);
  const answers = [
    await association.send(1, storeCommand({ ...object, sopInstanceUid: "2.25.1" }), [object.dataSet]),
    await association.send(3, storeCommand({ ...object, sopInstanceUid: "2.25.1" }), [deflateRawSync(object.dataSet)]),
    await association.send(3, storeCommand(object), [deflateRawSync(object.dataSet)]),
  ];
  expect(answers.map(({ status, errorComment }) => [status, errorComment])).toEqual([
    [0xa900, "OBJECT_MISMATCHED"],
    [0xa900, "OBJECT_MISMATCHED"],
    success,
  ]);
  expect(received).toHaveLength(1);
  expect(line("dimse:ct1")).toMatchObject({ refused: 2, received: 1 });
  expect(incoming()).toEqual([]);
});

test("a difference that only the whole object shows is a warning, as the object is kept", async () => {
  const { port } = await scratchListener(
    {},
    {
      answer: (bytes) => ({
        ...taken(bytes),
        object: { sopClassUid: "1.2", sopInstanceUid: "2.25.9", transferSyntaxUid: explicit },
      }),
    },
  );
  expect(await store({ port }, smallObject())).toEqual([[0xb007, "OBJECT_MISMATCHED"]]);
});

test("commands that have no place are answered, and the association goes on", async () => {
  const { port, received, line } = await scratchListener();
  const object = sentObject(smallObject());
  const association = await associate({ port }, [ct, explicit], ["1.2.840.10008.1.1", explicit]);
  const statusOf = async (...given: Parameters<typeof association.send>) => (await association.send(...given)).status;
  const command = storeCommand(object);
  expect([
    // A C-FIND; a store of another class than the context's; an echo where objects are stored; a UID that is none; nothing to store.
    await statusOf(1, { ...command, commandField: 0x20 }, [object.dataSet]),
    await statusOf(1, { ...command, affectedSopClassUid: "1.2.840.10008.5.1.4.1.1.4" }, [object.dataSet]),
    await statusOf(1, { ...command, commandField: 0x30, commandDataSetType: 0x0101 }),
    await statusOf(3, { ...command, affectedSopClassUid: "1.2.840.10008.1.1" }, [object.dataSet]),
    await statusOf(1, { ...command, affectedSopInstanceUid: "../../etc/passwd" }, [object.dataSet]),
    await statusOf(1, { ...command, commandDataSetType: 0x0101 }),
    await statusOf(1, command, [object.dataSet]),
  ]).toEqual([0x0211, 0x0122, 0x0122, 0x0122, 0x0117, 0xc000, 0]);
  expect(received).toHaveLength(1);
  // Objects that were refused are counted as others are.
  expect(line("dimse:ct1")).toMatchObject({ refused: 4, received: 1, lastError: { code: "EMPTY_FILE" } });
  await association.release();
});

test("an object that is larger than the node takes is passed over and refused, and nothing of it stays", async () => {
  const { port, received, incoming } = await scratchListener({ limits: { objectBytes: 4096 } });
  const association = await associate({ port }, [ct, explicit]);
  const object = { ...sentObject(smallObject()), dataSet: Buffer.alloc(200_000) };
  const { status, errorComment } = await association.send(1, storeCommand(object), [object.dataSet]);
  expect([status, errorComment, received.length, incoming()]).toEqual([0xa700, "OBJECT_TOO_LARGE", 0, []]);
  await association.release();
});

test("eight associations at once do not disturb each other", async () => {
  const { port, received } = await scratchListener();
  const files = (caller: number) => Array.from({ length: 20 }, (_, at) => smallObject({ seed: `${caller}-${at}` }));
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, caller) => store({ port, callingAe: `CT${caller}` }, ...files(caller))),
  );
  expect(answers.flat()).toEqual(Array.from({ length: 160 }, () => success));
  const sent = Array.from({ length: 8 }, (_, caller) =>
    files(caller).map((file) => sentObject(file).sopInstanceUid),
  ).flat();
  expect(received.map(({ bytes }) => sentObject(bytes).sopInstanceUid).sort()).toEqual(sent.sort());
});

test("more associations than are taken are rejected for now, and there is room again when one ends", async () => {
  const { port, line } = await scratchListener({ limits: { associations: 2 } });
  const [one, other] = [await associate({ port }, [ct, explicit]), await associate({ port }, [ct, explicit])];
  const third = await associate({ port, callingAe: "MR1" }, [ct, explicit]).catch((thrown: NodeError) => thrown.data);
  expect(third).toEqual({ result: 2, source: 3, reason: 2 });
  expect(line("dimse:mr1")).toMatchObject({ lastError: { code: "DIMSE_TOO_MANY_ASSOCIATIONS" } });
  await one.release();
  await soon(async () => (await associate({ port }, [ct, explicit])).release());
  await other.release();
});

test("a listener that closes lets what is coming in come, and what waits go", async () => {
  const { port, close, received, incoming } = await scratchListener();
  const [idle, busy] = [await associate({ port }, [ct, explicit]), await associate({ port }, [ct, explicit])];
  const object = sentObject(smallObject());
  let closing: Promise<void> | undefined;
  async function* parts() {
    yield object.dataSet.subarray(0, 50);
    yield object.dataSet.subarray(50, 100);
    await soon(() => expect(incoming()).toHaveLength(1));
    closing = close();
    yield object.dataSet.subarray(100);
  }
  expect((await busy.send(1, storeCommand(object), parts())).status).toBe(0);
  await closing;
  expect(received).toHaveLength(1);
  await expect(idle.send(1, storeCommand(object), [object.dataSet])).rejects.toMatchObject({
    code: expect.stringMatching(/^DIMSE_/),
  });
});
