// Pictures in other sizes: as large as the viewport, but enlarged no further than screens show.
import { expect, test } from "vitest";
import { scaledPicture, type Viewport } from "./scaled-picture.ts";

test.each<[columns: number, rows: number, viewport: Viewport, size: [columns: number, rows: number]]>([
  [16, 16, { width: 8192, height: 8192 }, [2048, 2048]],
  [16, 8, { width: 8192, height: 8192 }, [2048, 1024]],
  [2048, 2, { width: 8192, height: 8192 }, [2048, 2]],
  [4096, 2, { width: 8192, height: 8192 }, [4096, 2]],
  [4096, 2, { width: 3000, height: 8192 }, [3000, 1]],
  [4096, 4, { width: 8192, height: 8192, region: { x: 8, y: 1, width: 2, height: 2 } }, [2048, 2048]],
  [16, 16, { width: 100, height: 200 }, [100, 100]],
])("%i x %i pixels", (columns, rows, viewport, [across, down]) => {
  const picture = { columns, rows, data: new Uint8ClampedArray(4 * columns * rows) };
  const scaled = scaledPicture(picture, viewport);
  expect(scaled).toMatchObject({ columns: across, rows: down });
  expect(scaled?.data).toHaveLength(4 * across * down);
});
