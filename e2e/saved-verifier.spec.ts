// The offline verifier as somebody keeps it: one file on a disk, opened without a network.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { formatReceipt, formatTrustPolicy } from "../packages/core/src/index.ts";
import { asFromPacs, withPixelErased } from "../packages/dicom/src/phantom/alter.ts";
import { smallObject } from "../packages/dicom/src/phantom/small-object.ts";
import { savedVerifierPage } from "../scripts/build-web.ts";
import { sampleObjectLog } from "../vectors/receipt/sample-object.ts";

const original = smallObject({ seed: "e2e", columns: 64, rows: 64 });
const folder = mkdtempSync(join(tmpdir(), "fiducial-verifier-"));
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
let verifier: string;
let receipt: string;
let policy: string;

test.beforeAll(async () => {
  const log = await sampleObjectLog([original]);
  verifier = pathToFileURL(put("verifier.html", await savedVerifierPage())).href;
  receipt = put("study.receipt.json", formatReceipt(log.receipt));
  policy = put("policy.json", formatTrustPolicy(log.trust));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

/** Opens the verifier and hands it files; fails on any request and on any error of the page. */
async function opened(page: Page, ...files: readonly string[]): Promise<void> {
  page.on("request", (request) => expect(request.url()).toBe(verifier));
  page.on("pageerror", (error) => expect(error).toBeUndefined());
  page.on("console", (message) => expect(message.type()).not.toBe("error"));
  await page.goto(verifier);
  if (files.length > 0) await page.locator("input[type=file]").setInputFiles([...files]);
}

const band = (page: Page) => page.locator(".band-word");

test("an untouched file is identical, in eight steps @quick", async ({ page }) => {
  await opened(page, policy, receipt, put("original.dcm", original));
  await expect(band(page)).toHaveText("Identical to what was registered");
  await expect(page.locator(".timeline li")).toHaveCount(8);
});

test("an altered picture and a coerced header are told apart", async ({ page }) => {
  const altered = put("altered.dcm", withPixelErased(original, { column: 30, row: 30, radius: 4 }));
  const coercion = { accessionNumber: "1", institutionName: "Elsewhere", retrieveAeTitle: "PACS" };
  await opened(page, policy, receipt, altered, put("coerced.dcm", asFromPacs(original, coercion)));
  await expect(band(page)).toHaveText([
    "Altered: this is not what was registered",
    "Identity is not as it was registered",
  ]);
  await expect(page.locator("tbody tr").first()).toContainText("Accession Number");
});

test("a policy of another log is told as that, with both logs, in a step of its own", async ({ page }) => {
  const { trust } = await sampleObjectLog([original]);
  const foreign = formatTrustPolicy({ ...trust, genesis: { "log.example/other": "00".repeat(32) } });
  await opened(page, put("foreign.json", foreign), receipt, put("original.dcm", original));
  await expect(band(page)).toHaveText("Whom do you trust?");
  const step = page.locator(".timeline li").filter({ hasText: "POLICY_OF_OTHER_LOG" });
  await expect(step).toContainText("log.example/other");
  await expect(page.locator(".timeline li")).toHaveCount(9);
});

test("without a policy it asks whom to trust, and goes on when it is told", async ({ page }) => {
  await opened(page);
  await expect(band(page)).toHaveText("Whom do you trust?");
  await expect(page.getByText("fiducial policy -o policy")).toBeVisible();
  await page.locator("input[type=file]").setInputFiles([receipt, put("original.dcm", original)]);
  await expect(band(page)).toHaveText("Whom do you trust?");
  await expect(page.getByText("Waiting for the policy: original.dcm")).toBeVisible();
  await page.locator("input[type=file]").setInputFiles([policy]);
  await expect(band(page)).toHaveText("Identical to what was registered");
  await expect(page.getByText("Waiting for the policy")).toHaveCount(0);
  await expect(page.getByText("Held against the receipt study.receipt.json.")).toBeVisible();
});

test("it has the mark of the product, and is set in letters like the page's", async ({ page }) => {
  await opened(page);
  await expect(page.locator("header svg path")).toHaveCount(2);
  const families = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
  expect(families).toMatch(/^"Inter Variable", Inter, .*sans-serif$/);
});

test("a receipt that cannot be read says so, and nothing of the image", async ({ page }) => {
  const broken = put("broken.receipt.json", '{"format":"fiducial-receipt-v1"}');
  await opened(page, policy, broken, put("original.dcm", original));
  await expect(band(page)).toHaveText("The receipt could not be read");
  await expect(page.getByText("RECEIPT_MALFORMED")).toBeVisible();
  await page.locator("input[type=file]").setInputFiles([receipt]);
  await expect(band(page)).toHaveText("Identical to what was registered");
});

test("it names who signed for whom, what kind, and when in UTC", async ({ page }) => {
  await opened(page, policy, receipt);
  await expect(page.getByText(/Signed by a piece of software for organization [0-9a-f]+…/)).toBeVisible();
  await expect(page.getByText(/imaging\.study\.registered, recorded .* UTC\./)).toBeVisible();
});

test("a file that is no image says so", async ({ page }) => {
  await opened(page, policy, receipt, put("notes.txt", "hello"));
  await expect(band(page)).toHaveText("Could not be read");
  await expect(page.getByText("NOT_DICOM")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`it has no accessibility fault, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await opened(page, policy, receipt, put("original.dcm", original));
    await expect(band(page)).toBeVisible();
    // The page forbids every script but its own, so axe is put in past that rule by the browser's own door.
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  });
}
