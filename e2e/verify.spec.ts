// Verify: a file, a receipt, a policy, in the page; what holds, what differs, and which step fails.
import type { Page } from "@playwright/test";
import type { ApiClient } from "../packages/api/src/index.ts";
import { asFromPacs, withAttributes, withPixelErased } from "../packages/dicom/src/phantom/index.ts";
import { coercion, type GivenFile, given, sample, tampered } from "./sample-files.ts";
import { expect, expectSound, heading, looks, test, verdict } from "./story.ts";

// Whether a node knows an object is asked of the node; that it does not is an answer, which browsers log.
const unknownObject = /status of 404.*lookup|status of 404/;

async function choose(page: Page, ...files: readonly GivenFile[]): Promise<void> {
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles([...files]);
}

/** An image of the demonstration, as the node gives it. */
async function storedObject(api: ApiClient) {
  const [{ study = "" } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
  const [object] = (await api.study(study)).seriesList[0]?.objects ?? [];
  const place = { study, statementId: object?.statementId ?? "", item: object?.item ?? 0 };
  return { ...place, bytes: await api.object(place) };
}

const step = (page: Page, name: string) =>
  page.locator(".step-list li, ol.timeline li").filter({ has: page.getByRole("heading", { name, exact: true }) });

for (const [name, look] of Object.entries(looks)) {
  test.describe(name, () => {
    test.use(look);

    test(`files of this node's studies are told apart, ${name}`, async ({ page, api }) => {
      const { bytes } = await storedObject(api);
      await page.goto("/verify");
      await expect(heading(page)).toHaveText("Verify");
      await expectSound(page);
      await choose(page, given("original.dcm", bytes));
      await expect(verdict(page)).toHaveText("Identical to what was registered");
      await expect(page.getByRole("heading", { name: "Eight steps" })).toBeVisible();
      await expectSound(page);
      await choose(page, given("coerced.dcm", asFromPacs(bytes, coercion)));
      await expect(verdict(page)).toHaveText("Identity is not as it was registered");
      await expect(page.getByRole("cell", { name: "Accession Number" })).toBeVisible();
      await expectSound(page);
      await choose(page, given("altered.dcm", withPixelErased(bytes, { column: 200, row: 200, radius: 9 })));
      await expect(verdict(page)).toHaveText("Altered: this is not what was registered");
      await expect(page.getByText("Do not read from this copy.")).toBeVisible();
      await expect(page.locator("canvas").first()).toBeVisible();
      await expectSound(page);
    });
  });
}

test("another patient is said to be one, beside what was registered, for who may read studies", async ({
  page,
  api,
}) => {
  const { bytes } = await storedObject(api);
  await page.goto("/verify");
  await choose(page, given("other.dcm", withAttributes(bytes, { PatientName: "Somebody^Else" })));
  await expect(verdict(page)).toHaveText("Says another patient than was registered");
  const row = page.getByRole("row").filter({ hasText: "0010,0010" });
  await expect(row).toContainText("Somebody^Else");
  await expect(row).not.toContainText("digest only");
  await expect(page.getByText("you may read this study")).toBeVisible();
  await expectSound(page);
});

test.describe("as auditor", () => {
  test.use({ persona: "auditor" });

  test("who may not read studies is shown no stored copy, and the node is not asked for it", async ({ page, api }) => {
    const { bytes } = await storedObject(api);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto("/verify");
    await choose(page, given("altered.dcm", withPixelErased(bytes, { column: 200, row: 200, radius: 9 })));
    await expect(verdict(page)).toHaveText("Altered: this is not what was registered");
    await expect(page.getByText("Do not read from this copy.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Open entry" })).toBeVisible();
    await expect(page.getByText("you may read this study")).toHaveCount(0);
    await choose(page, given("other.dcm", withAttributes(bytes, { PatientID: "Z" })));
    await expect(verdict(page)).toHaveText("Says another patient than was registered");
    await expect(page.getByText("digest only")).toBeVisible();
    await page.goto(`/verify?study=${"0".repeat(32)}&statement=${"0".repeat(64)}&item=0`);
    await expect(page.getByText("NOT_ALLOWED")).toBeVisible();
    expect(asked).toContain("/api/v1/objects/lookup");
    expect(asked.filter((path) => path.startsWith("/api/v1/studies"))).toEqual([]);
  });
});

