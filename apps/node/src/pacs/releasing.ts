// Letting go of objects that the PACS keeps: each is asked back from there first, and goes only when what came is what was registered. Whatever is not so stays.
import { rm } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { formatUtcTime } from "@fiducial/core";
import type { ConnectionLine } from "../connections/connection-board.ts";
import { each, type RunningConnection, repeating } from "../connections/connection-rooms.ts";
import type { ReleaseStanding } from "../connections/connection-standing.ts";
import type { Clock } from "../intake/clock.ts";
import type { KeptObjects } from "../intake/kept-objects.ts";
import { NodeError, type NodeErrorCode } from "../node-error.ts";
import type { ObjectReader } from "../objects/object-reader.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import type { StoredVersion } from "../objects/stored-version.ts";
import type { Turns } from "../operations/turns.ts";
import { codeOf } from "../thrown-code.ts";
import { registeredUnder } from "../verification/verify-files.ts";
import { type CheckingRooms, checkCopy, hasPlainHead } from "./copy-check.ts";
import { type DifferingCopies, differingCodes } from "./differing-copies.ts";
import { mostBytesOf, uidsOf } from "./pacs-address.ts";
import type { PacsClient } from "./pacs-client.ts";
import { counted } from "./received-copy.ts";

/** What releasing works with. */
export interface ReleasingRooms extends CheckingRooms {
  readonly objects: Pick<ObjectStore, "digests" | "newIncoming" | "pathOf" | "unregistered" | "unrelease">;
  readonly kept: Pick<KeptObjects, "letGo">;
  readonly reader: Pick<ObjectReader, "isRead">;
  readonly operating: Turns;
  readonly client: Pick<PacsClient, "retrieve" | "check">;
  readonly line: ConnectionLine;
  readonly differing: DifferingCopies;
  /** What stayed here before the node was started. */
  readonly known?: ReleaseStanding | undefined;
  readonly clock: Clock;
  /** What the PACS is called among those who hold copies. */
  readonly name: string;
  readonly pollMs: number;
  /** Bytes of the largest object that is released. */
  readonly mostBytes: number;
  nowMs(): number;
}

/** Why an object stays, and until when it is not asked for again. */
interface Stay {
  readonly code: string;
  readonly times: number;
  readonly dueMs: number;
}

const batchSize = 64;
/** Objects looked at before others get their turn. */
const objectsATurn = 1024;
const checkEveryMs = 60_000;
const [firstDelayMs, longestDelayMs, longestPauseMs] = [10_000, 3_600_000, 300_000];
/** What another try will hardly change. */
const staying: ReadonlySet<string> = new Set(["PACS_COPY_OTHER_VERSION", "OBJECT_TOO_LARGE"]);
/** With these there is no use in asking for the next one. */
const ofConnection: ReadonlySet<string> = new Set(["PACS_UNREACHABLE", "PACS_DENIED", "PACS_ADDRESS_REFUSED"]);

