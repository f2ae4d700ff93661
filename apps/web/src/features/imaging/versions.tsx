// The versions of the object shown, side by side: what each attribute said before and says now, and where the pictures differ.
import type { ObjectVersionPlace, StudyObject } from "@fiducial/api";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { AttributeClassChip } from "../../ui/attribute-class-chip.tsx";
import { Failure, Skeletons } from "../../ui/notes.tsx";
import { Card, Chip, type Tone } from "../../ui/parts.tsx";
import { Still } from "../../ui/picture/still.tsx";
import { isSame } from "./slices.ts";
import { compareVersions, type VersionChange, type VersionComparison } from "./version-comparison.ts";

/** The card; none for an object that was registered once. `object` is the version that is shown, `given` the object as it opens. */
export function Versions({
  study,
  object,
  given,
}: {
  readonly study: string;
  readonly object: StudyObject | undefined;
  readonly given: StudyObject | undefined;
}): ReactNode {
  const { t } = useWording();
  const words = t.imaging.versions;
  const versions = object?.versions ?? [];
  const shown = versions.find((one) => object !== undefined && isSame(one, object));
  const others = versions.filter((one) => one !== shown);
  const [chosen, choose] = useState<number>();
  const other = others.find(({ version }) => version === chosen) ?? otherOf(others, shown);
  const [before, after] = [other, shown].sort((a, b) => (a?.version ?? 0) - (b?.version ?? 0));
  const { data, error, refetch } = useQuery({
    queryKey: ["versions", study, before, after],
    queryFn: () => compareVersions(study, before as ObjectVersionPlace, after as ObjectVersionPlace),
    enabled: before !== undefined && after !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (shown === undefined || other === undefined || before === undefined || after === undefined) return undefined;
  return (
    <Card
      title={words.title}
      says={words.says(versions.at(-1)?.version ?? 0)}
      aside={
        others.length > 1 && (
          <select
            className="button small choice"
            aria-label={words.choose}
            value={other.version}
            onChange={({ target }) => choose(Number(target.value))}
          >
            {others.map(({ version }) => (
              <option key={version} value={version}>
                {words.comparedWith(version)}
              </option>
            ))}
          </select>
        )
      }
    >
      <ShownVersion
        study={study}
        shown={shown}
        given={versions.find((one) => given !== undefined && isSame(one, given))?.version}
        versions={versions}
      />
      {error && <Failure error={error} again={() => void refetch()} />}
      {data === undefined && !error && <Skeletons rows={3} />}
      {data !== undefined && <Compared comparison={data} before={before.version} after={after.version} />}
    </Card>
  );
}

/** The version that the shown one is held against at first: the newest, or, when that is shown, the first. */
function otherOf(
  others: readonly ObjectVersionPlace[],
  shown: ObjectVersionPlace | undefined,
): ObjectVersionPlace | undefined {
  const newest = others.at(-1);
  return newest !== undefined && newest.version > (shown?.version ?? 0) ? newest : others[0];
}

/** Says which version is shown above and why, and leads to the others. */
function ShownVersion({
  study,
  shown,
  given,
  versions,
}: {
  readonly study: string;
  readonly shown: ObjectVersionPlace;
  readonly given: number | undefined;
  readonly versions: readonly ObjectVersionPlace[];
}): ReactNode {
  const { t } = useWording();
  const words = t.imaging.versions;
  return (
    <div className="row wrap versions-shown">
      <p className="size-13 second grow">
        <b>{words.shown(shown.version)}</b> {given === shown.version ? words.given : given && words.notGiven(given)}
      </p>
      <nav className="row wrap gap-4" aria-label={words.show}>
        {versions.map(({ version, statementId, item }) => (
          <Link
            key={version}
            to="/studies/$study"
            params={{ study }}
            search={{ statement: statementId, item }}
            replace
            resetScroll={false}
            className="button small"
            aria-current={version === shown.version ? "true" : undefined}
          >
            {words.version(version)}
          </Link>
        ))}
      </nav>
    </div>
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
        <Chip tone={tones[verdict]}>{t.verifyPage.short[verdict]}</Chip>
        <span className="size-13 second">{words.meaning[verdict]}</span>
      </p>
      {pictures !== undefined && (
        <div className="comparison">
          <Still pixels={pictures.before} title={words.version(before)} says="" />
          <Still pixels={pictures.after} title={words.version(after)} says="" />
          <Still
            pixels={pictures.difference}
            title={t.verifyPage.difference}
            says={t.verifyPage.pixelsDiffer(formats.count(pictures.differing), formats.count(pictures.pixels))}
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
