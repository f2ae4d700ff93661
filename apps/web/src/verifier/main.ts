// The offline verifier: one page without a network. Policy, receipts and files are dropped or chosen; everything is compared here.
import "../ui/tokens.css";
import "../ui/base.css";
import "../ui/parts.css";
import "../ui/findings.css";
import "./verifier.css";
import { parseTrustPolicy, type Receipt, type TrustPolicy } from "@fiducial/core";
import { createPixelDecoder } from "@fiducial/dicom";
import { formatsOf } from "../i18n/formats.ts";
import { chooseLanguage, languageTags } from "../i18n/messages.ts";
import { droppedFiles } from "../ui/dropped-files.ts";
import { keptValue } from "../ui/kept.ts";
import { button, element } from "./elements.ts";
import { brokenView, findingView, policyView } from "./finding-view.ts";
import { icon, logo } from "./icons.ts";
import type { VerifyLanguage } from "./step-words.ts";
import {
  concludable,
  type Finding,
  rememberingBackend,
  sortFiles,
  verifyFile,
  verifyReceiptAlone,
} from "./verification.ts";

const name = chooseLanguage(keptValue("language"), navigator.languages);
const { verify: t } = await (name === "de" ? import("../i18n/de/verify.ts") : import("../i18n/en/verify.ts"));
const language: VerifyLanguage = { t: { verify: t }, formats: formatsOf(languageTags[name]) };

const backend = rememberingBackend();
const decoder = createPixelDecoder();
const receipts = new Map<string, Receipt>();
let policy: { readonly name: string; readonly trust: TrustPolicy } | undefined = embeddedPolicy();
let files: readonly File[] = [];
let run = 0;

const atHand = element("p", { class: "size-12 second", role: "status" });
const results = element("div", { class: "column gap-16" });

start();

function start(): void {
  document.documentElement.lang = name;
  document.title = t.saved.title;
  document.body.append(
    element(
      "div",
      { class: "verifier" },
      element(
        "header",
        { class: "row" },
        logo(36),
        element("div", {}, element("h1", {}, t.saved.title), element("p", { class: "second" }, t.saved.says)),
      ),
      element("main", { class: "column gap-16" }, dropZone(), atHand, results),
    ),
  );
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer !== null) void droppedFiles(event.dataTransfer).then(take);
  });
  show([]);
}

function dropZone(): HTMLElement {
  const input = element("input", { type: "file", multiple: "", hidden: "" });
  input.addEventListener("change", () => {
    void take([...(input.files ?? [])]);
    input.value = "";
  });
  const mark = element("span", { class: "tone tone-accent" }, icon("file-upload", 32));
  return element(
    "div",
    { class: "drop-zone" },
    mark,
    element("p", { class: "size-16 strong" }, t.empty),
    element("p", { class: "size-13 second" }, t.emptySays),
    element(
      "div",
      { class: "row wrap" },
      button("button primary", t.choose, () => input.click()),
      button("button", t.saved.again, () => location.reload()),
    ),
    input,
  );
}

// A new policy or receipt may decide what was open before, so all files are looked at again.
async function take(dropped: readonly File[]): Promise<void> {
  const mine = ++run;
  const sorted = await sortFiles(dropped);
  const [given] = sorted.policies;
  if (given !== undefined) policy = { name: given.name, trust: given.policy };
  for (const { name: file, receipt } of sorted.receipts) receipts.set(file, receipt);
  if (sorted.objects.length > 0) files = sorted.objects;
  const broken = sorted.broken.map((file) => brokenView(file, language));
  if (policy === undefined) return show(broken);
  const means = { policy: policy.trust, receipts: [...receipts.values()], decoder, backend };
  const findings: Finding[] = [];
  for (const file of files) {
    findings.push(await verifyFile(file, means, (progress) => mine === run && showProgress(file, progress)));
  }
  if (files.length === 0) {
    for (const [file, receipt] of receipts) findings.push(verifyReceiptAlone({ name: file, receipt }, means));
  }
  if (mine === run)
    show([...broken, ...concludable(findings, sorted.broken).map((finding) => findingView(finding, language))]);
}

function show(shown: readonly HTMLElement[]): void {
  atHand.textContent = [
    policy === undefined ? "" : t.policyOf(policy.name),
    receipts.size === 0 ? "" : t.saved.receipts(receipts.size),
  ]
    .filter((part) => part !== "")
    .join(" · ");
  const waiting = files
    .slice(0, 9)
    .map((file) => file.name)
    .join(", ");
  results.replaceChildren(
    ...(policy === undefined ? [policyView(language)] : []),
    ...(policy === undefined && waiting !== "" ? [element("p", {}, t.saved.waits(waiting))] : []),
    ...shown,
  );
}

function showProgress(
  file: File,
  progress: { readonly stage: string; readonly done?: number; readonly of?: number },
): void {
  const { formats } = language;
  const done = progress.done ?? file.size;
  const percent = file.size === 0 ? 100 : Math.floor((100 * done) / file.size);
  const words = t.readOf(formats.bytes(done), formats.bytes(file.size), percent);
  atHand.textContent = `${file.name} · ${words}`;
}

/** A node may put its policy into the page that it lets people save. */
function embeddedPolicy(): { readonly name: string; readonly trust: TrustPolicy } | undefined {
  const text = document.getElementById("policy")?.textContent ?? "";
  try {
    return text === "" ? undefined : { name: location.pathname.split("/").at(-1) ?? "", trust: parseTrustPolicy(text) };
  } catch {
    return undefined;
  }
}
