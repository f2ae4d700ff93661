import { smallObject } from "@fiducial/dicom/phantom";
import { describe, expect, test } from "vitest";
import { usualWindow } from "./drawing.ts";
import { readPicture } from "./picture.ts";

type Options = NonNullable<Parameters<typeof smallObject>[0]>;
const pictureOf = (attributes: Options["attributes"] = {}) =>
  readPicture(smallObject({ columns: 8, rows: 8, attributes }) as Uint8Array<ArrayBuffer>);

describe("a picture", () => {
  test("has its size, its scale and its directions", async () => {
    const picture = await pictureOf({ PixelSpacing: [2, 1] });
    expect(picture).toMatchObject({
      rows: 8,
      columns: 8,
      frames: 1,
      slope: 1,
      intercept: -1024,
      inverted: false,
      spacing: [2, 1],
      spacingAt: "patient",
      directions: { left: "R", right: "L", top: "A", bottom: "P" },
    });
  });

  test("lies as its header says, with letters of the patient's sides", async () => {
    const sagittal = await pictureOf({ ImageOrientationPatient: [0, 1, 0, 0, 0, -1] });
    expect(sagittal?.directions).toEqual({ left: "A", right: "P", top: "H", bottom: "F" });
  });

  test("without a window of its own shows all its values", async () => {
    const picture = await pictureOf();
    const frame = await picture?.frame(0);
    expect(frame).toMatchObject({ least: 0, greatest: (63 * 37) % 4096 });
    const window = picture && frame && usualWindow(picture, frame);
    expect(window).toEqual({ centre: frame && (frame.greatest - 2048) / 2, width: frame && frame.greatest + 1 });
  });

  test("with a window of its own shows that", async () => {
    const picture = await pictureOf({ WindowCenter: -600, WindowWidth: 1500 });
    const frame = await picture?.frame(0);
    expect(picture && frame && usualWindow(picture, frame)).toEqual({ centre: -600, width: 1500 });
  });
});
