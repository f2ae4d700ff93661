// The registered picture, this file's, and where they differ.
import { type ReactNode, useEffect, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { drawDifference, drawFrame, usualWindow } from "../../ui/picture/drawing.ts";
import { readPicture } from "../../ui/picture/picture.ts";
import { Still } from "../../ui/picture/still.tsx";

/** Pictures of one frame: as registered, as in the file, and where they differ. */
export interface ComparedPictures {
  readonly registered: ImageData;
  readonly inFile: ImageData;
  readonly difference: ImageData;
  readonly differing: number;
  readonly pixels: number;
}

/** Compares the pictures of a file and of the stored copy; undefined until that is done, and when one of them cannot be shown, or they have not the same size. */
export function useComparedPictures(
  file: File | undefined,
  stored: Uint8Array<ArrayBuffer> | undefined,
): ComparedPictures | undefined {
  const [compared, setCompared] = useState<ComparedPictures>();
  useEffect(() => {
    let current = true;
    setCompared(undefined);
    if (file === undefined || stored === undefined) return;
    comparePictures(file, stored)
      .then((result) => current && setCompared(result))
      .catch(() => {});
    return () => {
      current = false;
    };
  }, [file, stored]);
  return compared;
}

/** The pictures, side by side. */
export function PictureComparison({
  compared,
  name,
}: {
  readonly compared: ComparedPictures;
  readonly name: string;
}): ReactNode {
  const { t, formats } = useWording();
  const count = t.verifyPage.pixelsDiffer(formats.count(compared.differing), formats.count(compared.pixels));
  return (
    <div className="comparison">
      <Still pixels={compared.registered} title={t.verifyPage.registeredCopy} says={t.verifyPage.storedCopy} />
      <Still pixels={compared.inFile} title={t.verifyPage.thisFile} says={name} />
      <Still pixels={compared.difference} title={t.verifyPage.difference} says={count} differs />
    </div>
  );
}

async function comparePictures(file: File, stored: Uint8Array<ArrayBuffer>): Promise<ComparedPictures | undefined> {
  const [mine, registered] = await Promise.all([
    file.arrayBuffer().then((buffer) => readPicture(new Uint8Array(buffer))),
    readPicture(stored),
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
