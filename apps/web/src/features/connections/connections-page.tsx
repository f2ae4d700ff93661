// The connections: what comes in from where, how it stands, what was refused, and what to do about it.
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { CoverageLine } from "../../ui/coverage-line.tsx";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { connectionsQuery } from "../../ui/node.ts";
import { Failure, Note, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { ConnectionRow } from "./connection-row.tsx";
import { ListenerCard } from "./listener-card.tsx";
import { RefusalList } from "./refusal-list.tsx";
import { WaitingCard } from "./waiting-card.tsx";
import "./connections.css";

/** The page. */
export function ConnectionsPage(): ReactNode {
  const { t } = useWording();
  const words = t.connections;
  const { data, error, refetch } = useQuery(connectionsQuery);
  useKeys({ j: () => moveFocus("[data-stop]", 1), k: () => moveFocus("[data-stop]", -1) });
  return (
    <>
      <PageTitle title={words.title} says={words.says} />
      <WaitingCard />
      <section className="card" aria-label={words.title}>
        {error && data === undefined && <Failure error={error} again={() => void refetch()} />}
        {data === undefined && !error && <Skeletons rows={4} />}
        {data?.connections.length === 0 && (
          <Note icon={IconPlugConnectedX} title={words.emptyTitle} says={words.emptySays} />
        )}
        <ul className="entries">
          {data?.connections.map((connection) => (
            <li key={connection.id}>
              <ConnectionRow connection={connection} />
            </li>
          ))}
        </ul>
        {data !== undefined && (
          <div className="card-foot">
            <CoverageLine covers={words.covers} notCovered={words.notCovered} />
          </div>
        )}
      </section>
      {data !== undefined && <ListenerCard listener={data.listener} />}
      {data !== undefined && <RefusalList {...data} />}
    </>
  );
}
