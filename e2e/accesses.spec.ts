// Who looked: on a study when somebody asks, and as a list of all for those who follow up, with names for a reason.
import { readFileSync } from "node:fs";
import { expect, expectSound, heading, looks, test } from "./story.ts";

for (const name of ["light", "dark", "phone, dark"] as const) {
  test.describe(name, () => {
    test.use(looks[name]);

    test(`a study tells who looked when it is asked, and the list tells the rest, ${name}`, async ({ page, api }) => {
      const [study] = (await api.studies()).studies;
      await page.goto(`/studies/${study?.study}`);
      const card = page.getByRole("region", { name: "Who looked" });
      await expect(card.locator(".entry-line")).toHaveCount(0);
      await card.getByRole("button", { name: "Show who looked" }).click();
      const looked = card.getByRole("link", { name: / (looked at|fetched) (an? .*study|images of an? .*study)\./ });
      await expect(looked.first()).toBeVisible();
      await expect(card).toContainText("Complete as recorded by");
      await expectSound(page);
      await expect(card).toContainText("since this study was registered");
      await card.getByRole("link", { name: "All reads of this study" }).click();
      await expect(heading(page)).toHaveText("Who looked");
      await expect(page).toHaveURL(new RegExp(`study=${study?.study}`));
      await expect(page.locator(".entry-line").first()).toBeVisible();
      await expectSound(page);
    });

    test(`nothing out of the ordinary is said to be nothing, ${name}`, async ({ page }) => {
      await page.goto("/accesses?from=2001-01-01&to=2001-01-02");
      await expect(page.getByText("No such read")).toBeVisible();
      await expect(page.getByText("None in this period.")).toBeVisible();
      await expectSound(page);
      await page.getByRole("link", { name: "Show all again" }).first().click();
      await expect(page.locator(".entry-line").first()).toBeVisible();
    });
  });
}

test("days that are turned round are told, and nothing is asked", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => void (request.url().includes("/api/v1/accesses") && asked.push(request.url())));
  await page.goto("/accesses?from=2026-02-01&to=2026-01-01");
  await expect(page.getByText("From is after Until")).toBeVisible();
  await expectSound(page);
  expect(asked).toEqual([]);
});

test("lists that may have shown a study are counted below its reads, and found", async ({ page, api }) => {
  const [{ study = "" } = {}] = (await api.studies()).studies;
  await page.goto(`/accesses?study=${study}`);
  await page.getByRole("link", { name: "Show them" }).click();
  await expect(page).toHaveURL(new RegExp(`/accesses\\?.*lists=${study}`));
  await expect(page.locator(".entry-line").first()).toContainText("list");
  await expectSound(page);
});

test.describe("auditor", () => {
  test.use({ persona: "auditor" });

  test("what is saved has names once they were asked for, for a reason", async ({ page }) => {
    await page.goto("/accesses");
    await page.getByRole("textbox", { name: "Reason" }).fill("Complaint of a patient, reference 12");
    await page.getByRole("button", { name: "Show names" }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save with names as CSV" }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^accesses-\d{4}-\d\d-\d\d\.csv$/);
    const [head = "", ...lines] = readFileSync(await file.path(), "utf8")
      .trim()
      .split("\r\n");
    const [type = 0, name = 0] = ["readerType", "readerName"].map((column) => head.split(",").indexOf(column));
    const people = lines.map((line) => line.split(",")).filter((cells) => cells[type] === "person");
    expect(people.some((cells) => cells[name] !== "")).toBe(true);
  });
});

test("a read leads to the entry that records it, and the list is saved as it is shown", async ({ page, api }) => {
  await api.studies();
  await page.goto("/accesses");
  await expect(page.locator(".entry-line").first()).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const lines = readFileSync(await (await saved).path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines[0]).toMatch(/^index,at,/);
  expect(lines.length - 1).toBeGreaterThanOrEqual(await page.locator(".entry-line").count());
  await page.locator(".entry-line").last().click();
  await expect(page).toHaveURL(/\/ledger\/\d+$/);
  await expect(heading(page)).toContainText("recorded that");
});

for (const persona of ["auditor", "administrator"] as const) {
  test.describe(persona, () => {
    test.use({ persona });

    test(`the reads of a study are found by what a letter has of it, by the ${persona}`, async ({ page, api }) => {
      const [{ study = "" } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
      await page.goto("/accesses?notable=true");
      const field = page.getByRole("textbox", { name: "Reads of a study" });
      await field.fill("26-118914");
      await field.press("Enter");
      await expect(page.getByText("No study has this number or UID.")).toBeVisible();
      await expectSound(page);
      await field.fill("26-118913");
      await field.press("Enter");
      await expect(page).toHaveURL(new RegExp(`/accesses\\?.*study=${study}`));
      await expect(field).toHaveValue("");
      await expectSound(page);
    });
  });
}
