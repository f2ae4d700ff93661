// More files than a node takes at a time: each bound is told with its code, and nothing of what is given up stays.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "@fiducial/api";
import { describe, expect, test } from "vitest";
import { rawConnection, statusAndCode } from "../scratch/raw-connection.ts";
import { bytesOf, objectFiles, operatorLine, refusal, serve, soon } from "../scratch/scratch-server.ts";
import type { RunningServer } from "../server.ts";

/** Begins to send a file into an intake, and leaves it at its first bytes. */
function halfSent(server: RunningServer, path: string) {
  const { host } = new URL(server.url);
  const raw = rawConnection(server.url);
  raw.write(
    `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${operatorLine(server)}\r\nContent-Type: application/dicom\r\nContent-Length: 99999\r\n\r\nabc`,
  );
  return raw;
}

describe("intakes", () => {
  test("are half as many of one caller, and one that is registered makes room", async () => {
    const { client, request } = await serve({ intakes: 4 });
    const { intake } = await client.openIntake();
    await client.openIntake();
    const answer = await request("/api/v1/intakes", { method: "POST" });
    expect(answer.headers.get("retry-after")).toBe("60");
    expect(Problem.parse(await answer.json())).toMatchObject({ status: 429, code: "TOO_MANY_INTAKES" });
    await client.registerIntake(intake);
    expect(await client.openIntake()).toMatchObject({ intake: expect.any(String) });
  });

  test("that are left alone close, and what they took is gone", async () => {
    const { scratch, node, client } = await serve({ intakeIdleMs: 500 });
    const { intake } = await client.openIntake();
    await client.takeObject(intake, bytesOf("left"));
    expect(objectFiles(scratch)).toHaveLength(1);
    await soon(() => expect(objectFiles(scratch)).toEqual([]));
    expect(await refusal(client.takeObject(intake, bytesOf("late")))).toBe("INTAKE_UNKNOWN");
    expect(node.store.head().edge.size).toBe(3);
  });

  test("take their own objects along and no others': not those registered, not those that wait elsewhere", async () => {
    const { scratch, node, client } = await serve({ intakeIdleMs: 500 });
    writeFileSync(join(scratch.folder, "known.dcm"), bytesOf("known"));
    await node.ingest([join(scratch.folder, "known.dcm")]);
    const waiting = node.openIntake();
    writeFileSync(join(scratch.folder, "shared.dcm"), bytesOf("shared"));
    await waiting.take({ path: join(scratch.folder, "shared.dcm") });
    const { intake } = await client.openIntake();
    for (const seed of ["known", "shared", "alone"]) await client.takeObject(intake, bytesOf(seed));
    expect(objectFiles(scratch)).toHaveLength(3);
    await soon(() => expect(objectFiles(scratch)).toHaveLength(2));
    await waiting.settle();
    const [study] = waiting.result().studies;
    expect(study).toMatchObject({ instances: 1 });
    for (const seed of ["known", "shared"])
      expect(objectFiles(scratch).map((path) => new Uint8Array(readFileSync(path)))).toContainEqual(bytesOf(seed));
  });

  test("close with the server, and leave nothing", async () => {
    const { scratch, client, server } = await serve({});
    const { intake } = await client.openIntake();
    await client.takeObject(intake, bytesOf("left"));
    expect(objectFiles(scratch)).toHaveLength(1);
    await server.close();
    expect(objectFiles(scratch)).toEqual([]);
  });

  test("take so many objects, and stay good", async () => {
    const { client } = await serve({ intakeObjects: 1 });
    const { intake } = await client.openIntake();
    await client.takeObject(intake, bytesOf("one"));
    expect(await refusal(client.takeObject(intake, bytesOf("two")))).toBe("INTAKE_FULL");
    expect(await client.registerIntake(intake)).toMatchObject({ instances: 1 });
  });

  test("are registered with what was on its way into them", async () => {
    const { client, server } = await serve({});
    const { intake } = await client.openIntake();
    const object = bytesOf("slow");
    const { host } = new URL(server.url);
    const sending = rawConnection(server.url);
    sending.socket.write(
      `POST /api/v1/intakes/${intake}/objects HTTP/1.1\r\nHost: ${host}\r\n${operatorLine(server)}\r\nContent-Type: application/dicom\r\nContent-Length: ${object.length}\r\nConnection: close\r\n\r\n`,
    );
    sending.socket.write(object.subarray(0, 100));
    await soon(async () => expect(await refusal(client.takeObject(intake, bytesOf("other")))).toBe("answered"));
    const registered = client.registerIntake(intake);
    await soon(async () => expect(await refusal(client.takeObject(intake, object))).toBe("INTAKE_UNKNOWN"));
    sending.socket.write(object.subarray(100));
    expect((await registered).instances + (await registered).known).toBe(2);
    expect(statusAndCode(await sending.answer)).toEqual([200, undefined]);
  });
});

describe("files that come in", () => {
  test("and are refused at their first byte are told why, however long they are", async () => {
    const { client } = await serve({});
    const long = new Uint8Array(2 ** 26);
    for (let time = 0; time < 3; time++)
      expect(await refusal(client.takeObject("0".repeat(32), long))).toBe("INTAKE_UNKNOWN");
  });

  test("are so many at a time, and one that breaks off makes room and leaves nothing", async () => {
    const { scratch, client, server } = await serve({ uploads: 1 });
    const half = halfSent(server, "/api/v1/verifications");
    await soon(async () => expect(await refusal(client.verify(bytesOf("x")))).toBe("TOO_MANY_UPLOADS"));
    half.socket.destroy();
    await soon(async () => expect(await refusal(client.verify(bytesOf("x")))).toBe("answered"));
    expect(objectFiles(scratch)).toEqual([]);
  });

  test("that say nothing for long are given up", async () => {
    const { scratch, server } = await serve({ fileIdleMs: 50 });
    const { answer } = halfSent(server, "/api/v1/verifications");
    expect(statusAndCode(await answer)).toEqual([408, "REQUEST_TIMED_OUT"]);
    expect(objectFiles(scratch)).toEqual([]);
  });

  test("are no longer than the node takes", async () => {
    const { scratch, client } = await serve({ fileBytes: 1000 });
    expect(await refusal(client.verify(new Uint8Array(1001)))).toBe("REQUEST_TOO_LARGE");
    expect(await refusal(client.verify(new Uint8Array(1000)))).toBe("answered");
    expect(objectFiles(scratch)).toEqual([]);
  });

  test("take so much room together, which registering gives back", async () => {
    const [first, second] = [bytesOf("first"), bytesOf("second")];
    const { client } = await serve({ waitingBytes: first.length + second.length - 1 });
    const { intake } = await client.openIntake();
    await client.takeObject(intake, first);
    // What is refused takes no room.
    await client.takeObject(intake, new Uint8Array(200));
    expect(await refusal(client.takeObject(intake, second))).toBe("INTAKES_FULL");
    await client.registerIntake(intake);
    const { intake: next } = await client.openIntake();
    expect(await client.takeObject(next, second)).toEqual({ sizeBytes: second.length });
  });
});
