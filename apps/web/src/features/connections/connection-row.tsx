// One connection: what it is, how it stands, what it brought, and a test where one can be made.
import type { Connection, ConnectionType } from "@fiducial/api";
import {
  type Icon,
  IconCircleCheck,
  IconCircleDashed,
  IconCloudUp,
  IconDatabase,
  IconFolder,
  IconPlugConnectedX,
  IconRefresh,
  IconScan,
  IconServer2,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWording, type Wording } from "../../i18n/language.tsx";
import { connectionsQuery, node } from "../../ui/node.ts";
import { Chip, Dot, type Tone } from "../../ui/parts.tsx";

const typeIcons: Readonly<Record<ConnectionType, Icon>> = {
  dimse: IconScan,
  stow: IconCloudUp,
  folder: IconFolder,
  orthanc: IconServer2,
  pacs: IconDatabase,
};
const states: Readonly<Record<Connection["state"], readonly [Tone, Icon]>> = {
  works: ["holds", IconCircleCheck],
  failed: ["fails", IconPlugConnectedX],
  idle: ["neutral", IconCircleDashed],
};

/** The row. */
export function ConnectionRow({ connection }: { readonly connection: Connection }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const words = t.connections;
  const { type, name, state, place, canTest } = connection;
  const [tone, mark] = states[state];
  const where = place && words.place(place.host, place.port, place.tls);
  const facts = [
    words.types[type],
    ...(where === undefined ? [] : [where]),
    ...(type === "pacs" ? keptFacts : broughtFacts)(connection, wording),
  ];
  return (
    <div className="entry-line connection">
      <Dot icon={typeIcons[type]} tone={state === "failed" ? "fails" : "accent"} />
      <div className="grow">
        <div className="size-13 strong">{name}</div>
        <div className="facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </div>
        <Fault connection={connection} />
      </div>
      <Chip tone={tone} icon={mark}>
        {words.states[state]}
      </Chip>
      {canTest && <Test connection={connection} />}
    </div>
  );
}

// What is wrong now is told as such; what was wrong, with what came since.
function Fault({
  connection: { state, type, lastError, receivedSinceError = 0 },
}: {
  readonly connection: Connection;
}): ReactNode {
  const { t, formats } = useWording();
  const words = t.connections;
  if (lastError === undefined) return undefined;
  const { at, code, says } = lastError;
  const isPast = state !== "failed";
  const since = isPast && type !== "pacs" ? words.sinceFault(t.words.objects(receivedSinceError)) : "";
  return (
    <p className={`size-12 connection-fault ${isPast ? "third" : "tone tone-fails"}`}>
      {isPast ? words.pastFault(formats.moment(at)) : words.fault(formats.moment(at))} {words.faults[code] ?? says}{" "}
      {since} <span className="mono">{code}</span>
    </p>
  );
}

function broughtFacts(
  { received, refused, bytes, lastObjectAt }: Connection,
  { t, formats }: Wording,
): readonly string[] {
  const words = t.connections;
  return [
    received === 0 ? words.nothingYet : words.received(t.words.objects(received), formats.bytes(bytes)),
    refused > 0 ? words.refused(formats.count(refused)) : undefined,
    lastObjectAt && words.last(formats.moment(lastObjectAt)),
  ].filter((fact) => fact !== undefined);
}

// A PACS brings nothing: it keeps what came in, and what it does not keep yet is told.
function keptFacts({ state, since, releases }: Connection, { t, formats }: Wording): readonly string[] {
  const words = t.connections;
  const { waiting = 0, altered = 0, kept = 0 } = releases ?? {};
  const count = (objects: number, says: (text: string) => string) =>
    objects === 0 ? [] : [says(t.words.objects(objects))];
  return [
    ...(state === "idle" ? [] : [words.since[state](formats.moment(since))]),
    ...(releases !== undefined && waiting + altered + kept === 0 ? [words.releases.none] : []),
    ...count(waiting, words.releases.waiting),
    ...count(altered, words.releases.altered),
    ...count(kept, words.releases.kept),
  ];
}

function Test({ connection: { id, name, lastTest } }: { readonly connection: Connection }): ReactNode {
  const { t, formats } = useWording();
  const words = t.connections;
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () => node.testConnection(id),
    onSettled: () => queries.invalidateQueries({ queryKey: connectionsQuery.queryKey }),
  });
  const { tookMs, failure } = test.data?.lastTest ?? lastTest ?? {};
  const result = failure === undefined ? words.answered : words.notAnswered;
  const came = test.isPending
    ? words.testing
    : test.isError
      ? words.testFailed
      : tookMs !== undefined && result(formats.count(tookMs));
  return (
    <span className="row">
      <span role="status" className="size-12 second">
        {came}
      </span>
      <button
        type="button"
        className="button small"
        aria-label={words.testOf(name)}
        disabled={test.isPending}
        onClick={() => test.mutate()}
        data-stop
      >
        <IconRefresh size={15} aria-hidden />
        {words.test}
      </button>
    </span>
  );
}
