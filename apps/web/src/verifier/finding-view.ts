// A finding as it is shown by the verifier: verdict, steps, what differs.
import type { CheckedStep, NamedChange } from "@fiducial/dicom";
import { element } from "./elements.ts";
import { type IconName, icon } from "./icons.ts";
import { recordSays, reservationsSay } from "./record-words.ts";
import { stepSays, type VerifyLanguage } from "./step-words.ts";
import { brokenWords, type VerdictWords, verdictWords } from "./verdict-words.ts";
import { type Finding, nameOfReceipt, type SortedFiles } from "./verification.ts";

type Checked = Extract<Finding, { readonly found: "checked" }>;

const stepIcons: Readonly<Record<CheckedStep["step"], IconName>> = {
  bytes: "file",
  fingerprint: "fingerprint",
  manifest: "stack",
  signature: "signature",
  policy: "shield-question",
  keyChain: "key",
  inclusion: "tree",
  checkpoint: "flag",
  cosignatures: "users",
};
const results: Readonly<Record<CheckedStep["result"], readonly [string, IconName]>> = {
  holds: ["holds", "check"],
  differs: ["differs", "alert"],
  fails: ["fails", "x"],
  open: ["neutral", "question"],
  "not-run": ["neutral", "minus"],
};

/** Shows a finding. */
export function findingView(finding: Finding, language: VerifyLanguage): HTMLElement {
  const band = bandView(verdictWords(finding, language));
  const name = element(
    "p",
    { class: "file-name size-13" },
    element("b", {}, finding.name),
    ` ${sizeOf(finding, language)}`,
  );
  return element(
    "section",
    { class: "finding" },
    name,
    band,
    finding.found !== "no-policy" && detailOf(finding, language),
  );
}

/** Shows a receipt or a policy that could not be read. */
export function brokenView(broken: SortedFiles["broken"][number], language: VerifyLanguage): HTMLElement {
  return bandView(brokenWords(broken, language), broken.code);
}

/** Asks for a policy, without which nothing can be judged. */
export function policyView(language: VerifyLanguage): HTMLElement {
  return bandView(verdictWords({ found: "no-policy", name: "", sizeBytes: undefined, log: undefined }, language));
}

function bandView({ tone, icon: mark, word, says }: VerdictWords, code?: string): HTMLElement {
  return element(
    "div",
    { class: `band appears tone-${tone}`, role: "status" },
    icon(mark, 44),
    element(
      "div",
      { class: "grow" },
      element("h2", { class: "band-word" }, word),
      element("p", { class: "second" }, says),
      code !== undefined && element("p", { class: "mono third" }, code),
    ),
  );
}

function sizeOf({ sizeBytes }: Finding, { formats }: VerifyLanguage): string {
  return sizeBytes === undefined ? "" : `· ${formats.bytes(sizeBytes)}`;
}

function detailOf(finding: Exclude<Finding, { readonly found: "no-policy" }>, language: VerifyLanguage): HTMLElement {
  const { verify: t } = language.t;
  if (finding.found === "no-receipt") return element("p", { class: "card card-body second" }, t.saved.noReceipt);
  if (finding.found === "unreadable") {
    return element(
      "p",
      { class: "card card-body second" },
      `${t.unreadableRest} ${t.codeWord} `,
      element("span", { class: "mono" }, finding.code),
    );
  }
  const changes = finding.check.attributes?.changes ?? [];
  return element(
    "div",
    { class: "verify-columns" },
    stepCard(finding, language),
    element(
      "div",
      { class: "column gap-16" },
      changes.length > 0 && changeCard(changes, language),
      element("section", { class: "card card-body size-13 second" }, evidence(finding, language)),
    ),
  );
}

function stepCard(finding: Checked, language: VerifyLanguage): HTMLElement {
  const { verify: t } = language.t;
  const { steps } = finding.check;
  const items = steps.map((checked) => {
    const waits = checked.code === "QUORUM_NOT_MET";
    const [tone, mark] = waits ? (["differs", "clock-exclamation"] as const) : results[checked.result];
    const isRead = checked.step === "bytes" && checked.result === "holds";
    const word = t.results[waits ? "waits" : isRead ? "read" : checked.result];
    return element(
      "li",
      { class: checked.result === "holds" ? "" : "breaks" },
      element("span", { class: `dot tone-${tone}` }, icon(stepIcons[checked.step], 17)),
      element(
        "div",
        { class: "grow" },
        element(
          "div",
          { class: "row" },
          element("h3", {}, t.steps[checked.step]),
          element("span", { class: `to-end row gap-4 size-12 strong tone tone-${tone}` }, icon(mark, 14), word),
        ),
        element("p", { class: "size-13 second" }, stepSays(checked, finding.check, finding.sizeBytes, language)),
        checked.code !== undefined && element("p", { class: "mono third" }, checked.code),
      ),
    );
  });
  return element(
    "section",
    { class: "card" },
    element("div", { class: "card-head" }, element("h2", {}, t.stepsTitle(steps.length))),
    element("ol", { class: "timeline card-body" }, ...items),
  );
}

function changeCard(changes: readonly NamedChange[], { t: { verify: t } }: VerifyLanguage): HTMLElement {
  const rows = changes.map((change) =>
    element(
      "tr",
      {},
      element(
        "td",
        {},
        element("b", {}, change.name ?? change.path),
        element("div", { class: "third" }, `(${change.path})`),
      ),
      element("td", {}, change.change === "removed" ? t.absent : (change.inFile ?? "")),
      element("td", {}, t.classes[change.class]),
    ),
  );
  const heads = [t.columns.attribute, t.columns.inFile, t.columns.class].map((head) => element("th", {}, head));
  return element(
    "section",
    { class: "card" },
    element("div", { class: "card-head" }, element("h2", {}, t.whatDiffers)),
    element(
      "div",
      { class: "changes" },
      element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)),
    ),
  );
}

function evidence({ check, object }: Checked, language: VerifyLanguage): string {
  const { t, formats } = language;
  const origin = check.verification.entry?.statement.content.log ?? "";
  const receipt = object && nameOfReceipt(check.receipt);
  return [
    receipt === undefined ? "" : t.verify.receiptUsed(receipt),
    `${t.verify.checkedAgainst(formats.count(check.receipt.entry.index), origin)}.`,
    ...recordSays(check, language),
    ...reservationsSay(check, language),
    t.verify.otherCopies,
  ].join(" ");
}
