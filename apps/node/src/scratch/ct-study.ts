// A CT study as a scanner sends it, drawn while it is sent: one slice under fresh UIDs, again and again.
import { cloner, phantomUid, smallObject } from "@fiducial/dicom/phantom";
import { requestAssociation } from "../connections/dimse/requested-association.ts";
import { type Destination, sentObject, storeCommand } from "./dimse-sender.ts";

/** What is sent. */
export interface CtStudy {
  /** Its UIDs follow from it. */
  readonly seed: string;
  readonly slices: number;
  /** Pixels of a row and of a column; two bytes each. 512 unless told. */
  readonly side?: number;
}

/** The UID of a study's slice; slices are numbered from 0. */
export function sliceUid({ seed }: CtStudy, number: number): string {
  return phantomUid("2.25", seed, `slice ${number}`);
}

/** Sends every `of`th slice, from the `share`th on, in one association, and returns the statuses of the answers. */
export async function sendStudy(destination: Destination, study: CtStudy, share = 0, of = 1): Promise<number[]> {
  const slice = slicesOf(study);
  const { sopClassUid, transferSyntaxUid } = sentObject(slice(0));
  const { host = "127.0.0.1", callingAe = "CT1", calledAe = "FIDUCIAL", port } = destination;
  const association = await requestAssociation({ host, port, callingAe, calledAe, timeoutMs: 120_000 }, [
    { id: 1, abstractSyntax: sopClassUid, transferSyntaxes: [transferSyntaxUid] },
  ]);
  const statuses: number[] = [];
  for (let number = share; number < study.slices; number += of) {
    const object = sentObject(slice(number));
    const { status = -1 } = await association.send(
      1,
      storeCommand(object, (number % 65_535) + 1),
      pieces(object.dataSet),
    );
    statuses.push(status);
  }
  await association.release();
  return statuses;
}

/** The number of a slice in, its file out. */
function slicesOf({ seed, side = 512 }: CtStudy): (number: number) => Uint8Array {
  const attributes = { PatientID: `P-${seed}`, PatientName: `Load^${seed}`, AccessionNumber: `L-${seed}` };
  const copy = cloner(smallObject({ seed, columns: side, rows: side, attributes }));
  return (number) => copy({ sopInstanceUid: phantomUid("2.25", seed, `slice ${number}`) });
}

const pieceBytes = 128 * 1024 - 12;

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
}