test("a folder's worth of files is listed, and each opened", async ({ page }) => {
  await page.goto("/verify");
  await page.getByRole("button", { name: "Try an altered copy of an image kept here" }).click();
  await expect(verdict(page)).toHaveText("Altered: this is not what was registered");
});

test.describe("with another organization's receipt", () => {
  test.use({ expected: unknownObject });

  test("its policy is asked for by what it is, and the file is identical", async ({ page }) => {
    await page.goto("/verify");
    await choose(page, sample.policy, sample.receipt, sample.original);
    await expect(verdict(page)).toHaveText("Identical to what was registered");
    await expect(page.locator(".step-list > li")).toHaveCount(8);
    await expect(page.getByText("Policy: policy.json")).toBeVisible();
    await expect(page.getByText(/^Signed by a piece of software for organization /)).toBeVisible();
    await expect(page.getByText(/^Study registered, recorded .* UTC\.$/)).toBeVisible();
    // The entry of that number in this node's log is another.
    await expect(page.getByRole("link", { name: "Open entry" })).toHaveCount(0);
    await expect(page.locator(".evidence").getByRole("link")).toHaveCount(0);
  });

  test("without its policy it asks whom to trust, and goes on when it is told", async ({ page }) => {
    await page.goto("/verify");
    await choose(page, sample.receipt);
    await expect(verdict(page)).toHaveText("Whom do you trust?");
    await expect(page.getByText("The receipt says that it is of the log log.example/sample")).toBeVisible();
    await expectSound(page);
    await choose(page, sample.policy);
    await expect(verdict(page)).toHaveText("The receipt holds");
    await page.goto("/help");
    await page.goto("/verify");
    await choose(page, sample.receipt, sample.original);
    await expect(verdict(page)).toHaveText("Whom do you trust?");
    await choose(page, sample.policy);
    await expect(verdict(page)).toHaveText("Identical to what was registered");
  });

  test("a receipt or a policy that cannot be read says so, and nothing of the image", async ({ page }) => {
    await page.goto("/verify");
    await choose(page, sample.policy, sample.malformed, sample.original);
    await expect(verdict(page)).toHaveText("The receipt could not be read");
    await expect(page.getByText("RECEIPT_MALFORMED")).toBeVisible();
    await expect(page.getByText("Ask whoever gave it to you")).toBeVisible();
    await expectSound(page);
    await choose(page, sample.malformedPolicy, sample.receipt, sample.original);
    await expect(verdict(page)).toHaveText("The policy could not be read");
  });

  test("several files are listed with their verdicts, and each can be opened", async ({ page }) => {
    await page.goto("/verify");
    await choose(page, sample.policy, sample.receipt, sample.original, sample.altered, sample.coerced, sample.notes);
    const rows = page.getByRole("row");
    await expect(rows.filter({ hasText: "original.dcm" })).toContainText("Identical to what was registered");
    await expect(rows.filter({ hasText: "altered.dcm" })).toContainText("Altered: this is not what was registered");
    await expect(rows.filter({ hasText: "coerced.dcm" })).toContainText("Identity is not as it was registered");
    await expectSound(page);
    await rows.filter({ hasText: "notes.txt" }).getByRole("button").click();
    await expect(verdict(page)).toHaveText("Could not be read");
    await expect(page.getByText("NOT_DICOM")).toBeVisible();
    await expectSound(page);
    await page.goBack();
    await expect(verdict(page)).toHaveCount(0);
    await rows.filter({ hasText: "coerced.dcm" }).getByRole("button").press("Enter");
    await expect(verdict(page)).toHaveText("Identity is not as it was registered");
    await expect(page.getByText(`Held against the receipt ${sample.receipt.name}.`)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(rows).toHaveCount(5);
    await expect(verdict(page)).toHaveCount(0);
    await expect(page).toHaveURL(/\/verify$/);
  });

  for (const [failing, receipt] of tampered) {
    test(`a receipt that was changed fails at its step: ${failing}`, async ({ page }) => {
      await page.goto("/verify");
      await choose(page, sample.policy, receipt);
      await expect(verdict(page)).toHaveText("The record does not hold");
      await expect(page.getByText(`It fails at: ${failing}.`)).toBeVisible();
      await expect(step(page, failing)).toContainText("Fails");
      await page.goto("/verifier/");
      await choose(page, sample.policy, receipt);
      await expect(verdict(page)).toHaveText("The record does not hold");
      await expect(step(page, failing)).toContainText("Fails");
      await expectSound(page);
    });
  }
});

test("a receipt whose witness is missing waits, which is no failure", async ({ page }) => {
  await page.goto("/verify");
  await choose(page, sample.policy, sample.unwitnessed);
  await expect(verdict(page)).toHaveText("The receipt holds; it is not yet witnessed");
  await expect(step(page, "Cosignatures")).toContainText("Waits");
  await expectSound(page);
});

test("a receipt is proven from its entry, and its findings are saved", async ({ page, api }) => {
  const [{ index = 0 } = {}] = (await api.studies()).studies;
  await page.goto(`/ledger/${index}`);
  await page.getByRole("link", { name: "Check step by step" }).click();
  await expect(verdict(page)).toHaveText("The receipt holds");
  const { organization } = await api.health();
  await expect(page.getByText(`Signed by Gateway (software) for ${organization.name}.`)).toBeVisible();
  await expect(page.getByText(/^Study (registered|extended), recorded .* UTC\.$/)).toBeVisible();
  await expect(page.getByText(`Rules applied by ${organization.name} alone`)).toBeVisible();
  await expect(page.getByRole("link", { name: "Open entry" })).toHaveAttribute("href", `/ledger/${index}`);
  await expectSound(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the findings" }).click();
  expect((await saved).suggestedFilename()).toBe("findings.json");
});

for (const persona of ["patient", "nobody"] as const) {
  test.describe(`as ${persona}`, () => {
    test.use({ persona });

    test(`a receipt and its image are checked without asking the node for more, as ${persona}`, async ({
      page,
      api,
    }) => {
      const [{ study = "" } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
      const { seriesList, versions } = await api.study(study);
      const [{ statementId, item } = { statementId: "", item: 0 }] = seriesList[0]?.objects ?? [];
      const bytes = await api.object({ study, statementId, item });
      const index = versions.find((one) => one.statementId === statementId)?.index ?? 0;
      const shown = { objects: [{ item, attributes: true }] };
      const receipt = given("image.receipt.json", await api.receiptShowing(index, shown));
      const asked: string[] = [];
      page.on("request", (request) => asked.push(new URL(request.url()).pathname));
      await page.goto("/verify");
      await expect(page.getByText("Try an altered copy")).toHaveCount(0);
      await choose(page, receipt);
      await expect(verdict(page)).toHaveText("The receipt holds");
      await choose(page, given("image.dcm", bytes));
      await expect(verdict(page)).toHaveText("Identical to what was registered");
      await expect(page.locator(".step-list > li")).toHaveCount(8);
      await expect(page.locator(".evidence").getByRole("link")).toHaveCount(0);
      expect(asked).not.toContain("/api/v1/objects/lookup");

      await page.reload();
      await choose(page, given("image.dcm", bytes));
      await expect(page.getByRole("heading", { name: "Add the receipt of this image" })).toBeVisible();
      await expect(page.locator(".main").getByRole("link", { name: "Sign in" })).toHaveCount(
        persona === "nobody" ? 1 : 0,
      );
      await expectSound(page);
      await choose(page, receipt);
      await expect(verdict(page)).toHaveText("Identical to what was registered");
      expect(asked).not.toContain("/api/v1/objects/lookup");

      await page.goto(`/verify?entry=${index}`);
      await expect(page.getByText(persona === "nobody" ? "NOT_SIGNED_IN" : "NOT_ALLOWED")).toBeVisible();
      expect(asked.filter((path) => path.startsWith("/api/v1/entries"))).toEqual([]);
    });
  });
}
