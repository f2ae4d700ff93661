// The steps of a check: what each compared, and how it came out.
import type { CheckedStep } from "@fiducial/dicom";
import type { Icon } from "@tabler/icons-react";
import { IconAlertTriangle, IconCheck, IconClock, IconMinus, IconQuestionMark, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Card, Dot, type Tone } from "../../ui/parts.tsx";
import { stepSays } from "../../verifier/step-words.ts";
import type { Finding } from "../../verifier/verification.ts";
import { stepIcons } from "./working.tsx";

const results: Readonly<Record<CheckedStep["result"], { readonly tone: Tone; readonly icon: Icon }>> = {
  holds: { tone: "holds", icon: IconCheck },
  differs: { tone: "differs", icon: IconAlertTriangle },
  fails: { tone: "fails", icon: IconX },
  open: { tone: "neutral", icon: IconQuestionMark },
  "not-run": { tone: "neutral", icon: IconMinus },
};

/** Cosigners that are missing may still come: that is a state, not an error. */
const waiting = { tone: "differs", icon: IconClock } as const;

/** The card. A line is broken where a step does not hold. */
export function StepList({
  finding,
}: {
  readonly finding: Extract<Finding, { readonly found: "checked" }>;
}): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { steps } = finding.check;
  const counts = Map.groupBy(steps, ({ result, code }) => (code === "QUORUM_NOT_MET" ? "waits" : result));
  const tally = [...counts].map(([result, some]) => t.verifyPage.tally[result](some.length)).join(" · ");
  return (
    <Card
      title={t.verify.stepsTitle(steps.length)}
      aside={<span className="size-12 second">{tally}</span>}
      className="step-card"
    >
      <ol className="timeline step-list">
        {steps.map((checked, at) => {
          const waits = checked.code === "QUORUM_NOT_MET";
          const { tone, icon: Mark } = waits ? waiting : results[checked.result];
          const isRead = checked.step === "bytes" && checked.result === "holds";
          const word = waits ? "waits" : isRead ? "read" : checked.result;
          return (
            <li key={checked.step} className={checked.result === "holds" ? "" : "breaks"}>
              <Dot icon={stepIcons[checked.step]} tone={tone} />
              <div className="grow">
                <div className="row">
                  <span className="size-12 third step-number">{at + 1}</span>
                  <h3>{t.verify.steps[checked.step]}</h3>
                  <span className={`to-end row gap-4 size-12 strong tone tone-${tone}`}>
                    <Mark size={14} stroke={2.25} aria-hidden />
                    {t.verify.results[word]}
                  </span>
                </div>
                <p className="size-13 second">{stepSays(checked, finding.check, finding.sizeBytes, wording)}</p>
                {checked.code !== undefined && <p className="mono third">{checked.code}</p>}
              </div>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
