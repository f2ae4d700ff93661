import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test("escape sequences and line ends are shown and do nothing", () => {
  expect(printable("a\u001b[2Jb\nc\u009b1md.dcm")).toBe("a\ufffd[2Jb\ufffdc\ufffd1md.dcm");
  expect(printable("Köhler 画像.dcm")).toBe("Köhler 画像.dcm");
});
