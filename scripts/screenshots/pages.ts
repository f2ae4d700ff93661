// Every page of which a picture is made: whose it is, where it is, and when it has what it shows. Nothing here knows a random identifier.
import type { Page } from "@playwright/test";
import type { ApiClient } from "../../packages/api/src/index.ts";
import type { Role } from "../../packages/contract/src/index.ts";
import { smallObject } from "../../packages/dicom/src/phantom/index.ts";

/** A page to be pictured. */
export interface PicturedPage {
  readonly name: string;
  /** Who looks at it. */
  readonly persona: Role | "nobody";
  /** Its address, found through the API by what it shows. Rejects when the demonstration has no such thing. */
  readonly address: (api: ApiClient) => string | Promise<string>;
  /** What is done on it first. */
  readonly act?: (page: Page) => Promise<void>;
  /** What stands there once the page has what it shows: all of them have to. */
  readonly shows: readonly string[];
  /** Documents use it. */
  readonly inDocuments?: true;
}

const painted = ".stage canvas";

/** The pages, in the order of the menu. */
export const picturedPages: readonly PicturedPage[] = [
  { name: "sign-in", persona: "nobody", address: () => "/sign-in?choose", shows: ["form button"] },
  {
    ...{ name: "overview", persona: "administrator", inDocuments: true },
    address: () => "/",
    shows: [".recharts-bar-rectangle path", ".entry-line"],
  },
  { name: "studies", persona: "radiologist", address: () => "/studies", shows: [".virtual > li"] },
  {
    ...{ name: "study", persona: "radiologist" },
    address: async (api) => `/studies/${await newestStudy(api, "MR")}`,
    shows: [painted, ".timeline li", ".band-word"],
  },
  {
    ...{ name: "altered-copy", persona: "data-steward", inDocuments: true },
    address: async (api) => `/studies/${(await alteredCopy(api)).study}`,
    shows: [painted, ".timeline li", ".band-word"],
  },
  { name: "ledger", persona: "auditor", address: () => "/ledger", shows: [".entry-line"] },
  {
    ...{ name: "entry", persona: "auditor", inDocuments: true },
    address: async (api) => `/ledger/${(await alteredCopy(api)).index}`,
    shows: ["main h1"],
  },
  {
    ...{ name: "verify", persona: "radiologist", inDocuments: true },
    address: () => "/verify",
    act: (page) => page.getByRole("button", { name: "Try an altered copy of an image kept here" }).click(),
    shows: [".band-word", ".main canvas", ".step-list > li"],
  },
  {
    ...{ name: "receipt-wanted", persona: "nobody" },
    address: () => "/verify",
    act: async (page) => {
      const [choose] = [page.waitForEvent("filechooser"), page.getByRole("button", { name: "Choose files" }).click()];
      const buffer = Buffer.from(smallObject({ seed: "receipt wanted" }));
      await (await choose).setFiles({ name: "image.dcm", mimeType: "application/dicom", buffer });
    },
    shows: [".note"],
  },
  {
    ...{ name: "history", persona: "auditor" },
    address: async (api) => `/ledger?study=${(await alteredCopy(api)).study}`,
    shows: [".entry-line"],
  },
  {
    ...{ name: "accesses", persona: "auditor", inDocuments: true },
    address: () => "/accesses?notable=true",
    shows: [".entry-line"],
  },
  { name: "members", persona: "administrator", address: () => "/members", shows: ["main h1"] },
  {
    ...{ name: "connections", persona: "administrator", inDocuments: true },
    address: () => "/connections",
    shows: ["main h1"],
  },
  { name: "account", persona: "radiologist", address: () => "/account", shows: ["main h1"] },
  { name: "help", persona: "radiologist", address: () => "/help", shows: ["main h1"] },
];

async function newestStudy(api: ApiClient, modality: string): Promise<string> {
  const [newest] = (await api.studies({ modality, limit: 1 })).studies;
  if (newest === undefined) throw new Error(`the demonstration has no study of modality ${modality}`);
  return newest.study;
}

async function alteredCopy(api: ApiClient): Promise<{ readonly study: string; readonly index: number }> {
  const { concerns } = await api.attention();
  const { study, index } = concerns.find(({ code }) => code === "COPY_ALTERED") ?? {};
  if (study === undefined || index === undefined) throw new Error("the demonstration has no altered copy");
  return { study, index };
}
