// A copy of an image kept here, altered on purpose, so that somebody with nothing at hand can see what the verifier says. Nothing of it leaves this browser.
import type { StudyObject } from "@fiducial/api";
import { bytesSource, readObject } from "@fiducial/dicom";
import { node } from "../../ui/node.ts";

const explicitLittleEndian = "1.2.840.10008.1.2.1";

/** Takes the middle picture of the newest CT and covers a disc of it with what lies beside. Returns undefined when there is none that fits. */
export async function alteredCopy(): Promise<File | undefined> {
  const { studies } = await node.studies({ limit: 50 });
  for (const { study, modalities } of studies) {
    if (!modalities.includes("CT")) continue;
    const { seriesList } = await node.study(study);
    const fitting = seriesList.flatMap(({ objects }) => objects).filter(isFitting);
    const object = fitting[Math.floor(fitting.length / 2)];
    if (object === undefined) continue;
    const bytes = await node.object({ study, statementId: object.statementId, item: object.item });
    return new File([await covered(bytes, object)], "altered-copy.dcm");
  }
  return undefined;
}

function isFitting({ rows = 0, columns = 0, frames, transferSyntaxUid }: StudyObject): boolean {
  return frames === 1 && rows >= 128 && columns >= 128 && transferSyntaxUid === explicitLittleEndian;
}

async function covered(
  bytes: Uint8Array<ArrayBuffer>,
  { rows = 0, columns = 0 }: StudyObject,
): Promise<Uint8Array<ArrayBuffer>> {
  const { pixelData } = await readObject(bytesSource(bytes));
  const copy = bytes.slice();
  if (pixelData === undefined || pixelData.length < 2 * rows * columns) return copy;
  const radius = Math.round(columns / 40);
  const [column, row] = [Math.round(columns * 0.34), Math.round(rows * 0.44)];
  const place = (x: number, y: number) => pixelData.start + 2 * ((row + y) * columns + column + x);
  for (let y = -radius; y <= radius; y++) {
    for (let x = -radius; x <= radius; x++) {
      if (x * x + y * y > radius * radius) continue;
      copy.copyWithin(place(x, y), place(x + 3 * radius, y), place(x + 3 * radius, y) + 2);
    }
  }
  return copy;
}
