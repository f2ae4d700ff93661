// Connections: nothing connected yet, and how a department's modalities, folders and feeds are told, the broken ones with what to do.

import { connectionBoard } from "../apps/node/src/connections/connection-board.ts";
import { startDimse } from "../apps/node/src/connections/dimse/dimse-listener.ts";
import type { Connection, DicomListener } from "../packages/api/src/index.ts";
import { startNode } from "./demonstration.ts";
import { expect, expectSound, heading, looks, test } from "./story.ts";

const at = "2026-11-28T09:30:00.000Z";
const base = { since: at, received: 0, refused: 0, bytes: 0, canTest: false, configured: true } as const;
const broken = { code: "FEED_UNREACHABLE", says: "The server does not answer. Look whether it runs.", at };
const connections: Connection[] = [
  {
    ...base,
    id: "dimse:ct1",
    type: "dimse",
    name: "CT1",
    state: "works",
    received: 500,
    bytes: 265_000_000,
    lastObjectAt: at,
    lastError: { code: "NOT_DICOM", says: "The file is no DICOM object.", at },
    receivedSinceError: 12,
    configured: false,
  },
  { ...base, id: "folder:inbox", type: "folder", name: "Imports", state: "idle", canTest: true },
  {
    ...base,
    id: "orthanc:main",
    type: "orthanc",
    name: "Archive",
    state: "failed",
    refused: 2,
    lastError: broken,
    place: { host: "orthanc.example", port: 8042, tls: false },
    canTest: true,
  },
  {
    ...base,
    id: "pacs",
    type: "pacs",
    name: "pacs.example",
    state: "works",
    refused: 1,
    place: { host: "pacs.example", port: 443, tls: true },
    releases: { waiting: 12, altered: 1, kept: 0 },
    differing: { objects: 1, studies: [{ study: "ab".repeat(16), objects: 1 }] },
    canTest: true,
  },
];

const listener: DicomListener = {
  aeTitle: "FIDUCIAL",
  addresses: ["192.0.2.7", "fd00::7"],
  port: 11_112,
  tls: "server",
  onlyHere: false,
  callers: ["CT1", "MR1"],
};

for (const look of ["light", "dark", "phone"] as const) {
  test.describe(look, () => {
    test.use(looks[look]);

    test(`connections say how they stand, what they brought, and what to do, ${look}`, async ({ page, api }) => {
      const refusals = [{ connection: "orthanc:main", code: "NOT_DICOM", says: "The file is no DICOM object.", at }];
      await page.route("**/api/v1/connections", (route) =>
        route.fulfill({ json: { connections, refusals, listener } }),
      );
      const health = await api.health();
      const waiting = { objects: 14, studies: 2, oldest: new Date(Date.now() - 40_000).toISOString() };
      await page.route("**/api/v1/health", (route) => route.fulfill({ json: { ...health, intake: waiting } }));
      await page.goto("/connections");
      await expect(heading(page)).toHaveText("Connections");
      await expect(page.getByRole("heading", { name: "14 objects of 2 studies wait to be registered" })).toBeVisible();
      await expect(page.getByText("500 objects, 265 MB")).toBeVisible();
      await expect(page.getByText("The server does not answer. Look whether it runs.")).toBeVisible();
      await expect(page.getByText("12 objects stay here until the PACS was seen to hold them")).toBeVisible();
      await expect(page.getByText("1 object given otherwise than registered: kept here")).toBeVisible();
      const refused = page.getByRole("region", { name: "Refused of late" }).getByRole("listitem");
      await expect(refused).toContainText("The file is no DICOM object.");
      await expect(refused).toContainText("Archive");
      await expect(page.getByText("orthanc.example, port 8042", { exact: true })).toBeVisible();
      await expect(page.getByText("orthanc:main", { exact: true })).toBeVisible();
      const pacs = page.getByRole("listitem").filter({ hasText: "pacs.example, port 443" });
      await expect(pacs).toContainText("Differs");
      await expect(pacs.getByRole("link", { name: "study abababab: 1 object" })).toHaveAttribute(
        "href",
        `/studies/${"ab".repeat(16)}`,
      );
      // What still fails when the node asks again cannot be waved away, and what is configured cannot be removed.
      await expect(page.getByRole("button", { name: "Error of CT1 seen" })).toBeVisible();
      await expect(page.getByRole("button", { name: "Error of Archive seen" })).toHaveCount(0);
      await expect(page.getByRole("button", { name: /^Remove / })).toHaveCount(1);
      await expect(page.getByText("pacs.example, port 443, TLS", { exact: true })).toBeVisible();
      // What is wrong now is red, what was is not.
      await expect(page.locator(".connection-fault.tone-fails")).toHaveText(/FEED_UNREACHABLE$/);
      const past = page.locator(".connection-fault", { hasText: "Last error" });
      await expect(past).toContainText("Since then 12 objects received.");
      await expect(past).not.toHaveClass(/tone-fails/);
      const card = page.getByRole("region", { name: "What to enter at a modality" });
      for (const value of ["FIDUCIAL", "192.0.2.7 or fd00::7", "11112", "yes, 1.2 or later"])
        await expect(card.getByText(value, { exact: true })).toBeVisible();
      await expect(card).toContainText("Taken from these AE titles alone: CT1, MR1.");
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await card.getByRole("button", { name: "Copy" }).click();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        "AE title: FIDUCIAL\nHost: 192.0.2.7 or fd00::7\nPort: 11112\nTLS: yes, 1.2 or later",
      );
      await expectSound(page);
      const lastTest = { at, tookMs: 12 };
      await page.route("**/api/v1/connections/*/test", (route) =>
        route.fulfill({ json: { ...connections[2], state: "works", lastTest } }),
      );
      await page.getByRole("button", { name: "Test Archive" }).click();
      await expect(page.getByText("answered in 12 ms", { exact: true })).toBeVisible();
      await page.goto("/");
      await expect(page.getByRole("region", { name: "Backlog" })).toContainText("14 waiting");
      await expectSound(page);
    });
  });
}

