// A node in a folder of its own, for tests: gone when the test is over. With members, and with small phantom objects to take in.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "@fiducial/contract";
import { type SmallObjectOptions, smallObject } from "@fiducial/dicom/phantom";
import { onTestFinished } from "vitest";
import { type NodeOptions, type OpenNode, openNode } from "../compose.ts";
import type { MemberKey } from "../operations/key-file.ts";

/** A node that a test may close and open again. */
export interface ScratchNode {
  readonly folder: string;
  readonly data: string;
  readonly keys: string;
  /** Opens the node; the one before is closed first. */
  open(options?: Partial<NodeOptions>): Promise<OpenNode>;
  close(): Promise<void>;
  /** Writes a small object into the store's incoming folder, as whoever receives it would, and returns its path. */
  incoming(node: OpenNode, options?: SmallObjectOptions): string;
  /** Writes a small object into a file and returns its path. */
  file(name: string, options?: SmallObjectOptions): string;
}

/** A study of the invented patient with this id. */
export interface ScratchStudy {
  readonly patientId: string;
  readonly patientName: string;
  readonly accession: string;
  readonly studyUid: string;
  readonly objects: number;
}

/** Makes an empty folder for a node; nothing is opened yet. */
export function scratchNode(openIt: typeof openNode = openNode): ScratchNode {
  const folder = mkdtempSync(join(tmpdir(), "node-"));
  const [data, keys] = [join(folder, "data"), join(folder, "keys")];
  let opened: OpenNode | undefined;
  async function close(): Promise<void> {
    const closing = opened;
    opened = undefined;
    await closing?.close();
  }
  onTestFinished(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    data,
    keys,
    close,
    open: async (options = {}) => {
      await close();
      opened = await openIt({ data, keys, create: true, threads: 1, ...options });
      return opened;
    },
    incoming: (node, options = {}) => {
      const path = node.objects.newIncoming();
      writeFileSync(path, smallObject(options));
      return path;
    },
    file: (name, options = {}) => {
      const path = join(folder, name);
      writeFileSync(path, smallObject({ seed: name, ...options }));
      return path;
    },
  };
}

/** Takes a study in and returns its handle. */
export async function takeIn(scratch: ScratchNode, node: OpenNode, study: ScratchStudy): Promise<string> {
  const paths = Array.from({ length: study.objects }, (_, at) =>
    scratch.file(`${study.studyUid}-${at}.dcm`, {
      attributes: {
        PatientID: study.patientId,
        PatientName: study.patientName,
        AccessionNumber: study.accession,
        StudyInstanceUID: study.studyUid,
        SOPInstanceUID: `${study.studyUid}.1.${at}`,
        SeriesInstanceUID: `${study.studyUid}.1`,
      },
    }),
  );
  const { studies } = await node.ingest(paths);
  for (const path of paths) rmSync(path);
  await node.projector.caughtUp(node.store.head().edge.size);
  return studies[0]?.study ?? "";
}

/** Registers a member whose key file is in the scratch folder, and opens the key. */
export async function member(scratch: ScratchNode, node: OpenNode, name: string, ...roles: Role[]): Promise<MemberKey> {
  const keyFile = { path: join(scratch.folder, `${name}.key`), passphrase: "" };
  await node.operations.members.add({ name, roles }, keyFile);
  return node.operations.members.key(keyFile);
}
