// Who sits before the page: signing in as anybody of the demonstration, changing, leaving, and what each may see.
import { grants, type Permission } from "../packages/api/src/index.ts";
import type { Role } from "../packages/contract/src/index.ts";
import { expect, expectSound, heading, looks, test } from "./story.ts";

test.use({ persona: "nobody" });

const choose = /Who would you like to be\?|Wer möchten Sie sein\?/;
const pages: readonly (readonly [name: string, path: string, permission: Permission])[] = [
  ["Overview", "/", "ledger.read"],
  ["Studies", "/studies", "studies.read"],
  ["Access", "/accesses", "accesses.read"],
  ["Ledger", "/ledger", "ledger.read"],
  ["Members", "/members", "ledger.read"],
  ["Connections", "/connections", "node.operate"],
];

for (const name of ["light", "dark", "phone", "phone, dark"] as const) {
  test.describe(name, () => {
    test.use(looks[name]);

    test(`somebody is asked who they are, comes back to where they went, changes, and leaves, ${name}`, async ({
      page,
    }) => {
      await page.goto("/studies?modality=CT");
      await expect(heading(page)).toHaveText(choose);
      await expect(page.getByRole("note")).toContainText("Demonstration");
      await expectSound(page);
      await page.getByRole("button", { name: "Radiologist" }).click();
      await expect(page).toHaveURL(/\/studies\?modality=CT$/);
      await expect(heading(page)).toHaveText("Studies");

      await page.getByRole("button", { name: /^Signed in: Radiologist Ravi Sandholm \(demo\)/ }).click();
      await expect(page.getByText("An invented person of the demonstration")).toBeVisible();
      await expectSound(page);
      await page.getByRole("menuitem", { name: "Switch user" }).click();
      await expect(heading(page)).toHaveText(choose);
      await page.getByRole("button", { name: "Auditor" }).click();
      await expect(page.getByRole("button", { name: /^Signed in: Auditor Audra Fenn/ })).toBeVisible();

      await page.goto("/studies");
      await expect(page.getByRole("heading", { name: "Your role does not include this", level: 2 })).toBeVisible();
      await expect(page.getByText("Who may: Technologist, Radiologist")).toBeVisible();
      await expectSound(page);

      await page.getByRole("button", { name: /^Signed in/ }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await expect(heading(page)).toHaveText("You are signed out");
      await expectSound(page);
      await page.goto("/ledger");
      await expect(heading(page)).toHaveText(choose);
    });
  });
}

for (const [role, { permissions }] of Object.entries(grants) as [Role, { permissions: readonly Permission[] }][]) {
  test.describe(role, () => {
    test.use({ persona: role });

    test(`${role}: the pages that the role has, and no others`, async ({ page }) => {
      await page.goto("/help");
      await expect(page.getByRole("button", { name: /^Signed in/ })).toBeVisible();
      const shown = await page.getByRole("navigation", { name: "Main" }).getByRole("link").allTextContents();
      const wanted = pages.flatMap(([name, , permission]) => (permissions.includes(permission) ? [name] : []));
      expect(shown.filter((name) => !["Verify", "Help"].includes(name)).sort()).toEqual([...wanted].sort());
      for (const [, path, permission] of pages) {
        await page.goto(path);
        if (path === "/" && !permissions.includes(permission)) {
          await expect(page).toHaveURL(/\/verify$/);
          await expect(heading(page)).toHaveText("Verify");
          continue;
        }
        const closed = page.getByRole("heading", { name: "Your role does not include this", level: 2 });
        await expect(heading(page)).toBeAttached();
        await expect(closed).toHaveCount(permissions.includes(permission) ? 0 : 1);
      }
    });
  });
}

test.describe("who may not see the overview", () => {
  test.use({ persona: "patient" });

  test("begins at Verify, whichever way leads to the beginning", async ({ page }) => {
    await page.goto("/help");
    await page.getByRole("link", { name: "Fiducial" }).click();
    await expect(page).toHaveURL(/\/verify$/);
    await page.goto("/help");
    await expect(page.getByRole("row", { name: "Verify" })).toBeVisible();
    await page.keyboard.press("1");
    await page.keyboard.press("2");
    await expect(heading(page)).toHaveText("Help");
    await page.keyboard.press("4");
    await expect(heading(page)).toHaveText("Verify");
    await page.goto("/");
    await expect(page).toHaveURL(/\/verify$/);
    await page.goBack();
    await expect(heading(page)).toHaveText("Verify");
    await expectSound(page);
  });
});

test.describe("on a phone", () => {
  test.use({ persona: "administrator", ...looks.phone });

  test("pages without a tab are reached by the last one", async ({ page }) => {
    await page.goto("/");
    const main = page.getByRole("navigation", { name: "Main" });
    await expect(main.getByRole("link")).toHaveText(["Overview", "Studies", "Ledger", "Verify"]);
    for (const [name, path] of [
      ["Access", "/accesses"],
      ["Members", "/members"],
      ["Connections", "/connections"],
      ["Help", "/help"],
    ] as const) {
      await main.getByRole("button", { name: "More" }).click();
      await expect(main.getByRole("menuitem")).toHaveText(["Access", "Members", "Connections", "Help"]);
      await expectSound(page);
      await main.getByRole("menuitem", { name, exact: true }).click();
      await expect(page).toHaveURL(new RegExp(`${path}$`));
      await expect(heading(page)).toBeAttached();
      await expect(main.getByRole("menuitem")).toHaveCount(0);
    }
  });

  test.describe("with few pages", () => {
    test.use({ persona: "educator" });

    test("each has a tab", async ({ page }) => {
      await page.goto("/help");
      const main = page.getByRole("navigation", { name: "Main" });
      await expect(main.getByRole("link")).toHaveText(["Verify", "Help"]);
      await expect(main.getByRole("button", { name: "More" })).toHaveCount(0);
    });
  });
});

test("the choice is made without a pointer", async ({ page }) => {
  await page.goto("/");
  await expect(heading(page)).toHaveText(choose);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Technologist" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Signed in: Technologist Tara Quill/ })).toBeVisible();
});

test("a session that ends meanwhile leads to sign in, and back", async ({ page, node }) => {
  await page.goto("/ledger");
  await page.getByRole("button", { name: "Auditor" }).click();
  await expect(page.locator(".entry-line").first()).toBeVisible();
  const headers = { authorization: `Bearer ${node.operatorToken}` };
  const { people } = (await (await fetch(`${node.url}/api/v1/people`, { headers })).json()) as {
    people: { subject: string; name: string }[];
  };
  for (const { subject, name } of people)
    if (name.startsWith("Audra"))
      await fetch(`${node.url}/api/v1/people/${subject}/sessions/end`, { method: "POST", headers });
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await expect(heading(page)).toHaveText(choose);
  await page.getByRole("button", { name: "Auditor" }).click();
  await expect(page).toHaveURL(/\/ledger$/);
});

test("a receipt is verified without signing in, and what the node would have to tell asks for it", async ({ page }) => {
  await page.goto("/verify");
  await expect(heading(page)).toHaveText("Verify");
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  await expectSound(page);
});