/** Looks again and again at what is kept here, until it is closed. */
export function startReleasing(rooms: ReleasingRooms): RunningConnection {
  const { objects, clock, line, pollMs } = rooms;
  const stays = new Map<string, Stay>();
  const withHolder = new Set<string>();
  let failures = 0;
  let answeredMs: number | undefined;
  let hasLooked = false;

  async function sweep(): Promise<number> {
    const begun = clock.elapsedMs();
    try {
      await checkPacs();
      await releaseAll();
      hasLooked = true;
      failures = 0;
      // Looking takes longer the more stays: it takes a twentieth of the time at most.
      return Math.min(longestPauseMs, Math.max(pollMs, 20 * (clock.elapsedMs() - begun)));
    } catch (thrown) {
      if (running.isClosed()) return 0;
      answeredMs = undefined;
      line.failed(codeOf(thrown));
      return Math.min(longestPauseMs, Math.max(pollMs, 1000 * 2 ** Math.min(failures++, 20)));
    } finally {
      if (!running.isClosed()) await tell();
    }
  }

  async function checkPacs(): Promise<void> {
    if (answeredMs !== undefined && clock.elapsedMs() - answeredMs < checkEveryMs) return;
    await rooms.client.check();
    answered();
  }

  function answered(): void {
    answeredMs = clock.elapsedMs();
    line.works();
  }

  async function releaseAll(): Promise<void> {
    const here = new Set<string>();
    let batch: string[] = [];
    for (const digest of objects.digests()) {
      if (running.isClosed()) return;
      here.add(digest);
      if (here.size % objectsATurn === 0) await nextTurn();
      if ((stays.get(digest)?.dueMs ?? 0) > clock.elapsedMs()) continue;
      batch.push(digest);
      if (batch.length < batchSize) continue;
      await releaseBatch(batch);
      batch = [];
    }
    if (batch.length > 0) await releaseBatch(batch);
    for (const digest of stays.keys()) {
      if (here.has(digest)) continue;
      stays.delete(digest);
      // Destroyed, unless the PACS keeps it: then whoever reads it finds out.
      rooms.differing.asked(digest);
    }
  }

  async function tell(): Promise<void> {
    let here = 0;
    for (const _ of objects.digests()) if (++here % objectsATurn === 0) await nextTurn();
    const codes = [...stays.values()].map(({ code }) => code);
    const count = (of: ReadonlySet<string>) => codes.filter((code) => of.has(code)).length;
    // Until every object was asked for once since the start, what was known before is nearer to the truth.
    const before = hasLooked ? undefined : rooms.known;
    const changed = Math.max(count(differingCodes), before?.altered ?? 0);
    const kept = Math.max(count(staying), before?.kept ?? 0);
    const waiting = Math.max(0, here - objects.unregistered().length - changed - kept);
    line.releases({ waiting, altered: changed, kept });
  }

  async function releaseBatch(batch: readonly string[]): Promise<void> {
    const held: { readonly digest: string; readonly study: string | undefined }[] = [];
    try {
      await each(batch, async (digest) => {
        const found = await lookedAt(digest);
        if (found === undefined) return;
        rooms.differing.asked(digest, "code" in found ? found.code : undefined);
        if ("study" in found) held.push({ digest, study: found.study });
        else stay(digest, found.code);
        if ("code" in found && ofConnection.has(found.code)) throw new NodeError(found.code as NodeErrorCode);
      });
    } finally {
      await release(held);
    }
  }

  // Undefined for what is not registered yet. One that the vault cannot tell of keeps no other from going.
  async function lookedAt(
    digest: string,
  ): Promise<{ readonly study: string | undefined } | { readonly code: string } | undefined> {
    try {
      const version = await registeredUnder(rooms.vault, rooms.logs, digest);
      if (version === undefined) return undefined;
      const code = await checked(digest, version);
      return code === undefined ? { study: version.study } : { code };
    } catch (thrown) {
      return { code: codeOf(thrown) };
    }
  }

  // A mark of an earlier release says nothing of bytes that came again.
  async function checked(digest: string, version: StoredVersion): Promise<string | undefined> {
    objects.unrelease([digest]);
    if (version.record.sizeBytes > rooms.mostBytes) return "OBJECT_TOO_LARGE";
    const path = objects.newIncoming();
    try {
      const grow = counted(mostBytesOf(version, 2 * rooms.mostBytes));
      const received = await rooms.client.retrieve(uidsOf(rooms.vault, version), path, grow);
      answered();
      const check = await checkCopy(rooms, version, path, received);
      // What stands before the data set would be lost with the bytes: the PACS has another.
      if (check.fits && received.digest !== digest && !(await hasPlainHead(objects.pathOf(digest))))
        return "PACS_COPY_CHANGED";
      return check.fits ? undefined : check.code;
    } catch (thrown) {
      return codeOf(thrown);
    } finally {
      await rm(path, { force: true });
    }
  }

  function stay(digest: string, code: string): void {
    const before = stays.get(digest);
    if (differingCodes.has(code) && before?.code !== code) line.refused(code);
    const times = before?.code === code ? before.times + 1 : 1;
    const delayMs = staying.has(code) ? longestDelayMs : firstDelayMs * 2 ** Math.min(times - 1, 20);
    stays.set(digest, { code, times, dueMs: clock.elapsedMs() + Math.min(longestDelayMs, delayMs) });
  }

  // While an operation is under way, a backup for one, nothing goes.
  async function release(held: readonly { readonly digest: string; readonly study: string | undefined }[]) {
    if (held.length === 0 || running.isClosed()) return;
    await rooms.operating.take(async () => {
      for (const study of new Set(held.map((one) => one.study))) if (study !== undefined) await noteHolder(study);
      const free = held.map(({ digest }) => digest).filter((digest) => !rooms.reader.isRead(digest));
      for (const digest of await rooms.kept.letGo(free)) stays.delete(digest);
    });
  }

  // Whoever destroys or corrects the study is told that the PACS has it.
  async function noteHolder(study: string): Promise<void> {
    const { vault, name } = rooms;
    if (withHolder.has(study) || vault.subjectOfStudy(study) === undefined) return;
    const isKnown = vault.holders(study).some(({ kind, where }) => kind === "pacs" && where === name);
    const at = formatUtcTime(rooms.nowMs());
    if (!isKnown) await vault.write((writer) => writer.recordHolder(study, { kind: "pacs", where: name, at }));
    withHolder.add(study);
  }

  const running = repeating(clock, () => Promise.resolve().then(sweep));
  return { close: running.close };
}
