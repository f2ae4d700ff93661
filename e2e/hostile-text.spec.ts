// Markup in the text of an image is text in the page, wherever it is shown.
import type { Page } from "@playwright/test";
import { smallObject } from "../packages/dicom/src/phantom/index.ts";
import { type StoryNode, startNode } from "./demonstration.ts";
import { expect, expectSound, heading, test as story, verdict } from "./story.ts";

const test = story.extend<{ readonly node: StoryNode }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names.
  node: async ({}, use) => {
    const node = await startNode("empty");
    await use(node);
    await node.stop();
  },
  baseURL: ({ node }, use) => use(node.url),
});

const run = "window.markupRan=1";
// A name of a person has no equals sign but between its representations. PS3.5 § 6.2.1.
const name = "<script>markupRan()</script>";
const image = `<img src=x onerror=${run}>`;
const study = `</title><script>${run}</script><b>Head`;
const series = `"><svg/onload=${run}> {{7*7}} Axial`;
const bytes = new Uint8Array(
  smallObject({
    attributes: {
      ...{ PatientName: `${name}^Jane`, PatientID: `<a href="javascript:${run}">P</a>`, AccessionNumber: "<b>A</b>" },
      ...{ StudyDescription: study, SeriesDescription: series, InstitutionName: image },
    },
  }),
);

async function expectPlain(page: Page): Promise<void> {
  expect(await page.evaluate(() => (globalThis as { markupRan?: number }).markupRan)).toBeUndefined();
  expect(await page.locator("img[src='x'], svg[onload], a[href^='javascript:']").count()).toBe(0);
  expect(await page.locator("script:not([src])").count()).toBe(0);
}

test("markup in patient, study and series is shown as it is written, and nothing of it runs", async ({ page, api }) => {
  const { intake } = await api.openIntake();
  await api.takeObject(intake, new Blob([bytes]));
  await api.registerIntake(intake);
  const [{ study: handle = "" } = {}] = (await api.studies()).studies;

  await page.goto("/studies");
  await expect(page.getByText(study).first()).toBeVisible();
  await expect(page.getByText(name).first()).toBeVisible();
  await expectPlain(page);
  await expectSound(page);

  await page.goto(`/studies/${handle}`);
  await expect(heading(page)).toHaveText(study);
  await expect(page.getByText(series).first()).toBeVisible();
  await expectPlain(page);
  await expectSound(page);

  for (const path of ["/", "/ledger", `/ledger/${(await api.entries({ limit: 1 })).entries[0]?.index}`, "/accesses"]) {
    await page.goto(path);
    await expect(heading(page)).toBeVisible();
    await expectPlain(page);
  }
});

test.describe("a file", () => {
  // The node does not know the object.
  test.use({ expected: /status of 404/ });

  test("that is dropped shows markup as it is written, and so does its name", async ({ page }) => {
    await page.goto("/verify");
    const file = { name: `${image}.dcm`, mimeType: "application/dicom", buffer: Buffer.from(bytes) };
    await page.locator("input[type=file]").first().setInputFiles(file);
    await expect(verdict(page)).toBeVisible();
    await expect(page.getByText(image).first()).toBeVisible();
    await expectPlain(page);
    await expectSound(page);
  });
});

test("markup in an address is nothing to the page", async ({ page }) => {
  for (const path of [`/studies?search=${encodeURIComponent(image)}`, `/ledger?kind=${encodeURIComponent(study)}`]) {
    await page.goto(path);
    await expect(heading(page)).toBeVisible();
    await expectPlain(page);
  }
});
