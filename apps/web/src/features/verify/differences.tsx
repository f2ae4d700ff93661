// What differs between a file and what was registered: attributes with their class, or the picture itself.
import { type NamedChange, type ReceiptCheck, readingNotes } from "@fiducial/dicom";
import { IconAlertTriangle, IconCheck, IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { AttributeClassChip } from "../../ui/attribute-class-chip.tsx";
import { encodingName } from "../../ui/encodings.ts";
import { Card, Sealed, type Tone } from "../../ui/parts.tsx";
import { changedIdentity } from "../../verifier/changed-identity.ts";
import type { Finding } from "../../verifier/verification.ts";
import { PictureComparison, useComparedPictures } from "./picture-comparison.tsx";
import { useRegisteredTexts, useStoredCopy } from "./stored-copy.ts";

type Checked = Extract<Finding, { readonly found: "checked" }>;

/** The card. */
export function Differences({
  finding,
  file,
}: {
  readonly finding: Checked;
  readonly file: File | undefined;
}): ReactNode {
  const { t } = useWording();
  const { check } = finding;
  const same = check.verdict === "identical" && !check.comparison?.contested;
  const version = (check.comparison?.version ?? 0) + 1;
  const stored = useStoredCopy(check);
  const compared = useComparedPictures(check.verdict === "altered" ? file : undefined, stored);
  const registered = useRegisteredTexts(check, stored);
  const isShown = compared !== undefined || registered !== undefined;
  return (
    <Card
      title={same ? t.verifyPage.nothingDiffers : t.verify.whatDiffers}
      aside={
        <span className="size-12 third">
          {isShown ? t.verifyPage.shownBecause : t.verifyPage.comparedVersions(check.versions, version)}
        </span>
      }
    >
      {compared !== undefined && <PictureComparison compared={compared} name={finding.name} />}
      {(check.attributes?.changes.length ?? 0) > 0 && (
        <ChangeTable changes={check.attributes?.changes ?? []} registered={registered} />
      )}
      <Encodings finding={finding} />
      <Conclusion check={check} />
      <EqualityBars check={check} />
      <ReadingNotes finding={finding} />
    </Card>
  );
}

function ChangeTable({
  changes,
  registered,
}: {
  readonly changes: readonly NamedChange[];
  readonly registered: ReadonlyMap<string, string> | undefined;
}): ReactNode {
  const { t } = useWording();
  const { columns } = t.verify;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section className="change-table" aria-label={columns.attribute} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{columns.attribute}</th>
            <th>{t.verifyPage.registered}</th>
            <th>{columns.inFile}</th>
            <th>{columns.class}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.path}>
              <td>
                <div className="medium">{change.name ?? change.path}</div>
                {change.name !== undefined && <div className="size-12 third">({change.path})</div>}
              </td>
              <td>
                <Registered change={change} texts={registered} />
              </td>
              <td>
                <InFile change={change} />
              </td>
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

function Registered({
  change,
  texts,
}: {
  readonly change: NamedChange;
  readonly texts: ReadonlyMap<string, string> | undefined;
}): ReactNode {
  const { t } = useWording();
  if (change.change === "added") return <span className="second">{t.verify.absent}</span>;
  const text = texts?.get(change.path);
  if (text === undefined) return <Sealed>{t.verifyPage.digestOnly}</Sealed>;
  return <span className="in-file">{text || <span className="second">{t.words.nothing}</span>}</span>;
}

function InFile({ change }: { readonly change: NamedChange }): ReactNode {
  const { t } = useWording();
  if (change.change === "removed") return <span className="second">{t.verify.absent}</span>;
  return (
    <>
      <span className="in-file">{change.inFile || <span className="second">{t.words.nothing}</span>}</span>
      {change.change === "reread" && <div className="size-12 third">{t.verifyPage.reread}</div>}
    </>
  );
}

// Oddities with which the file was read all the same.
function ReadingNotes({ finding }: { readonly finding: Checked }): ReactNode {
  const { t } = useWording();
  const notes = finding.object?.fingerprint.notes ?? [];
  if (notes.length === 0) return undefined;
  return (
    <p className="card-foot size-12 second">
      {t.verifyPage.noted} {notes.map((note) => readingNotes[note]).join(" ")}
    </p>
  );
}

// Where the encoding is the point, both are named.
function Encodings({ finding: { check, object } }: { readonly finding: Checked }): ReactNode {
  const { t } = useWording();
  const registered = check.registered?.version.fingerprint.transferSyntaxUid;
  const inFile = object?.fingerprint.transferSyntaxUid;
  if (registered === undefined || inFile === undefined || registered === inFile) return undefined;
  return (
    <dl className="inset encodings">
      <div>
        <dt>{t.verifyPage.registeredAs}</dt>
        <dd>{encodingName(registered)}</dd>
      </div>
      <div>
        <dt>{t.verifyPage.thisFile}</dt>
        <dd>{encodingName(inFile)}</dd>
      </div>
    </dl>
  );
}

function Conclusion({ check }: { readonly check: ReceiptCheck }): ReactNode {
  const { t } = useWording();
  if (check.verdict === "altered" || check.comparison?.contested) {
    return <Says tone="fails" title={t.imaging.conclusion.doNotRead} says={t.imaging.conclusion.doNotReadSays} />;
  }
  const identity = changedIdentity(check);
  if (identity !== undefined) return <Says tone="fails" {...t.verifyPage.identity[identity.of]} />;
  if (check.verdict !== "header-changed") return undefined;
  return check.comparison?.harmless === true ? (
    <Says tone="holds" title={t.imaging.conclusion.framesEqual} says={t.imaging.conclusion.framesEqualSays} />
  ) : (
    <Says tone="differs" title={t.imaging.conclusion.notHarmless} says={t.imaging.conclusion.notHarmlessSays} />
  );
}

function Says({
  tone,
  title,
  says,
}: {
  readonly tone: Tone;
  readonly title: string;
  readonly says: string;
}): ReactNode {
  const Mark = tone === "holds" ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className="conclusion">
      <span className={`tone tone-${tone}`}>
        <Mark size={20} aria-hidden />
      </span>
      <p className="size-13 second">
        <b className="conclusion-title">{title}</b> {says}
      </p>
    </div>
  );
}

