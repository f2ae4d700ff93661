// Senders that break off, lie, say nothing or never stop: each gets a clear answer, nothing of theirs stays, and others are served meanwhile.
import { connect as connectTls } from "node:tls";
import { smallObject } from "@fiducial/dicom/phantom";
import { afterEach, describe, expect, test } from "vitest";
import { sentObject, store } from "../../scratch/dimse-sender.ts";
import { handClock } from "../../scratch/hand-clock.ts";
import { type ScratchListener, scratchListener, taken, type Wire, wire } from "../../scratch/scratch-listener.ts";
import { soon } from "../../scratch/scratch-server.ts";
import { echo } from "./echo.ts";

const ct = "1.2.840.10008.5.1.4.1.1.2";
const explicit = "1.2.840.10008.1.2.1";
const object = sentObject(smallObject());

const latin = (text: string) => Buffer.from(text, "latin1");
const item = (type: number, value: Buffer) =>
  Buffer.concat([Buffer.of(type, 0, value.length >> 8, value.length), value]);
const pdu = (type: number, ...parts: readonly Buffer[]) => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(6);
  head[0] = type;
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
};

/** An A-ASSOCIATE-RQ of CT1 for CT images in Explicit VR Little Endian, written out by hand, in contexts 1 and 3. */
function request(calledAe = "FIDUCIAL", callingAe = "CT1"): Buffer {
  const context = (id: number) =>
    item(0x20, Buffer.concat([Buffer.of(id, 0, 0, 0), item(0x30, latin(ct)), item(0x40, latin(explicit))]));
  return pdu(
    1,
    Buffer.of(0, 1, 0, 0),
    latin(calledAe.padEnd(16)),
    latin(callingAe.padEnd(16)),
    Buffer.alloc(32),
    item(0x10, latin("1.2.840.10008.3.1.1.1")),
    context(1),
    context(3),
    item(0x50, item(0x51, Buffer.of(0, 0, 0x40, 0))),
  );
}

/** A P-DATA-TF with one value; flags: 1 command, 2 last. */
function data(contextId: number, flags: number, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32BE(bytes.length + 2);
  head[4] = contextId;
  head[5] = flags;
  return pdu(4, head, Buffer.from(bytes));
}