test("where nothing is connected the page says how something comes to be", async ({ page }) => {
  await page.goto("/connections");
  await expect(page.getByRole("heading", { name: "Nothing is connected yet" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nothing waits" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nothing is taken by DICOM" })).toBeVisible();
  await expectSound(page);
});

test("what is held up is told with its code, and that nothing is lost", async ({ page, api }) => {
  const health = await api.health();
  const intake = { objects: 3, studies: 1, oldest: at, problem: "VAULT_FULL" };
  await page.route("**/api/v1/health", (route) => route.fulfill({ json: { ...health, intake } }));
  await page.goto("/connections");
  await expect(page.getByRole("heading", { name: "3 objects wait and cannot be registered now" })).toBeVisible();
  await expect(page.getByText("VAULT_FULL")).toBeVisible();
  await expectSound(page);
});

test.describe("systems that are configured", () => {
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names.
    node: async ({}, use) => {
      const modality = await startDimse(modalityRooms, { port: 0, aeTitle: "CT1" });
      const host = "127.0.0.1";
      const peers = [
        { id: "ct1", aeTitle: "CT1", host, port: modality.port },
        { id: "router", aeTitle: "ROUTER", host, port: modality.port },
        { id: "archive", aeTitle: "ARCHIVE", host, port: 1 },
      ];
      const node = await startNode("empty", { FIDUCIAL_PEERS: JSON.stringify(peers) });
      await use(node);
      await node.stop();
      await modality.close();
    },
  });

  test("are there before they ever sent, and a test echo says how each answers, and what to do", async ({ page }) => {
    await page.goto("/connections");
    const row = (name: string) => page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
    for (const name of ["CT1", "ROUTER", "ARCHIVE"]) await expect(row(name)).toContainText("nothing received");
    await page.getByRole("button", { name: "Test CT1" }).click();
    await expect(row("CT1").getByRole("status")).toHaveText(/^answered in \d+ ms$/);
    // That it answers says nothing of whether it sends.
    await expect(row("CT1")).toContainText("Nothing yet");
    await page.getByRole("button", { name: "Test ROUTER" }).focus();
    await page.keyboard.press("Enter");
    await expect(row("ROUTER")).toContainText("has another AE title");
    await page.getByRole("button", { name: "Test ARCHIVE" }).click();
    await expect(row("ARCHIVE")).toContainText("Check both, the network, and whether it runs.");
    await expectSound(page);
    await page.reload();
    await expect(row("CT1").getByRole("status")).toHaveText(/^answered in \d+ ms$/);
  });

  test.describe("in German", () => {
    test.use({ locale: "de-DE" });

    test("what to do is told in German", async ({ page }) => {
      await page.goto("/connections");
      await page.getByRole("button", { name: "ARCHIVE testen" }).click();
      await expect(
        page.getByText("Das System ist unter dieser Adresse und diesem Port nicht erreichbar"),
      ).toBeVisible();
      await expectSound(page);
    });
  });
});

// It answers echoes, and nobody stores anything there.
const modalityRooms = {
  objects: { newIncoming: () => "/dev/null" },
  inbox: { receive: () => Promise.reject(new Error("nothing is stored here")) },
  connections: connectionBoard(Date.now),
};
