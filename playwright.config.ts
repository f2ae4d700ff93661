// Playwright: the browser tier, on the Chromium that the system has (Debian's; CHROMIUM names another).

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { defineConfig } from "@playwright/test";

const chromium = process.env["CHROMIUM"] ?? findOnPath(["chromium", "chromium-browser", "google-chrome"]);
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "build/test/browser",
  // Generous, because nothing here is about speed: a busy machine must not make a story fail.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // One after the other: the machine may have two processors, of which the node and the browser take one each.
  workers: 1,
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      // No graphics card: WebGL is drawn in software. Chromium's own sandbox refuses to start as root.
      args: ["--disable-gpu", "--enable-unsafe-swiftshader", ...(asRoot ? ["--no-sandbox"] : [])],
    },
  },
});

function findOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}
