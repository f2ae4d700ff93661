// What must be known of a study before it is handed on, above everything else of its page.
import type { StudyDetail } from "@fiducial/api";
import { IconCopy, IconUserQuestion } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { Note } from "../../ui/notes.tsx";

/** The notices; nothing where there are none. */
export function StudyNotices({
  study: { notices, earlier, sharedUid = [] },
}: {
  readonly study: StudyDetail;
}): ReactNode {
  const { t } = useWording();
  const words = t.imaging.standing;
  const isFrozen = notices.includes("STUDY_FROZEN");
  if (!isFrozen && earlier.length === 0 && sharedUid.length === 0) return undefined;
  const taken = earlier.reduce((sum, { instances }) => sum + instances, 0);
  return (
    <section className="card study-notices" aria-label={words.label}>
      {isFrozen && (
        <Note
          icon={IconUserQuestion}
          tone="differs"
          title={words.frozenTitle}
          says={words.frozenSays}
          code="STUDY_FROZEN"
        />
      )}
      {earlier.length > 0 && (
        <Note icon={IconCopy} tone="differs" title={words.takenTitle} says={words.takenSays(taken)}>
          {earlier.map(({ study, index }) => (
            <Link key={study} to="/studies/$study" params={{ study }} className="button">
              {words.takenOpen(t.words.entryNumber(index))}
            </Link>
          ))}
        </Note>
      )}
      {sharedUid.length > 0 && (
        <Note
          icon={IconUserQuestion}
          tone="differs"
          title={words.sharedTitle}
          says={words.sharedSays}
          code="STUDY_UID_SHARED"
        >
          {sharedUid.map((study, at) => (
            <Link key={study} to="/studies/$study" params={{ study }} className="button">
              {words.sharedOpen(at + 1, sharedUid.length)}
            </Link>
          ))}
        </Note>
      )}
    </section>
  );
}
