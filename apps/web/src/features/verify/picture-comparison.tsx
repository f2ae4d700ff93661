// The registered picture, this file's, and where they differ. Shown to whoever may read the study, since the node gives the stored copy.
import type { ReceiptCheck } from "@fiducial/dicom";
import { type ReactNode, useEffect, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { node } from "../../ui/node.ts";
import { placeOf } from "../../ui/object-check.ts";
import { drawDifference, drawFrame, usualWindow } from "../../ui/picture/drawing.ts";
import { readPicture } from "../../ui/picture/picture.ts";
import { Still } from "../../ui/picture/still.tsx";

interface Compared {
  readonly registered: ImageData;
  readonly inFile: ImageData;
  readonly difference: ImageData;
  readonly differing: number;
  readonly pixels: number;
}

/** The pictures; nothing when one of them cannot be had, or they have not the same size. */
export function PictureComparison({
  check,
  file,
}: {
  readonly check: ReceiptCheck;
  readonly file: File | undefined;
}): ReactNode {
  const { t, formats } = useWording();
  const [compared, setCompared] = useState<Compared>();
  useEffect(() => {
    let current = true;
    const place = placeOf(check.receipt);
    if (place === undefined || file === undefined) return;
    comparePictures(file, () => node.object(place))
      .then((result) => current && setCompared(result))
      .catch(() => {});
    return () => {
      current = false;
    };
  }, [check, file]);
  if (compared === undefined) return undefined;
  const count = t.verify.pixelsDiffer(formats.count(compared.differing), formats.count(compared.pixels));
  return (
    <div className="comparison">
      <Still pixels={compared.registered} title={t.verifyPage.registeredCopy} says={t.verifyPage.storedCopy} />
      <Still pixels={compared.inFile} title={t.verifyPage.thisFile} says={file?.name ?? ""} />
      <Still pixels={compared.difference} title={t.verify.difference} says={count} differs />
    </div>
  );
}

async function comparePictures(
  file: File,
  fetchRegistered: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Compared | undefined> {
  const [mine, registered] = await Promise.all([
    file.arrayBuffer().then((buffer) => readPicture(new Uint8Array(buffer))),
    fetchRegistered().then(readPicture),
  ]);
  if (mine === undefined || registered === undefined) return undefined;
  if (mine.rows !== registered.rows || mine.columns !== registered.columns) return undefined;
  if (mine.samplesPerPixel !== registered.samplesPerPixel) return undefined;
  // The first frame that differs, else the first.
  const frames = Math.min(mine.frames, registered.frames, 64);
  for (let index = 0; index < frames; index++) {
    const [first, second] = await Promise.all([registered.frame(index), mine.frame(index)]);
    const window = usualWindow(registered, first);
    const { pixels: difference, differing } = drawDifference(registered, [first, second], window);
    if (differing === 0 && index < frames - 1) continue;
    return {
      registered: drawFrame(registered, first, window),
      inFile: drawFrame(mine, second, window),
      difference,
      differing,
      pixels: mine.rows * mine.columns,
    };
  }
  return undefined;
}
