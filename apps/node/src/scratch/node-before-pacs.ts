// A node with a false PACS behind it, which lets go of objects when a test says so.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, onTestFinished } from "vitest";
import type { OpenNode } from "../compose.ts";
import type { PacsOptions } from "../pacs/pacs-options.ts";
import { type FalsePacs, falsePacs } from "./false-pacs.ts";
import { type HandClock, handClock } from "./hand-clock.ts";
import { attributesOf } from "./scratch-inbox.ts";
import { type ScratchNode, scratchNode } from "./scratch-node.ts";
import { soon } from "./scratch-server.ts";

/** The bytes of an object of study 1. */
export const bytesOf = (object: string, attributes: object = {}, pixels?: Uint16Array) =>
  smallObject({
    seed: object,
    attributes: { ...attributesOf("1", object), ...attributes },
    ...(pixels === undefined ? {} : { pixels }),
  });

/** A node, the PACS behind it, and the hand that moves both. */
export interface Behind {
  readonly scratch: ScratchNode;
  readonly pacs: FalsePacs;
  readonly node: OpenNode;
  readonly clock: HandClock;
  /** Lets it look once more. */
  sweep(): Promise<void>;
  /** Takes objects in, and returns their digests, sorted. */
  take(...objects: readonly Uint8Array[]): Promise<string[]>;
  here(): string[];
  row(): ReturnType<OpenNode["connections"]["list"]>[number] | undefined;
}

/** Opens them; the PACS holds nothing yet. */
export async function behind(options: Partial<PacsOptions> = {}, scratch = scratchNode()): Promise<Behind> {
  const pacs = await falsePacs();
  const node = await scratch.open({ pacs: { qidoUrl: pacs.url, wadoUrl: pacs.url, idleMs: 300, ...options } });
  const clock = handClock();
  let releasing: ReturnType<OpenNode["startReleasing"]>;
  onTestFinished(() => releasing?.close());
  let taken = 0;
  const idle = () => soon(() => expect(clock.waiting()).toBe(1));
  return {
    ...{ scratch, pacs, node, clock },
    sweep: async () => {
      if (releasing === undefined) releasing = node.startReleasing(clock);
      else clock.advance(3_600_000);
      await idle();
    },
    take: async (...objects) => {
      const before = new Set(node.objects.digests());
      const paths = objects.map((bytes) => {
        const path = join(scratch.folder, `${taken++}.dcm`);
        writeFileSync(path, bytes);
        return path;
      });
      const { refused } = await node.ingest(paths);
      expect(refused).toEqual([]);
      return [...node.objects.digests()].filter((digest) => !before.has(digest));
    },
    here: () => [...node.objects.digests()],
    row: () => node.connections.list().find(({ type }) => type === "pacs"),
  };
}
