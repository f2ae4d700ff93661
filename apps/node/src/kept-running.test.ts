// Only what a full disk has stopped is started anew, and only with room.
import { expect, test } from "vitest";
import type { WholeConfiguration } from "./configuration/schema.ts";
import { keepRunning } from "./kept-running.ts";
import type { RunningNode } from "./running-node.ts";
import { scratchConfiguration } from "./scratch/scratch-configuration.ts";
import { scratchNode } from "./scratch/scratch-node.ts";
import { soon } from "./scratch/scratch-server.ts";

function kept(stops: { replica?: string; publication?: string }, room: () => number) {
  const stopping = new AbortController();
  const started: WholeConfiguration[] = [];
  const closed: (string | undefined)[] = [];
  let begun = 0;
  const start = async (configuration: WholeConfiguration) => {
    const [isFirst] = [started.push(configuration) === 1];
    return {
      node: { stops: () => (isFirst ? stops : {}), folder: { path: "" } },
      server: { port: 40_001 },
      dicom: { port: 40_002 },
      close: async (signal?: string) => void closed.push(signal),
    } as unknown as RunningNode;
  };
  const configuration = scratchConfiguration(scratchNode(), ["dicom.port=0"]);
  const options = { leastFreeBytes: 100, lookMs: 1, room };
  const begin = () => {
    begun++;
    return () => void begun--;
  };
  const over = keepRunning({ signal: stopping.signal, configuration, start, begun: begin, ...options });
  const stop = () => {
    stopping.abort("SIGTERM");
    return over;
  };
  return { started, closed, running: () => begun, stop };
}

const aWhile = () => new Promise((resolve) => setTimeout(resolve, 30));

test.each([{ replica: "DISK_FULL" }, { publication: "DISK_FULL" }])(
  "with room again, what a full disk has stopped is started anew on the ports it had: %o",
  async (stops) => {
    let free = 99;
    const { started, closed, running, stop } = kept(stops, () => free);
    await aWhile();
    expect(started.length).toBe(1);
    free = 100;
    await soon(() => expect(started.length).toBe(2));
    expect([started[0]?.http.port, started[0]?.dicom.port]).toEqual([0, 0]);
    expect([started[1]?.http.port, started[1]?.dicom.port]).toEqual([40_001, 40_002]);
    await aWhile();
    expect([started.length, closed, running()]).toEqual([2, [undefined], 1]);
    await stop();
    expect([closed, running()]).toEqual([[undefined, "SIGTERM"], 0]);
  },
);

test("what stopped for another reason waits for whoever looks after it", async () => {
  const { started, closed, stop } = kept({ replica: "STORE_CORRUPT" }, () => 1000);
  await aWhile();
  await stop();
  expect([started.length, closed]).toEqual([1, ["SIGTERM"]]);
});
