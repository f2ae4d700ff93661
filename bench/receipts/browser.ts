// Verification in Chromium without a window: the same code as in Node, as a browser runs it.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { verifierBundle } from "../bundle/verifier-bundle.ts";

/** Verifies receipts in Chromium and returns the milliseconds of each, or why it cannot. */
export async function verifyInBrowser(policy: string, receipts: readonly string[]): Promise<number[] | string> {
  const executablePath = chromiumProgram();
  if (executablePath === undefined) return "no Chromium is installed (Debian package chromium)";
  const browser = await chromium.launch({
    executablePath,
    args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: (await verifierBundle()).code });
    return await page.evaluate(([trust, texts]) => verifier.timeVerifying(trust, texts), [policy, receipts] as const);
  } finally {
    await browser.close();
  }
}

declare const verifier: typeof import("../bundle/verifier-page.ts");

/** Chromium as the system has it, or undefined. */
export function chromiumProgram(): string | undefined {
  const named = process.env["CHROMIUM"];
  if (named !== undefined) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}
