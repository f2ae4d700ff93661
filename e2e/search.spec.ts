// The search box: an entry by its number, an object by its UID, a study by its accession number; and when there is nothing.
import { bytesSource, readObject } from "../packages/dicom/src/index.ts";
import { expect, expectSound, heading, test } from "./story.ts";

test("an entry, a study and an object are found by what people have of them", async ({ page, api }) => {
  await page.goto("/help");
  await expect(heading(page)).toHaveText("Help");
  const find = async (words: string) => {
    await page.keyboard.press("/");
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
  };
  await find("#4");
  await expect(page).toHaveURL(/\/ledger\/4$/);
  await find("26-118913");
  await expect(page.locator(".entry-line")).toHaveCount(1);
  // An identifier has no place in an address, and is still searched for when the page is loaded again.
  expect(page.url()).toMatch(/\/studies$/);
  await page.reload();
  await expect(page.locator(".entry-line")).toHaveCount(1);
  await page.getByRole("link", { name: "CT head" }).click();
  await expect(heading(page)).toHaveText("CT head without contrast");

  const [{ study = "" } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
  const [object] = (await api.study(study)).seriesList[0]?.objects ?? [];
  const bytes = await api.object({ study, statementId: object?.statementId ?? "", item: object?.item ?? 0 });
  const { sopInstanceUid } = await readObject(bytesSource(bytes));
  await find(sopInstanceUid);
  await expect(heading(page)).toContainText("received 28 objects");
});

test.describe("what is no object", () => {
  test.use({ expected: /status of 404/ });

  test("and is a study by its UID is found as that", async ({ page, api }) => {
    const [{ index = -1 } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
    const sealed = (await api.entry(index)).sealed.find(({ name }) => name === "studyUid");
    await page.goto("/");
    await page.getByRole("searchbox").fill(String(sealed?.opened?.value));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/studies$/);
    await expect(page.locator(".entry-line")).toHaveCount(1);
    await expect(page.locator(".entry-line")).toContainText("CT head without contrast");
  });

  test("and is nothing here is said to have been searched for", async ({ page }) => {
    await page.goto("/studies");
    await page.getByRole("searchbox").fill("nobody");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "No study matches" })).toBeVisible();
    await expectSound(page);
    await page.getByRole("searchbox").fill("1.2.840.99999.1");
    await page.keyboard.press("Enter");
    await expect(page.getByText("No object and no study with this UID is registered here.")).toBeVisible();
  });
});
