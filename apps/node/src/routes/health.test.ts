import { afterEach, expect, test, vi } from "vitest";
import { leastFreeBytes } from "../folder/disk-room.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { health } from "./health.ts";

const room = vi.hoisted(() => ({ given: undefined as { freeBytes: number; totalBytes: number } | undefined }));
vi.mock("../folder/disk-room.ts", async (original) => {
  const real = (await original()) as typeof import("../folder/disk-room.ts");
  return { ...real, diskRoomOf: (path: string) => room.given ?? real.diskRoomOf(path) };
});
afterEach(() => {
  room.given = undefined;
});

const gibibyte = 2 ** 30;

test("connections that are configured and fail are counted, and not named; strangers are not", async () => {
  const node = await scratchNode().open();
  const folder = node.connections.line({ id: "folder:one", type: "folder", name: "/srv/inbox" });
  node.connections.line({ id: "dimse:ct9", type: "dimse", name: "CT9" }).failed("DIMSE_CALLER_UNKNOWN");
  expect(health(node)).toMatchObject({ status: "ok", troubles: [] });
  folder.failed("PATH_UNREADABLE");
  expect(health(node)).toMatchObject({ status: "degraded", troubles: [{ code: "CONNECTION_FAILS", count: 1 }] });
  expect(JSON.stringify(health(node))).not.toContain('inbox"');
  folder.works();
  expect(health(node)).toMatchObject({ status: "ok", troubles: [] });
});

test("tells the disk in whole gibibytes, and nothing finer to strangers", async () => {
  const node = await scratchNode().open();
  const { disk } = health(node);
  expect(disk?.totalBytes).toBeGreaterThan(0);
  room.given = { freeBytes: 7 * gibibyte + 123_456, totalBytes: 9 * gibibyte + 1 };
  expect(health(node)).toMatchObject({ status: "ok", disk: { freeBytes: 7 * gibibyte, totalBytes: 9 * gibibyte } });
});

test("is degraded when little is left, and well again when there is room", async () => {
  const node = await scratchNode().open();
  room.given = { freeBytes: leastFreeBytes - 1, totalBytes: 9 * gibibyte };
  expect(health(node)).toMatchObject({ status: "degraded", troubles: [{ code: "DISK_LOW" }], disk: { freeBytes: 0 } });
  room.given = { freeBytes: leastFreeBytes, totalBytes: 9 * gibibyte };
  expect(health(node).status).toBe("ok");
});

test("is degraded while a part says so", async () => {
  const node = await scratchNode().open();
  let isWrong = true;
  node.troublesBesides.push(() => (isWrong ? [{ code: "EVENTS_DROPPED" }] : []));
  expect(health(node)).toMatchObject({ status: "degraded", troubles: [{ code: "EVENTS_DROPPED" }] });
  isWrong = false;
  expect(health(node).status).toBe("ok");
});
