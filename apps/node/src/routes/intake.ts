// Files over HTTP: into an intake, or only to be verified. Bytes go to disk as they come, as many as the limits allow.
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { FileVerdict, IntakeOpened, IntakeRegistered, ObjectTaken } from "@fiducial/api";
import type { OpenNode } from "../compose.ts";
import type { Intake } from "../intake/intake.ts";
import { NodeError } from "../node-error.ts";
import type { ServerLimits } from "../serving/limits.ts";
import { arriving } from "../serving/patience.ts";
import { places } from "../serving/places.ts";
import { type SpooledFile, spoolOf } from "../serving/spool.ts";

/** Files that come over HTTP. */
export interface HttpIntakes {
  /** Opens one for `sender`. Throws TOO_MANY_INTAKES. */
  open(sender: string): IntakeOpened;
  /** Rejects with INTAKE_UNKNOWN, INTAKE_FULL, and as a spool does. */
  take(id: string, file: SentFile): Promise<ObjectTaken>;
  /** Rejects with INTAKE_UNKNOWN. */
  register(id: string): Promise<IntakeRegistered>;
  /** Verifies a file that comes as a stream; nothing of it is kept. Rejects as a spool does. */
  verify(file: SentFile): Promise<FileVerdict>;
  /** Closes every intake, when what is under way has ended; what they took and nobody registered goes. */
  close(): Promise<void>;
}

/** A file that comes in, and who sends it. */
export interface SentFile {
  readonly body: Readable;
  readonly sender: string;
}

interface OpenIntake {
  readonly intake: Intake;
  readonly taking: Set<Promise<unknown>>;
  objects: number;
  idleSinceMs: number;
  /** Gives back its place, and the room of its files. */
  readonly leaving: (() => void)[];
}

/** Keeps intakes by id until they are registered, or nobody has used them for `intakeIdleMs`. */
export function httpIntakes(node: OpenNode, limits: ServerLimits): HttpIntakes {
  const intakes = new Map<string, OpenIntake>();
  const seats = places(limits.intakes, "TOO_MANY_INTAKES");
  const working = new Set<Promise<unknown>>();
  const spool = spoolOf(node.objects.newIncoming, limits);
  const pace = { ...limits, idleMs: limits.fileIdleMs };
  const sweeping = setInterval(() => {
    for (const [id, { taking, idleSinceMs }] of intakes)
      if (taking.size === 0 && performance.now() - idleSinceMs >= limits.intakeIdleMs) abandon(id).catch(() => {});
  }, limits.intakeIdleMs / 4).unref();

  function find(id: string): OpenIntake {
    const found = intakes.get(id);
    if (found === undefined) throw new NodeError("INTAKE_UNKNOWN");
    return found;
  }

  // From here on nobody finds it; files that are on their way into it still arrive.
  async function taken(id: string): Promise<OpenIntake> {
    const found = find(id);
    intakes.delete(id);
    await Promise.allSettled(found.taking);
    return found;
  }

  async function abandon(id: string): Promise<void> {
    const { intake, leaving } = await taken(id);
    await intake.abandon().finally(() => leave(leaving));
  }

  async function registerNow(id: string): Promise<IntakeRegistered> {
    const { intake, leaving } = await taken(id);
    await intake.settle().finally(() => leave(leaving));
    return intake.result() as IntakeRegistered;
  }

  async function verifyNow({ body, sender }: SentFile): Promise<FileVerdict> {
    const { path, release } = await spool.receive(arriving(body, pace), sender);
    try {
      const { file: _, ...verdict } = await node.verify(path);
      return verdict as FileVerdict;
    } finally {
      release();
      await rm(path, { force: true });
    }
  }

  // Also when whoever asked has gone: a node does not close in the middle of it.
  function underWay<Result>(work: Promise<Result>): Promise<Result> {
    working.add(work);
    return work.finally(() => working.delete(work));
  }

  async function takeNow({ intake, objects, leaving }: OpenIntake, { body, sender }: SentFile): Promise<ObjectTaken> {
    const file = await spool.receive(arriving(body, pace), sender);
    const result = await intake.take({ path: file.path, name: String(objects), received: true }).catch(failed(file));
    if (!("refused" in result)) {
      leaving.push(file.release);
      return result;
    }
    file.release();
    return { refused: { code: result.refused.code, message: result.refused.message } };
  }

  return {
    open: (sender) => {
      const leaving = [seats.take(sender)];
      const id = randomBytes(16).toString("hex");
      const idleSinceMs = performance.now();
      intakes.set(id, { intake: node.openIntake(), taking: new Set(), objects: 0, idleSinceMs, leaving });
      return { intake: id };
    },

    take: async (id, file) => {
      const found = find(id);
      if (found.objects >= limits.intakeObjects) throw new NodeError("INTAKE_FULL");
      found.objects++;
      const taking = takeNow(found, file);
      found.taking.add(taking);
      try {
        return await taking;
      } finally {
        found.taking.delete(taking);
        found.idleSinceMs = performance.now();
      }
    },

    register: (id) => underWay(registerNow(id)),
    verify: (file) => underWay(verifyNow(file)),

    close: async () => {
      clearInterval(sweeping);
      await Promise.allSettled(working);
      await Promise.all([...intakes.keys()].map(abandon));
    },
  };
}

function leave(leaving: readonly (() => void)[]): void {
  for (const step of leaving) step();
}

function failed({ path, release }: SpooledFile): (thrown: unknown) => Promise<never> {
  return async (thrown) => {
    release();
    await rm(path, { force: true });
    throw thrown;
  };
}
