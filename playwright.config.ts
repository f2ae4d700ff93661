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
  timeout: 60_000,
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
