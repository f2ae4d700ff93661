// How the stored objects of a study stand to what was registered, beside its title.
import { IconShieldCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { VerdictBand } from "../../ui/verdict-band.tsx";
import { type VerdictWords, verdictWords } from "../../verifier/verdict-words.ts";
import type { Finding } from "../../verifier/verification.ts";
import type { StudyCheck } from "./study-check.ts";

/** The band; the worst finding speaks for all. */
export function CheckBand({ check }: { readonly check: StudyCheck }): ReactNode {
  const wording = useWording();
  const { t, formats } = wording;
  const words = t.imaging.check;
  const done = check.findings.size;
  const complete = done === check.total;
  if (check.total === 0) {
    const nothing = { tone: "neutral", icon: "shield-question", word: words.nothing, says: words.nothingSays } as const;
    return <VerdictBand compact words={nothing} />;
  }
  const waiting: VerdictWords = {
    tone: "neutral",
    icon: "shield-question",
    word: check.error === undefined ? words.waiting : words.failed,
    says: check.error === undefined ? words.waitingSays : check.error.message,
  };
  const worst = worstOf([...check.findings.values()]);
  const count =
    complete && check.checkedAt !== undefined
      ? words.all(check.total, formats.clock(check.checkedAt))
      : words.partly(done, check.total);
  const shown = worst === undefined ? waiting : { ...verdictWords(worst, wording), says: count };
  const better = [...check.findings.values()].filter((finding) => rankOf(finding) > 0).length;
  return (
    <VerdictBand compact words={better > 0 ? { ...shown, says: `${words.worst(better)} · ${count}` } : shown}>
      {!complete && (
        <button type="button" className="button small" onClick={check.working ? check.stop : check.checkAll}>
          {!check.working && <IconShieldCheck size={14} aria-hidden />}
          {check.working ? words.stop : words.checkAll}
        </button>
      )}
    </VerdictBand>
  );
}

const ranks = ["identical", "header-changed", "same-pixels", "undecided", "unknown", "altered"];

function rankOf(finding: Finding): number {
  if (finding.found !== "checked") return ranks.length;
  const { sound, waiting, verdict = "unknown", comparison } = finding.check;
  const rank = ranks.indexOf(comparison?.contested ? "altered" : verdict);
  return sound || waiting ? rank : ranks.length + 1;
}

function worstOf(findings: readonly Finding[]): Finding | undefined {
  return findings.reduce<Finding | undefined>(
    (worst, finding) => (worst === undefined || rankOf(finding) > rankOf(worst) ? finding : worst),
    undefined,
  );
}
