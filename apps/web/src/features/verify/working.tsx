// A check under way: progress in real units, every step in its place.

import { type CheckStep, checkSteps } from "@fiducial/dicom";
import type { Icon } from "@tabler/icons-react";
import {
  IconBinaryTree2,
  IconCheck,
  IconFile,
  IconFingerprint,
  IconFlag,
  IconKey,
  IconShieldQuestion,
  IconSignature,
  IconStack2,
  IconUsers,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Dot } from "../../ui/parts.tsx";
import type { Session } from "./verify-session.ts";

/** The icon of each step. */
export const stepIcons: Readonly<Record<CheckStep, Icon>> = {
  bytes: IconFile,
  fingerprint: IconFingerprint,
  manifest: IconStack2,
  signature: IconSignature,
  policy: IconShieldQuestion,
  keyChain: IconKey,
  inclusion: IconBinaryTree2,
  checkpoint: IconFlag,
  cosignatures: IconUsers,
};

/** The card. */
export function Working({
  session: { name, number, of, progress, sizeBytes },
  stop,
}: {
  readonly session: Extract<Session, { readonly state: "working" }>;
  readonly stop: () => void;
}): ReactNode {
  const { t, formats } = useWording();
  const read = progress.stage !== "bytes";
  const done = progress.stage === "bytes" ? progress.done : sizeBytes;
  const share = sizeBytes === 0 ? 1 : done / sizeBytes;
  return (
    <section className="card working" aria-label={t.verifyPage.title} aria-busy="true">
      <div className="row apart">
        <h2>{t.verifyPage.file(name, number, of)}</h2>
        <button type="button" className="button small" onClick={stop}>
          {t.verifyPage.stop}
        </button>
      </div>
      <ol className="timeline">
        {checkSteps.map((step) => (
          <li key={step}>
            <Dot
              icon={step === "bytes" && read ? IconCheck : stepIcons[step]}
              tone={step === "bytes" && read ? "holds" : "neutral"}
            />
            <div className="grow">
              <h3>{t.verify.steps[step]}</h3>
              {step === "bytes" ? (
                <>
                  <div className="size-13 second figures">
                    {t.verify.readOf(formats.bytes(done), formats.bytes(sizeBytes), Math.floor(100 * share))}
                  </div>
                  <div
                    className="progress"
                    role="progressbar"
                    aria-label={t.verify.steps.bytes}
                    aria-valuenow={Math.floor(100 * share)}
                    aria-valuemin={0}
                    aria-valuemax={100}
                  >
                    <i style={{ width: `${100 * share}%` }} />
                  </div>
                </>
              ) : (
                <div className="size-13 third">{t.verifyPage.waits}</div>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
