// An object that came in twice with different bytes: both versions side by side.
import { asFromPacs, smallObject } from "../packages/dicom/src/phantom/index.ts";
import { type StoryNode, startNode } from "./demonstration.ts";
import { expect, expectSound, heading, looks, test as story, verdict } from "./story.ts";

const test = story.extend<{ readonly node: StoryNode }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names.
  node: async ({}, use) => {
    const node = await startNode("empty");
    await use(node);
    await node.stop();
  },
  baseURL: ({ node }, use) => use(node.url),
});

const original = new Uint8Array(smallObject());
const coerced = asFromPacs(original, {
  accessionNumber: "A-2",
  institutionName: "Archive",
  retrieveAeTitle: "ARCHIVE",
});
const altered = original.map((byte, at, { length }) => (at === length - 2 ? byte ^ 64 : byte));

for (const look of ["light", "phone, dark"] as const) {
  test.describe(look, () => {
    test.use(looks[look]);

    test(`versions are held side by side, attribute by attribute and picture by picture, ${look}`, async ({
      page,
      api,
    }) => {
      for (const bytes of [original, coerced, altered]) {
        const { intake } = await api.openIntake();
        await api.takeObject(intake, new Blob([new Uint8Array(bytes)]));
        await api.registerIntake(intake);
      }
      const [{ study = "" } = {}] = (await api.studies()).studies;
      await page.goto(`/studies/${study}`);
      await expect(heading(page)).toBeVisible();
      const versions = page.getByRole("region", { name: "Versions of this object" });
      await expect(versions).toContainText("registered 3 times with different bytes");
      await expect(versions).toContainText("altered");
      // What DICOMweb gives: the newest that shows what the first one shows.
      await expect(versions).toContainText("Version 2 is shown above. DICOMweb gives it as well");
      await expect(versions.getByRole("img")).toHaveCount(3);
      await expect(versions).toContainText("1 of ");
      await expectSound(page);
      await versions.getByLabel("Compared with").selectOption({ label: "Compared with version 1" });
      await expect(versions.getByRole("row", { name: /Retrieve AE Title/ })).toContainText("ARCHIVE");
      await expectSound(page);
      await versions.getByRole("link", { name: "Version 3" }).click();
      await expect(versions).toContainText("Version 3 is shown above. The page opens with version 2");
      await expect(page).toHaveURL(/statement=[0-9a-f]{64}/);
      await expect(verdict(page)).toHaveText("Not what was registered first");
      await expectSound(page);
      await page.reload();
      await expect(versions).toContainText("Version 3 is shown above.");
      await page.goto(`/studies/${study}`);
      await expect(versions).toContainText("Version 2 is shown above.");
    });
  });
}
