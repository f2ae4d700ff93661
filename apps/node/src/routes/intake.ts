// Files over HTTP: into an intake, or only to be verified. Bytes go to disk as they come, whatever their number.
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FileVerdict, IntakeOpened, IntakeRegistered, ObjectTaken } from "@fiducial/api";
import type { OpenNode } from "../compose.ts";
import type { Intake } from "../intake/intake.ts";
import { NodeError } from "../node-error.ts";

/** The intakes that are open over HTTP. */
export interface HttpIntakes {
  open(): IntakeOpened;
  take(id: string, body: Readable): Promise<ObjectTaken>;
  register(id: string): Promise<IntakeRegistered>;
}

interface OpenIntake {
  readonly intake: Intake;
  objects: number;
}

/** Keeps intakes by id until they are registered. What was taken and never registered goes when the node starts again. */
export function httpIntakes(node: OpenNode): HttpIntakes {
  const intakes = new Map<string, OpenIntake>();

  function find(id: string): OpenIntake {
    const found = intakes.get(id);
    if (found === undefined) throw new NodeError("INTAKE_UNKNOWN");
    return found;
  }

  return {
    open: () => {
      const id = randomBytes(16).toString("hex");
      intakes.set(id, { intake: node.openIntake(), objects: 0 });
      return { intake: id };
    },

    take: async (id, body) => {
      const found = find(id);
      const name = String(++found.objects);
      const path = await received(node, body);
      const taken = await found.intake.take({ path, name, received: true });
      return "refused" in taken ? { refused: { code: taken.refused.code, message: taken.refused.message } } : taken;
    },

    register: async (id) => {
      const { intake } = find(id);
      intakes.delete(id);
      await intake.settle();
      return intake.result() as IntakeRegistered;
    },
  };
}

/** Verifies a file that comes as a stream; nothing of it is kept. */
export async function verification(node: OpenNode, body: Readable): Promise<FileVerdict> {
  const path = await received(node, body);
  try {
    const { file: _, ...verdict } = await node.verify(path);
    return verdict as FileVerdict;
  } finally {
    await rm(path, { force: true });
  }
}

async function received(node: OpenNode, body: Readable): Promise<string> {
  const path = node.objects.newIncoming();
  try {
    await pipeline(body, createWriteStream(path, { mode: 0o600 }));
    return path;
  } catch (thrown) {
    await rm(path, { force: true });
    throw thrown;
  }
}
