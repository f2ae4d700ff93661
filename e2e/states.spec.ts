// What is not the usual: nothing there yet, nothing at an address, the node gone, and entries that come while somebody reads.
import type { Page } from "@playwright/test";
import { smallObject } from "../packages/dicom/src/phantom/index.ts";
import { startNode } from "./demonstration.ts";
import { expect, expectSound, heading, looks, test, verdict } from "./story.ts";

for (const look of ["light", "phone, dark"] as const) {
  test.describe(look, () => {
    test.use({ ...looks[look], expected: /status of 404/ });

    test(`what is at no address says so, and leads back, ${look}`, async ({ page }) => {
      await page.goto("/nowhere");
      await expect(heading(page)).toHaveText("There is nothing at this address");
      await expectSound(page);
      await page.getByRole("link", { name: "Go to the overview" }).click();
      await expect(heading(page)).toContainText("Everything runs.");
      for (const path of [`/studies/${"0".repeat(32)}`, "/ledger/9999", `/members/${"0".repeat(32)}`]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
        await expectSound(page);
      }
    });
  });
}

test("a node that is not as it should be says what is wrong, and that the record is safe", async ({ page, api }) => {
  const health = {
    ...(await api.health()),
    status: "degraded",
    troubles: [{ code: "LEDGER_STOPPED", cause: "STORE_FULL" }],
  };
  await page.route("**/api/v1/health", (route) => route.fulfill({ json: health }));
  await page.goto("/");
  await expect(heading(page)).toContainText("Something is not as it should be.");
  await expect(page.getByRole("heading", { name: "Nothing is written any more" })).toBeVisible();
  await expect(page.getByText("STORE_FULL")).toBeVisible();
  await expectSound(page);
});

test("a study of which nothing is kept any more says so, and waits for nothing", async ({ page, api }) => {
  const [{ study = "" } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
  const destroyed = { ...(await api.study(study)), seriesList: [] };
  await page.route(`**/api/v1/studies/${study}`, (route) => route.fulfill({ json: destroyed }));
  await page.goto(`/studies/${study}`);
  await expect(verdict(page)).toHaveText("Nothing is kept here to check");
  await expect(page.getByText("No image of this study is kept here any more.")).toBeVisible();
  for (const waiting of ["Loading the slice", "Slice 1 of 0", "Fingerprints"])
    await expect(page.getByText(waiting)).toHaveCount(0);
  await expectSound(page);
});

const onItsOwn = test.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names.
  node: async ({}, use) => {
    const node = await startNode("empty");
    await use(node);
    await node.stop();
  },
  // What browsers say of requests to a node that is gone.
  expected: /net::ERR_|status of 50\d/,
});

onItsOwn("nothing yet, then a first study, then the node is gone", async ({ page, node, api }) => {
  await page.goto("/studies");
  await expect(page.getByText("No study has been registered yet")).toBeVisible();
  await expect(page.getByText("Demo data")).toHaveCount(0);
  await expectSound(page);
  await page.goto("/members?type=device");
  await expect(page.getByText("fiducial devices add")).toBeVisible();
  await page.goto("/");
  // What the node says of its own beginning; that somebody looked at the list of studies is left out.
  await expect(page.locator(".entry-line").nth(4)).toBeVisible();
  await expectSound(page);

  await page.locator(".entry-line").first().hover();
  const { intake } = await api.openIntake();
  await api.takeObject(intake, new Uint8Array(smallObject({ seed: "first" })));
  await api.registerIntake(intake);
  await page.getByRole("button", { name: "Show what is new" }).click();
  await expect(page.locator(".entry-line").first()).toContainText("received 1 object");

  // The other pages are loaded ahead a second after this one; from then on each can say that the node is gone.
  await page.waitForFunction(() => {
    const loaded = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    return ["member-page", "study-page", "verify-page", "help-page"].every((name) =>
      loaded.some((file) => file.name.includes(`/${name}-`) && file.name.endsWith(".js") && file.responseEnd > 0),
    );
  });
  await node.stop();
  await goTo(page, "Members");
  await expect(page.getByRole("heading", { name: "The node did not answer" })).toBeVisible({ timeout: 20_000 });
  await expectSound(page);
  await goTo(page, "Overview");
  await expect(heading(page)).toContainText("The node cannot be reached", { timeout: 30_000 });
  await expectSound(page);
});

const goTo = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
