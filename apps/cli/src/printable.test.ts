import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test("escape sequences and line ends are shown and do nothing", () => {
  expect(printable("a\u001b[2Jb\nc\u009b1md.dcm")).toBe("a\ufffd[2Jb\ufffdc\ufffd1md.dcm");
  expect(printable("Köhler 画像.dcm")).toBe("Köhler 画像.dcm");
});

test("what turns the direction of writing is shown, and what joins letters is left", () => {
  expect(printable("scan\u202emcd.exe\u2066\u2028")).toBe("scan\ufffdmcd.exe\ufffd\ufffd");
  expect(printable("نامه\u200cها.dcm")).toBe("نامه\u200cها.dcm");
});
