// How a study stands, where people look at studies: in the list, and on its page; with what is offered to whom.
import type { Page } from "@playwright/test";
import type { StudyDetail, StudyPage } from "../packages/api/src/index.ts";
import { expect, expectSound, heading, looks, test } from "./story.ts";

type Standing = Partial<Pick<StudyDetail, "notices" | "holds" | "rejection" | "earlier" | "sharedUid">>;

const hold = "ab".repeat(16);
const rejection = { reason: "quality", scope: "study", instances: 28 } as const;

/** Has the node say something else of how every study stands. */
async function stands(page: Page, standing: Standing): Promise<void> {
  await page.route(/\/api\/v1\/studies\/[0-9a-f]{32}$/, async (route) => {
    const answer = (await (await route.fetch()).json()) as StudyDetail;
    return route.fulfill({ json: { ...answer, ...standing } });
  });
  await page.route(/\/api\/v1\/studies\?/, async (route) => {
    const answer = (await (await route.fetch()).json()) as StudyPage;
    return route.fulfill({ json: { ...answer, studies: answer.studies.map((study) => ({ ...study, ...standing })) } });
  });
}

for (const look of ["light", "dark", "phone"] as const) {
  test.describe(look, () => {
    test.use({ ...looks[look], persona: "data-steward" });

    test(`a study that is being corrected says so in the list and above its page, ${look}`, async ({ page }) => {
      await stands(page, { notices: ["STUDY_FROZEN"], holds: [hold], rejection });
      await page.goto("/studies");
      const row = page.getByRole("link", { name: "CT head" }).first();
      for (const mark of ["Being corrected", "Rejected: poor quality", "On hold"])
        await expect(row).toContainText(mark);
      await expectSound(page);
      await row.click();
      const notices = page.getByRole("region", { name: "How this study stands" });
      await expect(notices).toContainText("The patient of this study is being corrected");
      await expect(notices).toContainText("STUDY_FROZEN");
      const title = page.locator(".title-line");
      for (const mark of ["Being corrected", "Rejected: poor quality", "On hold"])
        await expect(title).toContainText(mark);
      await expectSound(page);
    });
  });
}

test.describe("a data steward", () => {
  test.use({ persona: "data-steward" });

  test("is offered of a held study the end of the hold, of a rejected one no rejection", async ({ page }) => {
    await stands(page, { holds: [hold], rejection });
    await page.goto("/studies");
    await page.getByRole("link", { name: "CT head" }).first().click();
    await page.getByRole("button", { name: "Hold", exact: true }).click();
    await expect(page.getByRole("menuitem")).toHaveText(["Release the hold"]);
  });

  test("is offered nothing of a destroyed study", async ({ page }) => {
    await stands(page, { notices: ["STUDY_DESTROYED"] });
    await page.goto("/studies");
    await page.getByRole("link", { name: "CT head" }).first().click();
    await expect(page.locator(".title-line")).toContainText("Destroyed");
    await expect(page.getByRole("region", { name: "Who looked" })).toBeVisible();
    await expect(page.getByRole("button", { name: /Hold|Reject/ })).toHaveCount(0);
  });
});

test("a study of the demonstration of which a series was rejected is marked, and no other", async ({ page, api }) => {
  const { studies } = await api.studies({ limit: 200 });
  const rejected = studies.filter((study) => study.rejection !== undefined);
  expect(rejected.map((study) => study.rejection?.scope)).toEqual(["series"]);
  const [{ study = "", registeredAt = "" } = {}] = rejected;
  const day = registeredAt.slice(0, 10);
  await page.goto(`/studies?from=${day}&to=${day}`);
  const row = page.locator(".entry-line", { hasText: "rejected: poor quality" });
  await expect(row).toHaveCount(1);
  await row.click();
  await expect(page).toHaveURL(new RegExp(study));
  await expect(page.locator(".title-line")).toContainText("rejected: poor quality");
});

test("two studies that differ in nothing but their patient are told apart in the list, and on their pages", async ({
  page,
}) => {
  const same = { accession: "26-1", description: "CT thorax", patientName: "Doe^Jane" };
  await page.route(/\/api\/v1\/studies\?/, async (route) => {
    const answer = (await (await route.fetch()).json()) as StudyPage;
    const studies = answer.studies.slice(0, 2).map((study, at) => ({ ...study, ...same, patientId: `PAT-${at + 1}` }));
    return route.fulfill({ json: { ...answer, studies, next: undefined } });
  });
  await page.goto("/studies");
  const rows = page.locator(".virtual > li");
  for (const at of [0, 1]) await expect(rows.nth(at)).toContainText(`Patient ID PAT-${at + 1}`);
});

test("the page of a study has the patient's ID beside the name", async ({ page, api }) => {
  const [{ study = "", patientId = "" } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
  expect(patientId).not.toBe("");
  await page.goto(`/studies/${study}`);
  await expect(page.locator(".crumbs")).toContainText(`Patient ID ${patientId}`);
});

test("a study of which another had the UIDs first says so, and leads there", async ({ page, api }) => {
  const [{ study: first = "", index = 0 } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
  const second = (await api.studies()).studies.find(({ study }) => study !== first);
  await stands(page, { earlier: [{ study: first, index, instances: 1 }] });
  await page.goto(`/studies/${second?.study}`);
  const notices = page.getByRole("region", { name: "How this study stands" });
  await expect(notices).toContainText("UIDs of this study were registered before with another study");
  await expectSound(page);
  await notices.getByRole("link", { name: `Open the earlier study, #${index}` }).click();
  await expect(page).toHaveURL(new RegExp(`/studies/${first}$`));
});

test("a study whose Study Instance UID another patient's study has says so, and leads there", async ({ page, api }) => {
  const [{ study: first = "" } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
  const second = (await api.studies()).studies.find(({ study }) => study !== first);
  await stands(page, { sharedUid: [first] });
  await page.goto(`/studies/${second?.study}`);
  const notices = page.getByRole("region", { name: "How this study stands" });
  await expect(notices).toContainText("Another patient’s study has the same Study Instance UID");
  await expectSound(page);
  await notices.getByRole("link", { name: "Open the other study" }).click();
  await expect(page).toHaveURL(new RegExp(`/studies/${first}$`));
});

test("from an altered copy the way leads to the very image that is registered", async ({ page }) => {
  await page.goto("/verify");
  await page.getByRole("button", { name: "Try an altered copy of an image kept here" }).click();
  await page.getByRole("link", { name: "Open registered copy" }).click();
  await expect(page).toHaveURL(/\/studies\/[0-9a-f]{32}\?statement=(%22)?[0-9a-f]{64}(%22)?&item=\d+/);
  await expect(page.locator(".stage canvas")).toBeVisible();
});

test.describe("a radiologist", () => {
  test.use({ persona: "radiologist" });

  test("is not offered who looked at a study, which is for others", async ({ page }) => {
    await page.goto("/studies");
    await page.getByRole("link", { name: "CT head" }).first().click();
    await expect(heading(page)).toHaveText("CT head without contrast");
    await expect(page.getByRole("region", { name: "What happened" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Who looked" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Reject", exact: true })).toBeVisible();
  });
});
