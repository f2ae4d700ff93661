// A passkey from its making to what it signs: Chromium's own virtual authenticator answers for the person.
import type { CDPSession, Page } from "@playwright/test";
import { nobleBackend, parseReceipt, parseTrustPolicy, verifyReceipt } from "../packages/core/src/index.ts";
import { startNode } from "./demonstration.ts";
import { sessionOf } from "./persona.ts";
import { expect, expectSound, heading, looks, test as story } from "./story.ts";

// What is signed here changes who may what: none of the other stories is to see that.
const test = story.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names.
  node: async ({}, use) => {
    const node = await startNode("demonstration");
    await use(node);
    await node.stop();
  },
});
// Chromium would have RS256 too, which no ledger takes; and what the node refuses, the console tells.
test.use({ persona: "nobody", expected: /pubKeyCredParams is missing|status of 40[34]/ });

async function withAuthenticator(page: Page): Promise<{ readonly session: CDPSession; readonly id: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId: id } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, id };
}

async function signInAs(page: Page, persona: string): Promise<void> {
  await page.goto("/sign-in?choose");
  await page.getByRole("button", { name: persona }).click();
  await expect(page.getByRole("button", { name: /^Signed in/ })).toBeVisible();
}

async function addPasskey(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Signed in/ }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await expect(heading(page)).toHaveText("Your account");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("The passkey is yours.")).toBeVisible();
}

for (const name of ["light", "phone, dark"] as const) {
  test.describe(name, () => {
    test.use(looks[name]);

    test(`somebody adds a passkey, comes back with it, and signs a role with it, ${name}`, async ({
      page,
      api,
      node,
    }) => {
      await withAuthenticator(page);
      // Whoever is to get the role has to have been here once.
      await sessionOf(node.url, "technologist");
      await signInAs(page, "PACS administrator");
      await page.getByRole("button", { name: /^Signed in/ }).click();
      await page.getByRole("menuitem", { name: "Your account" }).click();
      await expect(page.getByText("None yet.")).toBeVisible();
      await expectSound(page);
      await page.keyboard.press("Escape");
      await addPasskey(page);
      await expect(page.getByText(/^Passkey 1, /)).toBeVisible();
      await expectSound(page);

      await page.getByRole("button", { name: /^Signed in/ }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await expect(heading(page)).toHaveText("You are signed out");
      await page.getByRole("link", { name: "Use a passkey" }).click();
      await expect(heading(page)).toHaveText("Sign in with a passkey");
      await expectSound(page);
      await page.getByRole("button", { name: "Use a passkey" }).click();
      await expect(page.getByRole("button", { name: /^Signed in: PACS administrator/ })).toBeVisible();

      await page.goto("/members?type=person");
      await page
        .getByRole("link", { name: /^Technologist/ })
        .first()
        .click();
      await page.getByRole("combobox", { name: "Role" }).selectOption("educator");
      await page.getByRole("button", { name: "Grant a role" }).click();
      await expect(page.getByText("gave a person the role of educator.")).toBeVisible();
      await expectSound(page);
      await page.getByRole("button", { name: "Sign with a passkey" }).click();
      await expect(page.getByText("Signed and recorded as")).toBeVisible();
      await expect(page.getByRole("region", { name: "Roles" })).toContainText("Educator");
      await expectSound(page);
      await page
        .getByRole("status")
        .getByRole("link", { name: /^\d|entry|Entry|#/ })
        .click();
      await expect(page.getByText("Signed with a passkey")).toBeVisible();
      await expectSound(page);

      const index = Number(new URL(page.url()).pathname.split("/").at(-1));
      const receipt = parseReceipt(await api.receipt(index));
      const verified = verifyReceipt(receipt, parseTrustPolicy(await api.policy()), nobleBackend);
      expect(verified).toMatchObject({ ok: true, index });
      expect(new TextDecoder().decode(receipt.entry.bytes)).toContain("authenticatorData");

      await page.goto("/ledger");
      await expect(page.locator(".entry-line", { hasText: "the role of educator" })).toContainText(
        "Signed with a passkey",
      );
    });
  });
}

test("a hold is placed and released, and whoever has no passkey, or turns away, is told so", async ({ page }) => {
  const { session, id } = await withAuthenticator(page);
  await signInAs(page, "PACS administrator");
  await page.goto("/studies");
  await page.locator(".entry-line, .study-line, [data-stop]").first().click();
  const more = page.getByRole("button", { name: "Hold", exact: true });
  await more.click();
  await page.getByRole("menuitem", { name: "Place a legal hold" }).click();
  await expect(page.getByRole("alert")).toContainText("PASSKEY_UNKNOWN");
  const study = page.url();
  await addPasskey(page);
  await page.goto(study);
  await more.click();
  await expectSound(page);
  await page.getByRole("menuitem", { name: "Place a legal hold" }).click();
  await expect(page.getByText("put a hold on a study")).toBeVisible();
  await session.send("WebAuthn.setUserVerified", { authenticatorId: id, isUserVerified: false });
  await page.getByRole("button", { name: "Sign with a passkey" }).click();
  await expect(page.getByRole("alert")).toContainText("PASSKEY_NOT_USED");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await session.send("WebAuthn.setUserVerified", { authenticatorId: id, isUserVerified: true });
  for (const says of ["Place a legal hold", "Release the hold"]) {
    await more.click();
    await page.getByRole("menuitem", { name: says }).click();
    await page.getByRole("button", { name: "Sign with a passkey" }).click();
    await expect(page.getByText("Signed and recorded as")).toBeVisible();
    await page.getByRole("button", { name: "Close", exact: true }).click();
  }
  await more.click();
  await expect(page.getByRole("menuitem", { name: "Release the hold" })).toHaveCount(0);
});

test("a passkey is removed, and the last one with a warning", async ({ page }) => {
  await withAuthenticator(page);
  await signInAs(page, "Medical physicist");
  await addPasskey(page);
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("This is your last passkey.")).toBeVisible();
  await expectSound(page);
  await page.getByRole("button", { name: "No longer needed" }).click();
  await expect(page.getByText("no passkey of yours is left")).toBeVisible();
  await page.goto("/passkey");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("alert")).toContainText("PASSKEY_REFUSED");
});
