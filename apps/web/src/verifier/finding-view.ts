// A finding as it is shown by the verifier: verdict, steps, what differs.
import type { CheckedStep, NamedChange } from "@fiducial/dicom";
import { element } from "./elements.ts";
import { type IconName, icon } from "./icons.ts";
import { stepSays, type VerifyLanguage } from "./step-words.ts";
import { verdictWords } from "./verdict-words.ts";
import type { Finding } from "./verification.ts";

type Checked = Extract<Finding, { readonly found: "checked" }>;

const stepIcons: Readonly<Record<CheckedStep["step"], IconName>> = {
  bytes: "file",
  fingerprint: "fingerprint",
  manifest: "stack",
  signature: "signature",
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
  const { tone, icon: mark, word, says } = verdictWords(finding, language);
  const band = element(
    "div",
    { class: `band appears tone-${tone}`, role: "status" },
    icon(mark, 44),
    element(
      "div",
      { class: "grow" },
      element("h2", { class: "band-word" }, word),
      element("p", { class: "second" }, says),
    ),
  );
  const name = element(
    "p",
    { class: "file-name size-13" },
    element("b", {}, finding.name),
    ` ${sizeOf(finding, language)}`,
  );
  return element("section", { class: "finding" }, name, band, detailOf(finding, language));
}

function sizeOf({ sizeBytes }: Finding, { formats }: VerifyLanguage): string {
  return sizeBytes === undefined ? "" : `· ${formats.bytes(sizeBytes)}`;
}

function detailOf(finding: Finding, language: VerifyLanguage): HTMLElement {
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

function evidence({ check }: Checked, { t: { verify: t }, formats }: VerifyLanguage): string {
  const { entry, cosigners } = check.verification;
  const origin = entry?.statement.content.log ?? "";
  const replicas = cosigners.filter(({ replica }) => replica).length;
  const rules = replicas > 0 ? t.rulesByReplicas(replicas) : t.rulesByOne(origin);
  const witnessed = cosigners.length > 0 ? "" : ` ${t.notWitnessed}`;
  return `${t.checkedAgainst(formats.count(check.receipt.entry.index), origin)}. ${rules}${witnessed} ${t.otherCopies}`;
}
