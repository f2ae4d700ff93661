import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type NodeOptions, type OpenNode, openNode } from "../compose.ts";
import { health } from "../routes/health.ts";
import { demoFolder, demoMorning, isDemoWaiting, registerDemo } from "./demo.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "demo-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function within<Result>(
  name: string,
  options: Partial<NodeOptions>,
  work: (node: OpenNode) => Result | Promise<Result>,
): Promise<Result> {
  const node = await openNode({
    data: join(folder, name),
    keys: join(folder, `${name}-keys`),
    create: true,
    ...options,
  });
  try {
    return await work(node);
  } finally {
    await node.close();
  }
}

test("a folder made for the demonstration says so ever after, whoever opens it, and waits for its data once", async () => {
  const steps: string[] = [];
  const before = await within("demo", { ...demoFolder, organizationName: "Another Name" }, async (node) => {
    expect([isDemoWaiting(node), health(node).demo]).toEqual([true, true]);
    await registerDemo(node, demoMorning(Date.UTC(2026, 0, 2, 12)), (done, total) => steps.push(`${done}/${total}`));
    return node.store.head().edge.size;
  });
  expect(steps.at(-1)).toBe(`${steps.length}/${steps.length}`);
  await within("demo", { organizationName: "Northlake Hospital" }, async (node) => {
    expect([isDemoWaiting(node), health(node).demo]).toEqual([false, true]);
    const devices = node.projection.identity.actors().filter(({ type }) => type === "device").length;
    await registerDemo(node, demoMorning(Date.UTC(2026, 0, 2, 12)));
    expect(node.projection.identity.actors().filter(({ type }) => type === "device")).toHaveLength(devices);
    expect(node.store.head().edge.size).toBe(before);
  });
});

test("any other folder is none, even with the demonstration's name, and none becomes one later", async () => {
  await within("own", { organizationName: demoFolder.organizationName }, (node) => {
    expect([isDemoWaiting(node), health(node).demo]).toEqual([false, false]);
  });
  await within("own", demoFolder, (node) => {
    expect([isDemoWaiting(node), health(node).demo]).toEqual([false, false]);
  });
});

test("the demonstration began on the morning before", () => {
  expect(demoMorning(Date.UTC(2026, 2, 1, 3))).toBe("2026-02-28T08:00:00+01:00");
});
