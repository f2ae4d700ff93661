// What a list of reads covers, and what of it is still to come.
import type { AccessPage } from "@fiducial/api";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { CoverageLine } from "./coverage-line.tsx";

/** The line, and a second one while reads wait to be recorded. */
export function AccessCoverage({ page }: { readonly page: AccessPage }): ReactNode {
  const { t, formats } = useWording();
  const { organization, until, waiting } = page.coverage;
  return (
    <>
      <CoverageLine
        covers={t.access.covers(organization ?? t.sentences.who.organization, formats.moment(until))}
        notCovered={t.access.notCovered}
      />
      {waiting > 0 && (
        <p className="coverage tone tone-differs">
          <IconAlertTriangle size={16} aria-hidden />
          <span>{t.access.waiting(waiting)}</span>
        </p>
      )}
    </>
  );
}
