// What came in and waits to be registered: how much, since when, and whether something holds it up.
import { IconAlertTriangle, IconInbox } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { healthQuery } from "../../ui/node.ts";
import { Note } from "../../ui/notes.tsx";

/** The card. */
export function WaitingCard(): ReactNode {
  const { t, formats } = useWording();
  const words = t.connections.waiting;
  const { data } = useQuery(healthQuery);
  if (data === undefined) return undefined;
  const { objects, studies, oldest, problem } = data.intake;
  const since = oldest === undefined ? "" : formats.age(oldest, new Date());
  return (
    <section className="card" aria-label={words.title}>
      {problem === undefined ? (
        <Note
          icon={IconInbox}
          tone={objects === 0 ? "holds" : "accent"}
          title={objects === 0 ? words.none : words.some(t.words.objects(objects), t.words.studies(studies))}
          says={objects === 0 ? words.noneSays : words.someSays(since)}
        />
      ) : (
        <Note
          icon={IconAlertTriangle}
          tone="differs"
          title={words.heldUp(t.words.objects(objects))}
          says={words.heldUpSays(since)}
          code={problem}
        />
      )}
    </section>
  );
}
