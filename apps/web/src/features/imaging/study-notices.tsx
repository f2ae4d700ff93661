// What must be known of a study before it is handed on, above everything else of its page.
import type { StudyDetail } from "@fiducial/api";
import { IconUserQuestion } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Note } from "../../ui/notes.tsx";

/** The notices; nothing where there are none. */
export function StudyNotices({ study: { notices } }: { readonly study: StudyDetail }): ReactNode {
  const { t } = useWording();
  const words = t.imaging.standing;
  if (!notices.includes("STUDY_FROZEN")) return undefined;
  return (
    <section className="card study-notices" aria-label={words.label}>
      <Note
        icon={IconUserQuestion}
        tone="differs"
        title={words.frozenTitle}
        says={words.frozenSays}
        code="STUDY_FROZEN"
      />
    </section>
  );
}