/** A C-STORE-RQ, written out by hand. PS3.7 § 9.3.1.1. */
function command(sopInstanceUid = object.sopInstanceUid, field = 1, dataSetType = 0): Buffer {
  const element = (number: number, value: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt16LE(number, 2);
    head.writeUInt32LE(value.length, 4);
    return Buffer.concat([head, value]);
  };
  const uid = (text: string) => latin(text.length % 2 === 0 ? text : `${text}\0`);
  const elements = Buffer.concat([
    element(0x0002, uid(ct)),
    element(0x0100, Buffer.of(field, 0)),
    element(0x0110, Buffer.of(7, 0)),
    element(0x0700, Buffer.of(0, 0)),
    element(0x0800, Buffer.of(dataSetType & 255, dataSetType >> 8)),
    element(0x1000, uid(sopInstanceUid)),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(elements.length);
  return Buffer.concat([element(0, length), elements]);
}

const releaseRequest = pdu(5, Buffer.alloc(4));
const abort = (source: number, reason: number) => [7, 0, 0, 0, 0, 4, 0, 0, source, reason];

/** Waits for the answer to the request, and leaves it aside. */
async function accepted({ write, came }: Wire): Promise<() => number[]> {
  write(request());
  const length = await soon(() => {
    const [type = 0, , a = 0, b = 0, c = 0, d = 0] = came();
    const whole = 6 + Buffer.of(a, b, c, d).readUInt32BE();
    expect([type, came().length]).toEqual([2, whole]);
    return whole;
  });
  return () => came().slice(length);
}

let listener: ScratchListener;
// Whatever somebody did, others are served.
afterEach(async () => {
  const before = listener.received.length;
  expect(await store(listener, smallObject({ seed: "after" }))).toEqual([[0, undefined]]);
  expect(listener.received.length).toBe(before + 1);
  await soon(() => expect(listener.incoming()).toEqual([]));
});

describe("what breaks the protocol", () => {
  const half = object.dataSet.subarray(0, 1000);
  const cases: readonly (readonly [string, readonly Buffer[], readonly number[]])[] = [
    [
      "an object without its end, and a release",
      [data(1, 3, command()), data(1, 0, half), releaseRequest],
      abort(2, 2),
    ],
    [
      "two objects between each other",
      [data(1, 3, command()), data(1, 0, half), data(3, 3, command("2.25.8"))],
      abort(2, 5),
    ],
    [
      "a piece of another context within an object",
      [data(1, 3, command()), data(1, 0, half), data(3, 0, half)],
      abort(2, 5),
    ],
    ["a PDU larger than was offered", [data(1, 3, command()), Buffer.of(4, 0, 0, 4, 0, 1)], abort(2, 6)],
    [
      "a value larger than its PDU",
      [data(1, 3, command()), Buffer.of(4, 0, 0, 0, 0, 6, 0, 0, 1, 0, 1, 2)],
      abort(2, 6),
    ],
    ["a context that nobody proposed", [data(9, 3, command())], abort(2, 6)],
    ["a command without an end", Array.from({ length: 20 }, () => data(1, 1, Buffer.alloc(1000))), abort(2, 6)],
    ["a command of rubbish", [data(1, 3, Buffer.alloc(64, 0xff))], abort(2, 6)],
    [
      "an answer to nothing",
      [data(1, 3, Buffer.from("00000001020000000180000000080200000001010000100102000000", "hex"))],
      abort(2, 6),
    ],
    ["a second request", [request()], abort(2, 2)],
    ["rubbish", [Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n\r\n")], abort(2, 1)],
  ];
  test.each(cases)("%s", async (_, pieces, answer) => {
    listener = await scratchListener();
    const sender = wire(listener.port);
    const came = await accepted(sender);
    sender.write(...pieces);
    await soon(() => expect(came()).toEqual(answer));
    expect(listener.line("dimse:ct1")).toMatchObject({ state: "failed", lastError: { code: "DIMSE_MALFORMED" } });
    sender.socket.destroy();
    await soon(() => expect(listener.incoming()).toEqual([]));
    expect(listener.received).toEqual([]);
  });

  test("something else than DICOM is aborted, in plain and in TLS, and is on the board without a name", async () => {
    listener = await scratchListener();
    const [http, tls] = [wire(listener.port), connectTls({ port: listener.port, host: "127.0.0.1" })];
    tls.on("error", () => {});
    http.write(Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    await soon(() => expect(http.came()).toEqual(abort(0, 0)));
    await soon(() =>
      expect(listener.line("dimse:-unknown")).toMatchObject({
        state: "failed",
        lastError: { code: "DIMSE_MALFORMED" },
      }),
    );
    tls.destroy();
  });

  test("a request of rubbish, and one without a name", async () => {
    listener = await scratchListener();
    const [rubbish, nameless] = [wire(listener.port), wire(listener.port)];
    rubbish.write(pdu(1, Buffer.alloc(5000, 0xaa)));
    await soon(() => expect(rubbish.came()).toEqual(abort(0, 0)));
    nameless.write(request("FIDUCIAL", "\x07\x08"));
    await soon(() => expect(nameless.came()).toEqual([3, 0, 0, 0, 0, 4, 0, 1, 1, 3]));
  });
});

describe("senders that break off in the middle of an object", () => {
  const ends: readonly (readonly [string, (sender: Wire) => void])[] = [
    ["with an abort", ({ write }) => write(pdu(7, Buffer.of(0, 0, 0, 0)))],
    ["by closing", ({ socket }) => socket.end()],
    ["by vanishing", ({ socket }) => socket.resetAndDestroy()],
  ];
  test.each(ends)("%s", async (_, end) => {
    listener = await scratchListener();
    const sender = wire(listener.port);
    await accepted(sender);
    sender.write(data(1, 3, command()), data(1, 0, object.dataSet.subarray(0, 1000)));
    await soon(() => expect(listener.incoming()).toHaveLength(1));
    end(sender);
    await soon(() => expect(listener.incoming()).toEqual([]));
    expect(listener.received).toEqual([]);
    await soon(() =>
      expect(listener.line("dimse:ct1")).toMatchObject({ state: "failed", lastError: { code: "DIMSE_BROKEN_OFF" } }),
    );
    await sender.closed;
  });

  test("half a request, and the end", async () => {
    listener = await scratchListener();
    const sender = wire(listener.port);
    sender.write(request().subarray(0, 100));
    sender.socket.end();
    await sender.closed;
    expect(sender.came()).toEqual([]);
  });
});

describe("time", () => {
  test("who asks for nothing is let go after ARTIM, and a request byte by byte does not lengthen it", async () => {
    const clock = handClock();
    listener = await scratchListener({ limits: { artimMs: 1000 } }, { clock });
    const [silent, slow] = [wire(listener.port), wire(listener.port)];
    slow.write(request().subarray(0, 10));
    await soon(() => expect(clock.waiting()).toBe(4));
    clock.advance(600);
    slow.write(request().subarray(10, 20));
    clock.advance(600);
    await Promise.all([silent.closed, slow.closed]);
    expect([...silent.came(), ...slow.came()]).toEqual([]);
  });

  test("who stops in the middle of an object is aborted, and nothing of it stays", async () => {
    const clock = handClock();
    listener = await scratchListener({ limits: { stalledMs: 2000, idleMs: 9000, artimMs: 500 } }, { clock });
    const sender = wire(listener.port);
    const came = await accepted(sender);
    sender.write(data(1, 3, command()), data(1, 0, object.dataSet.subarray(0, 1000)));
    await soon(() => expect([listener.incoming().length, clock.nextMs()]).toEqual([1, 2000]));
    clock.advance(2000);
    await soon(() => expect(came()).toEqual(abort(0, 0)));
    // It does not close either.
    await soon(() => expect(clock.nextMs()).toBe(500));
    clock.advance(500);
    await sender.closed;
    await soon(() => expect(listener.line("dimse:ct1")).toMatchObject({ lastError: { code: "DIMSE_SILENT" } }));
  });

  test("between objects there is more time, and an end without a line on the board", async () => {
    const clock = handClock();
    listener = await scratchListener({ limits: { stalledMs: 2000, idleMs: 9000 } }, { clock });
    const sender = wire(listener.port);
    const came = await accepted(sender);
    await soon(() => expect(clock.nextMs()).toBe(9000));
    clock.advance(8999);
    expect(came()).toEqual([]);
    clock.advance(1);
    await soon(() => expect(came()).toEqual(abort(0, 0)));
    expect(listener.line("dimse:ct1")).toMatchObject({ state: "idle" });
  });
});

test("a hundred connections that say nothing make room for one that says something", async () => {
  listener = await scratchListener({ limits: { silentConnections: 20 } });
  const silent = Array.from({ length: 100 }, () => wire(listener.port));
  await soon(() => expect(silent.filter(({ socket }) => socket.destroyed || socket.closed).length).toBeGreaterThan(60));
});

test("what a sender sends before it is answered waits in its hands", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const answer = async (bytes: Buffer) => {
    await promise;
    return taken(bytes);
  };
  listener = await scratchListener({}, { answer });
  const sender = wire(listener.port);
  const came = await accepted(sender);
  const one = [data(1, 3, command()), data(1, 2, object.dataSet)];
  sender.write(...one, ...one, ...one);
  await soon(() => expect(listener.received).toHaveLength(1));
  for (let at = 0; at < 5; at++)
    await echo({ host: "127.0.0.1", port: listener.port, callingAe: "MR1", calledAe: "FIDUCIAL" });
  expect([listener.received.length, came()]).toEqual([1, []]);
  resolve();
  await soon(() => expect(listener.received).toHaveLength(3));
});

test("who sends and never reads the answers is held up, and let go", async () => {
  const clock = handClock();
  listener = await scratchListener({ limits: { stalledMs: 2000, idleMs: 9000, artimMs: 500 } }, { clock });
  const sender = wire(listener.port);
  await accepted(sender);
  sender.socket.pause();
  // A C-FIND is answered at once, by a refusal.
  const find = data(1, 3, command(undefined, 0x20, 0x0101));
  sender.write(Buffer.concat(Array.from({ length: 200_000 }, () => find)));
  let unsent = 0;
  sender.socket.once("error", () => {});
  await soon(() => {
    unsent = sender.socket.writableLength || unsent;
    clock.advance(500);
    expect(clock.waiting()).toBe(0);
  });
  expect(unsent).toBeGreaterThan(2 ** 20);
  sender.socket.destroy();
});
