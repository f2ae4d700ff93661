// The connections: what comes in from where, how it stands, what was refused, and what to do about it.
import type { ConnectionList } from "@fiducial/api";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { CoverageLine } from "../../ui/coverage-line.tsx";
import { moveFocus, useKeys } from "../../ui/keys.ts";
import { connectionsQuery } from "../../ui/node.ts";
import { Failure, Note, Skeletons } from "../../ui/notes.tsx";
import { PageTitle } from "../../ui/page-title.tsx";
import { Card } from "../../ui/parts.tsx";
import { ConnectionRow } from "./connection-row.tsx";
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
      {data !== undefined && data.refusals.length > 0 && <Refusals list={data} />}
    </>
  );
}

function Refusals({ list: { connections, refusals } }: { readonly list: ConnectionList }): ReactNode {
  const { t, formats } = useWording();
  const words = t.connections;
  const nameOf = (id: string) => connections.find((one) => one.id === id)?.name ?? id;
  return (
    <Card title={words.refusals} says={words.refusalsSays}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys. */}
      <section className="table-scroll" aria-label={words.refusalTable} tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{words.columns.when}</th>
              <th scope="col">{words.columns.from}</th>
              <th scope="col">{words.columns.why}</th>
              <th scope="col">{words.columns.code}</th>
            </tr>
          </thead>
          <tbody>
            {refusals.map(({ connection, code, says, at }, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two refusals may be alike in everything.
              <tr key={row}>
                <td>{formats.moment(at)}</td>
                <td>{nameOf(connection)}</td>
                <td>{words.faults[code] ?? says}</td>
                <td className="mono size-12">{code}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
