// How a study stands, in a few words each, beside its name: being corrected, destroyed, rejected, on hold.
import type { StudySummary } from "@fiducial/api";
import { type Icon, IconBan, IconLock, IconTrash, IconUserQuestion } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import type { Messages } from "../../i18n/messages.ts";
import { Chip, type Tone } from "../../ui/parts.tsx";

/** What of a study the marks tell. */
export type StudyStanding = Pick<StudySummary, "notices" | "holds" | "rejection">;

/** Tells whether a study has any mark. */
export function hasMarks({ notices, holds, rejection }: StudyStanding): boolean {
  return notices.length > 0 || holds.length > 0 || rejection !== undefined;
}

/** The marks, the gravest first; nothing where there are none. */
export function StudyMarks({ study }: { readonly study: StudyStanding }): ReactNode {
  const { t } = useWording();
  if (!hasMarks(study)) return undefined;
  return (
    <span className="entry-chips">
      {marksOf(study, t.imaging.standing).map(([tone, icon, says]) => (
        <Chip key={says} tone={tone} icon={icon}>
          {says}
        </Chip>
      ))}
    </span>
  );
}

function marksOf(
  { notices, holds, rejection }: StudyStanding,
  words: Messages["imaging"]["standing"],
): readonly (readonly [Tone, Icon, string])[] {
  return [
    ...(notices.includes("STUDY_DESTROYED") ? [["fails", IconTrash, words.destroyed] as const] : []),
    ...(notices.includes("STUDY_FROZEN") ? [["differs", IconUserQuestion, words.frozen] as const] : []),
    ...(rejection === undefined ? [] : [["fails", IconBan, rejectionSays(rejection, words)] as const]),
    ...(holds.length > 0 ? [["accent", IconLock, words.held] as const] : []),
  ];
}

function rejectionSays(
  { reason, scope, instances }: NonNullable<StudySummary["rejection"]>,
  words: Messages["imaging"]["standing"],
): string {
  const why = words.reasons[reason];
  if (scope === "study") return words.rejected(why);
  return scope === "series" ? words.rejectedSeries(instances, why) : words.rejectedObjects(instances, why);
}
