// The parts of a STOW-RS request: each written down as it comes, and its first bytes looked at, to name it should it be refused.
import type { Readable } from "node:stream";
import { bytesSource, isUid, readFileMeta } from "@fiducial/dicom";
import { type MultipartError, type MultipartPart, multipartParts } from "@fiducial/dicom/dicomweb";
import type { NodeErrorCode } from "../../../node-error.ts";
import { NodeError } from "../../../node-error.ts";
import { arriving, type SenderPace } from "../../../serving/patience.ts";
import type { Spool, SpooledFile } from "../../../serving/spool.ts";
import type { SentObject } from "./store-response.ts";

/** A part that was written down. */
export interface SentPart {
  readonly file: SpooledFile;
  /** As its file meta information names it. */
  readonly object: SentObject | undefined;
}

/** What parts are read with. */
export interface PartTerms {
  readonly boundary: string;
  readonly pace: SenderPace;
  readonly spool: Spool;
}

/** Objects of one request: as many as the largest study has. */
const mostParts = 50_000;

/** Writes down one part after the other. Throws MULTIPART_INVALID, UPLOAD_BROKEN_OFF, REQUEST_TOO_LARGE, MEDIA_TYPE_UNSUPPORTED, and as a spool does; the part in which it does goes. */
export async function* sentParts(body: Readable, { boundary, pace, spool }: PartTerms): AsyncGenerator<SentPart, void> {
  const chunks = arriving(body, pace);
  try {
    for await (const part of multipartParts(chunks, boundary, { parts: mostParts })) {
      checkType(part);
      const head: Head = { bytes: [], size: 0 };
      const file = await spool.receive(watched(part.body, head));
      yield { file, object: await objectNamedIn(head) };
    }
  } catch (thrown) {
    throw asNodeError(thrown);
  }
}

function checkType({ header }: MultipartPart): void {
  const type = header.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== undefined && type !== "application/dicom") throw new NodeError("MEDIA_TYPE_UNSUPPORTED");
  // What is encoded for the way would not be stored as it was sent.
  const encoding = header.get("content-transfer-encoding")?.toLowerCase() ?? "binary";
  if (!["binary", "8bit"].includes(encoding)) throw new NodeError("MEDIA_TYPE_UNSUPPORTED");
}

interface Head {
  readonly bytes: Uint8Array[];
  size: number;
}

/** File meta information is a few hundred bytes. */
const headBytes = 4096;

async function* watched(body: AsyncIterable<Uint8Array>, head: Head): AsyncGenerator<Uint8Array, void> {
  for await (const piece of body) {
    if (head.size < headBytes) head.bytes.push(piece.slice(0, headBytes - head.size));
    head.size += piece.length;
    yield piece;
  }
}

async function objectNamedIn({ bytes }: Head): Promise<SentObject | undefined> {
  const meta = await readFileMeta(bytesSource(Buffer.concat(bytes))).catch(() => undefined);
  const { sopInstanceUid = "", sopClassUid = "" } = meta ?? {};
  if (!isUid(sopInstanceUid)) return undefined;
  return { sopInstanceUid, sopClassUid: isUid(sopClassUid) ? sopClassUid : "" };
}

const nodeCodes: Readonly<Record<MultipartError["code"], NodeErrorCode>> = {
  BOUNDARY_INVALID: "MULTIPART_INVALID",
  MULTIPART_MALFORMED: "MULTIPART_INVALID",
  PART_HEADER_TOO_LARGE: "REQUEST_TOO_LARGE",
  TOO_MANY_PARTS: "REQUEST_TOO_LARGE",
  MULTIPART_BROKEN_OFF: "UPLOAD_BROKEN_OFF",
};

function asNodeError(thrown: unknown): unknown {
  const { name, code } = thrown as { name?: string; code?: MultipartError["code"] };
  if (name === "MultipartError" && code !== undefined) return new NodeError(nodeCodes[code]);
  // Whoever sent it is gone.
  return (code as string | undefined) === "ECONNRESET" ? new NodeError("UPLOAD_BROKEN_OFF") : thrown;
}
