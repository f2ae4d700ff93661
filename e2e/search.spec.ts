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
  await expect(heading(page)).toHaveText("CT head without contrast");
  const [{ patientId = "" } = {}] = (await api.searchStudies({ search: "26-118842" })).studies;
  await find(patientId);
  await expect(page.locator(".entry-line")).toHaveCount(2);
  // An identifier has no place in an address, and is still searched for when the page is loaded again.
  expect(page.url()).toMatch(/\/studies$/);
  await page.reload();
  await expect(page.locator(".entry-line")).toHaveCount(2);

  const [{ study = "" } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
  const [object] = (await api.study(study)).seriesList[0]?.objects ?? [];
  const bytes = await api.object({ study, statementId: object?.statementId ?? "", item: object?.item ?? 0 });
  const { sopInstanceUid } = await readObject(bytesSource(bytes));
  await find(sopInstanceUid);
  await expect(heading(page)).toHaveText("CT head without contrast");
  await expect(page.getByText("Slice 1 of 28")).toBeVisible();
  // The entry that registered it is found as well.
  const found = (await api.find({ text: sopInstanceUid })).places.map(({ type }) => type);
  expect(found).toEqual(["entry", "study"]);
});

test("a study is found by its UID, a member by the beginning of its name", async ({ page, api }) => {
  const [{ index = -1 } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
  const sealed = (await api.entry(index)).sealed.find(({ name }) => name === "studyUid");
  await page.goto("/");
  await page.getByRole("searchbox").fill(String(sealed?.opened?.value));
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("CT head without contrast");
  await page.getByRole("searchbox").fill("gatew");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Gateway");
});

test("an entry is found by its statement's id, and several things are shown to choose from", async ({ page, api }) => {
  const { id } = await api.entry(4);
  await page.goto("/");
  await page.getByRole("searchbox").fill(id);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/ledger\/4$/);
  const [gateway] = (await api.find({ text: "gatew" })).places;
  const [entry] = (await api.find({ text: "#4" })).places;
  await page.route("**/api/v1/search", (route) => route.fulfill({ json: { places: [entry, gateway] } }));
  await page.getByRole("searchbox").fill("several");
  await page.keyboard.press("Enter");
  const found = page.getByRole("list", { name: "What was found" });
  await expect(found.getByRole("link")).toHaveCount(2);
  await expectSound(page);
  await page.keyboard.press("Escape");
  await expect(found).toHaveCount(0);
  await page.keyboard.press("/");
  await page.keyboard.type("several");
  await page.keyboard.press("Enter");
  await expect(found.getByRole("link")).toHaveCount(2);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Gateway");
});

for (const words of ["nobody", "1.2.840.99999.1", "ab".repeat(32)])
  test(`what is nothing here is said to have been looked for: ${words.slice(0, 20)}`, async ({ page }) => {
    await page.goto("/studies");
    await page.getByRole("searchbox").fill(words);
    await page.keyboard.press("Enter");
    await expect(page.getByText("Identifiers are compared to the letter;")).toBeVisible();
    await expectSound(page);
  });

test.describe("an auditor", () => {
  test.use({ persona: "auditor" });

  test("finds entries, statements and members, and of a study its history alone", async ({ page, api }) => {
    const { id } = await api.entry(4);
    const [{ study = "" } = {}] = (await api.searchStudies({ search: "26-118913" })).studies;
    await page.goto("/help");
    const find = async (words: string) => {
      await page.getByRole("searchbox").fill(words);
      await page.keyboard.press("Enter");
    };
    await find(id);
    await expect(page).toHaveURL(/\/ledger\/4$/);
    await find("gatew");
    await expect(heading(page)).toHaveText("Gateway");
    await find("26-118914");
    await expect(page.getByText("they lead to the history of a study.")).toBeVisible();
    await expectSound(page);
    await find("26-118913");
    await expect(page).toHaveURL(new RegExp(`/ledger\\?study=${study}$`));
    await expect(heading(page)).toContainText("History of study");
    // By what it was found is told by the page, and by no address or history of the browser.
    const foundBy = page.getByText("Found by accession number 26-118913");
    await expect(foundBy).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify(history.state))).not.toContain("118913");
    await expect(page.getByRole("link", { name: "Open the study" })).toHaveCount(0);
    await expectSound(page);
    const registered = page.locator(".entry-line", { hasText: "received 28 objects" });
    await expect(registered).toHaveCount(1);
    await page.getByRole("link", { name: "Who looked" }).click();
    await expect(page).toHaveURL(new RegExp(`/accesses\\?study=${study}$`));
    await expect(page.locator(".entry-line", { hasText: "searched the list of studies" }).first()).toBeVisible();
    await page.goBack();
    await registered.click();
    await expect(page.getByRole("link", { name: "Receipt", exact: true })).toBeVisible();
    await page.getByRole("link", { name: "History of the study" }).click();
    await expect(heading(page)).toContainText("History of study");
    await find("26-118914");
    await expect(page).toHaveURL(/\/ledger$/);
    await expect(heading(page)).not.toContainText("History of study");
    await page.goBack();
    await expect(heading(page)).toContainText("History of study");
    await expect(foundBy).toHaveCount(0);
  });
});
