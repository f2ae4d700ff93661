// Small objects by number, for tests in which several processes speak of the same ones: seven to a study.
import { smallObject } from "@fiducial/dicom/phantom";

/** Returns the object's bytes; with `pixels`, as somebody altered it. */
export function numberedObject(number: number, pixels?: Uint16Array): Uint8Array {
  const study = studyOf(number);
  return smallObject({
    seed: String(number),
    attributes: {
      PatientID: `P${study}`,
      StudyInstanceUID: study,
      SOPInstanceUID: `${study}.${number}`,
      SeriesInstanceUID: `${study}.1`,
    },
    ...(pixels === undefined ? {} : { pixels }),
  });
}

function studyOf(number: number): string {
  return `2.25.${1000 + Math.floor(number / 7)}`;
}
