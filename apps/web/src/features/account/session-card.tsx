// Where one is signed in, and the end of each of these.
import { IconDeviceLaptop } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { node } from "../../ui/node.ts";
import { Failure, Skeletons } from "../../ui/notes.tsx";
import { Card, Chip, Dot } from "../../ui/parts.tsx";

const ownSessions = queryOptions({ queryKey: ["sessions"], queryFn: ({ signal }) => node.sessions({ signal }) });

/** The card. */
export function SessionCard(): ReactNode {
  const { t, formats } = useWording();
  const words = t.account.sessions;
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(ownSessions);
  const end = useMutation({
    mutationFn: (session: string) => node.endSession(session),
    onSettled: () => queries.invalidateQueries({ queryKey: ownSessions.queryKey }),
  });
  return (
    <Card title={words.title}>
      {error && data === undefined && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Skeletons rows={2} />}
      <ul className="entries">
        {data?.sessions.map(({ session, begunAt, seenAt, current }) => (
          <li key={session} className="account-line">
            <Dot icon={IconDeviceLaptop} />
            <div className="grow">
              <div className="size-13 strong">{words.since(formats.moment(begunAt))}</div>
              <div className="size-12 second">{words.seen(formats.moment(seenAt))}</div>
            </div>
            {current ? (
              <Chip tone="holds">{words.current}</Chip>
            ) : (
              <button
                type="button"
                className="button small"
                disabled={end.isPending}
                onClick={() => end.mutate(session)}
              >
                {words.end}
              </button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
