// The versions of the object shown, side by side: what each attribute said before and says now, and where the pictures differ.
import type { StudyObject } from "@fiducial/api";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { AttributeClassChip } from "../../ui/attribute-class-chip.tsx";
import { Failure, Skeletons } from "../../ui/notes.tsx";
import { Card, Chip, type Tone } from "../../ui/parts.tsx";
import { Still } from "../../ui/picture/still.tsx";
import { compareVersions, type VersionChange, type VersionComparison } from "./version-comparison.ts";

/** The card; none for an object that was registered once. */
export function Versions({
  study,
  object,
}: {
  readonly study: string;
  readonly object: StudyObject | undefined;
}): ReactNode {
  const { t } = useWording();
  const words = t.imaging.versions;
  const earlier = object?.earlier ?? [];
  const [chosen, choose] = useState(0);
  const at = Math.min(chosen, earlier.length - 1);
  const before = earlier[at];
  const { data, error, refetch } = useQuery({
    queryKey: ["versions", study, before, object?.statementId, object?.item],
    queryFn: () => compareVersions(study, before as NonNullable<typeof before>, object as StudyObject),
    enabled: before !== undefined && object !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (object === undefined || before === undefined) return undefined;
  return (
    <Card
      title={words.title}
      says={words.says(earlier.length + 1)}
      aside={
        earlier.length > 1 && (
          <select
            className="button small choice"
            aria-label={words.choose}
            value={at}
            onChange={({ target }) => choose(Number(target.value))}
          >
            {earlier.map(({ statementId, item }, number) => (
              <option key={`${statementId}/${item}`} value={number}>
                {words.version(number + 1)}
              </option>
            ))}
          </select>
        )
      }
    >
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Skeletons rows={3} />}
      {data !== undefined && <Compared comparison={data} before={at + 1} after={earlier.length + 1} />}
    </Card>
  );
}

const tones: Readonly<Record<VersionComparison["verdict"], Tone>> = {
  identical: "holds",
  "header-changed": "differs",
  "same-pixels": "differs",
  altered: "fails",
  undecided: "neutral",
  unknown: "neutral",
};

function Compared({
  comparison: { verdict, changes, pictures },
  before,
  after,
}: {
  readonly comparison: VersionComparison;
  readonly before: number;
  readonly after: number;
}): ReactNode {
  const { t, formats } = useWording();
  const words = t.imaging.versions;
  return (
    <>
      <p className="row wrap versions-verdict">
        <Chip tone={tones[verdict]}>{t.verify.short[verdict]}</Chip>
        <span className="size-13 second">{words.meaning[verdict]}</span>
      </p>
      {pictures !== undefined && (
        <div className="comparison">
          <Still pixels={pictures.before} title={words.version(before)} says="" />
          <Still pixels={pictures.after} title={words.version(after)} says="" />
          <Still
            pixels={pictures.difference}
            title={t.verify.difference}
            says={t.verify.pixelsDiffer(formats.count(pictures.differing), formats.count(pictures.pixels))}
            differs
          />
        </div>
      )}
      {changes.length > 0 && <Changes changes={changes} before={before} after={after} />}
    </>
  );
}

function Changes({
  changes,
  before,
  after,
}: {
  readonly changes: readonly VersionChange[];
  readonly before: number;
  readonly after: number;
}): ReactNode {
  const { t } = useWording();
  const words = t.imaging.versions;
  const text = (value: string | undefined) =>
    value === undefined ? <span className="third">{t.verify.absent}</span> : value || t.words.nothing;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section className="table-scroll" aria-label={words.changes} tabIndex={0}>
      <table className="plain-table versions-table">
        <thead>
          <tr>
            <th scope="col">{t.verify.columns.attribute}</th>
            <th scope="col">{words.version(before)}</th>
            <th scope="col">{words.version(after)}</th>
            <th scope="col">{t.verify.columns.class}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.path}>
              <th scope="row">
                <div className="medium">{change.name ?? change.path}</div>
                {change.name !== undefined && <div className="size-12 third">({change.path})</div>}
              </th>
              <td>{text(change.before)}</td>
              <td>{text(change.after)}</td>
              <td>
                <AttributeClassChip of={change.class} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
