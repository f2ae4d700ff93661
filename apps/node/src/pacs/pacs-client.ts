// What a node asks of the PACS: an object as it is stored there (WADO-RS), which objects of a study it has, and whether it answers at all (QIDO-RS). DICOM PS3.18 § 10.4, § 10.6.
import { isUid } from "@fiducial/dicom";
import { type Asking, feedClient, type ServerFaults } from "../connections/feed-request.ts";
import { NodeError } from "../node-error.ts";
import type { PacsOptions } from "./pacs-options.ts";
import { type ReceivedCopy, receiveCopy } from "./received-copy.ts";

/** Where an object is, by its UIDs. */
export interface ObjectUids {
  readonly study: string;
  readonly series: string;
  readonly instance: string;
}

export interface PacsClient {
  /** Writes an object, as the PACS has it stored, into a new file; `grow` hears of bytes before they are written, and may throw. Rejects with that and with PACS_*; what was written then is the caller's to remove. */
  retrieve(uids: ObjectUids, path: string, grow: (bytes: number) => void): Promise<ReceivedCopy>;
  /** SOP Instance UIDs that the PACS lists for a study of some `count` instances. Rejects with PACS_*, with PACS_FOREIGN for a list that is much longer. */
  instancesOf(studyUid: string, count: number): Promise<ReadonlySet<string>>;
  /** Asks for one study, whichever. Rejects with PACS_* when the answer is none of QIDO-RS. */
  check(): Promise<void>;
  close(): void;
}

const faults: ServerFaults = {
  unreachable: "PACS_UNREACHABLE",
  denied: "PACS_DENIED",
  foreign: "PACS_FOREIGN",
  failed: "PACS_FAILED",
  addressRefused: "PACS_ADDRESS_REFUSED",
};

const usualLongestMs = 600_000;
/** Whoever searches waits for this. */
const searchMs = 10_000;
/** Bytes of an answer: of each instance that is asked for, and besides. */
const [bytesOfRow, bytesBesides] = [2048, 2 ** 18];

/** Any transfer syntax: without it archives encode anew what they have stored. DICOM PS3.18 § 8.7.3.5. */
const asStored: Asking = { accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' };
const json: Asking = { accept: "application/dicom+json", mayBeEmpty: true };

/** Makes a client. Throws PACS_ADDRESS_REFUSED. */
export function pacsClient(options: PacsOptions): PacsClient {
  const { qidoUrl, wadoUrl, longestMs = usualLongestMs, ...server } = options;
  const wado = feedClient({ ...server, url: wadoUrl, longestMs }, faults);
  const qido = feedClient({ ...server, url: qidoUrl, longestMs: Math.min(longestMs, searchMs) }, faults);

  async function rows(path: string, count: number): Promise<readonly Row[]> {
    const answer = (await qido.json(path, { ...json, mostBytes: bytesBesides + count * bytesOfRow })) ?? [];
    if (!Array.isArray(answer) || !answer.every(isRow)) throw new NodeError("PACS_FOREIGN");
    return answer;
  }

  return {
    retrieve: async ({ study, series, instance }, path, grow) => {
      // They come from headers of objects, and become a part of a path.
      if (![study, series, instance].every(isUid)) throw new NodeError("PACS_COPY_MISSING");
      const answer = await wado.get(`studies/${study}/series/${series}/instances/${instance}`, asStored);
      if (answer === undefined) throw new NodeError("PACS_COPY_MISSING");
      return receiveCopy(answer, path, grow, wado.broken);
    },
    instancesOf: async (studyUid, count) => {
      if (!isUid(studyUid)) return new Set();
      const listed = await rows(`studies/${studyUid}/instances`, count);
      return new Set(listed.map((row) => uidIn(row, sopInstanceUid)));
    },
    check: async () => {
      const found = await rows("studies?limit=1", 1);
      if (found.some((row) => !isUid(uidIn(row, studyInstanceUid)))) throw new NodeError("PACS_FOREIGN");
    },
    close: () => {
      wado.close();
      qido.close();
    },
  };
}

/** A row of an answer, in the DICOM JSON Model. DICOM PS3.18 F. */
type Row = Readonly<Record<string, { readonly Value?: unknown }>>;

const [sopInstanceUid, studyInstanceUid] = ["00080018", "0020000D"];

function isRow(given: unknown): given is Row {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

function uidIn(row: Row, tag: string): string {
  const { Value: values } = (row[tag] ?? {}) as { Value?: unknown };
  const [first] = Array.isArray(values) ? values : [];
  return typeof first === "string" ? first : "";
}
