// `npm run screenshots`: pictures of every page of a demonstration, to be looked at; with --docs also those that documents show.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { startNode } from "../e2e/demonstration.ts";
import browserSettings from "../playwright.config.ts";
import { camera, type Look } from "./screenshots/camera.ts";
import { picturedPages } from "./screenshots/pages.ts";

const root = join(import.meta.dirname, "..");

const looks: Readonly<Record<string, Look>> = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 800 }, wholePage: true },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 }, wholePage: true },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, wholePage: true },
};

/** What a document shows: one window of the page, wide enough for its two columns, drawn smaller to be small in the repository. */
const documentLook: Look = {
  ...{ colorScheme: "light", deviceScaleFactor: 0.7, wholePage: false },
  viewport: { width: 1300, height: 780 },
};
const documentBytes = 150_000;

// Connections that a department would have; nobody calls them here.
const peers = [
  { id: "ct2", aeTitle: "CT2", host: "ct2.northlake.example", port: 104 },
  { id: "archive", aeTitle: "ARCHIVE", host: "archive.northlake.example", port: 104, tls: true },
];

const { values } = parseArgs({ options: { docs: { type: "boolean" }, page: { type: "string", multiple: true } } });
const pages = picturedPages.filter(({ name }) => values.page?.includes(name) ?? true);
const node = await startNode("demonstration", { FIDUCIAL_PEERS: JSON.stringify(peers), FIDUCIAL_DICOM_PORT: "11112" });
const browser = await chromium.launch(browserSettings.use?.launchOptions ?? {});
try {
  const faults = await takePictures();
  for (const fault of faults) process.stderr.write(`screenshots: ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await node.stop();
}

/** Makes all pictures, and returns what was wrong with those that could not be made. */
async function takePictures(): Promise<string[]> {
  const take = camera(browser, node);
  const faults: string[] = [];
  const keep = async (folder: string, file: string, limit: number, picture: Promise<Buffer>): Promise<void> => {
    const bytes = await picture.catch((thrown: Error) => void faults.push(thrown.message));
    if (bytes === undefined) return;
    if (bytes.length > limit) faults.push(`${file} has ${bytes.length} bytes, and ${limit} are allowed`);
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, file), bytes);
    process.stdout.write(`${folder}/${file}\n`);
  };
  for (const page of pages) {
    for (const [name, look] of Object.entries(looks))
      await keep("build/screenshots", `${page.name}-${name}.png`, Number.POSITIVE_INFINITY, take(page, name, look));
    if (values.docs === true && page.inDocuments === true)
      await keep("docs/images/pages", `${page.name}.png`, documentBytes, take(page, "for documents", documentLook));
  }
  return faults;
}