/** A bar for the frames and one for each class of attributes; the words beside say the same. */
function EqualityBars({ check }: { readonly check: ReceiptCheck }): ReactNode {
  const { t, formats } = useWording();
  const { registered, comparison, attributes } = check;
  const framesDiffer = comparison?.verdict === "altered";
  const frames = registered?.frameCount ?? 0;
  const rows: readonly (readonly [string, number, number, Tone])[] = [
    ...(frames > 0 && !framesDiffer ? [[t.verifyPage.frames, frames, 0, "holds"] as const] : []),
    ...(["geometry", "identity", "coercible", "other"] as const).flatMap((name) => {
      const row = attributes?.byClass[name];
      if (row === undefined || row.total === 0) return [];
      const tone: Tone = row.changed === 0 ? "holds" : name === "coercible" || name === "other" ? "differs" : "fails";
      return [[t.verify.classes[name], row.total, row.changed, tone] as const];
    }),
  ];
  if (rows.length === 0) return undefined;
  return (
    <div className="bars">
      {rows.map(([name, total, changed, tone]) => (
        <div key={name} className={`tone-${tone}`}>
          <span className="size-12 second">{name}</span>
          <span className="share" aria-hidden>
            <i style={{ flexGrow: total - changed }} />
            {changed > 0 && <i className="changed" style={{ flexGrow: changed }} />}
          </span>
          <span className="size-12 strong tone row gap-4">
            {changed === 0 ? (
              <IconCheck size={13} stroke={2.25} aria-hidden />
            ) : (
              <IconAlertTriangle size={13} aria-hidden />
            )}
            {changed === 0
              ? t.verifyPage.equalOf(formats.count(total), formats.count(total))
              : t.verifyPage.differOf(formats.count(changed), formats.count(total))}
          </span>
        </div>
      ))}
    </div>
  );
}
