// One connection: what it is, how it stands, what it brought, and a test where one can be made.
import type { Connection, ConnectionType } from "@fiducial/api";
import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCloudUp,
  IconDatabase,
  IconFolder,
  IconPlugConnectedX,
  IconScan,
  IconServer2,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording, type Wording } from "../../i18n/language.tsx";
import { Chip, Dot, type Tone } from "../../ui/parts.tsx";
import { ConnectionActs } from "./connection-acts.tsx";
import { DifferingStudies } from "./differing-studies.tsx";

const typeIcons: Readonly<Record<ConnectionType, Icon>> = {
  dimse: IconScan,
  stow: IconCloudUp,
  folder: IconFolder,
  orthanc: IconServer2,
  pacs: IconDatabase,
};
const states: Readonly<Record<Connection["state"] | "differs", readonly [Tone, Icon]>> = {
  works: ["holds", IconCircleCheck],
  failed: ["fails", IconPlugConnectedX],
  idle: ["neutral", IconCircleDashed],
  differs: ["fails", IconAlertTriangle],
};

/** The row. */
export function ConnectionRow({ connection }: { readonly connection: Connection }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const words = t.connections;
  const { id, type, name, state, place, configured, differing } = connection;
  const standing = state === "works" && differing !== undefined ? "differs" : state;
  const [tone, mark] = states[standing];
  const where = place && words.place(place.host, place.port, place.tls);
  const facts = [
    words.types[type],
    ...(where === undefined ? [] : [where]),
    ...(configured ? [id] : []),
    ...(type === "pacs" ? keptFacts : broughtFacts)(connection, wording),
  ];
  return (
    <div className="entry-line connection">
      <Dot icon={typeIcons[type]} tone={standing === "failed" || standing === "differs" ? "fails" : "accent"} />
      <div className="grow">
        <div className="size-13 strong">{name}</div>
        <div className="facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </div>
        <Fault connection={connection} />
        <TestFault connection={connection} />
        {differing !== undefined && <DifferingStudies differing={differing} />}
      </div>
      <Chip tone={tone} icon={mark}>
        {words.states[standing]}
      </Chip>
      <ConnectionActs connection={connection} />
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

// What a DICOM system does when it is called is told beside what it sends, not in its place.
function TestFault({ connection: { type, lastTest } }: { readonly connection: Connection }): ReactNode {
  const { t, formats } = useWording();
  const words = t.connections;
  const failure = lastTest?.failure;
  if (type !== "dimse" || lastTest === undefined || failure === undefined) return undefined;
  const { code, says } = failure;
  return (
    <p className="size-12 connection-fault tone tone-differs">
      {words.testFault} {words.fault(formats.moment(lastTest.at))} {words.faults[code] ?? says}{" "}
      <span className="mono">{code}</span>
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
