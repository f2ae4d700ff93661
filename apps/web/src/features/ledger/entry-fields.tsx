// What an entry says: its open fields as they are, its sealed ones as chips, opened where they were opened for the reader.
import type { EntryDetail, EntrySigner } from "@fiducial/api";
import { whoIs } from "@fiducial/api/sentences";
import type { ReactNode } from "react";
import { shortHex, statedTime } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { languageTags } from "../../i18n/messages.ts";
import { Card, Opened, Pairs, Sealed } from "../../ui/parts.tsx";
import { StudyLink } from "../../ui/study-link.tsx";
import { fitsCommitment } from "./entry-check.ts";

type Value = EntryDetail["open"][string];

/** The card of open fields: kind and signers first. */
export function OpenFields({ entry }: { readonly entry: EntryDetail }): ReactNode {
  const { t } = useWording();
  const words = t.ledger.entry;
  const kind = (
    <>
      {t.kinds[entry.kind] ?? entry.kind}
      <div className="size-12 third">
        <span className="mono">{entry.kind}</span> · v{entry.version}
      </div>
    </>
  );
  const signers = entry.signers.map((signer): readonly [string, ReactNode] => [
    signer.capacity === "counter-signature" ? words.counterSigned : words.signedBy,
    <Signer key={signer.actor} signer={signer} />,
  ]);
  const fields = Object.entries(entry.open).map(([name, value]): readonly [string, ReactNode] => [
    t.fields[name] ?? name,
    <FieldValue key={name} name={name} value={value} />,
  ]);
  return (
    <Card title={words.open} aside={<span className="size-12 third">{words.openSays}</span>}>
      <Pairs of={[[words.kind, kind], ...signers, ...fields]} />
    </Card>
  );
}

/** The card of sealed fields. */
export function SealedFields({ sealed }: Pick<EntryDetail, "sealed">): ReactNode {
  const { t } = useWording();
  const words = t.ledger.entry;
  const fitting = sealed.filter((field) => fitsCommitment(field) === true).length;
  return (
    <Card
      title={words.sealed}
      aside={<span className="size-12 third">{words.sealedSays}</span>}
      className="sealed-card"
    >
      <Pairs
        of={sealed.map((field) => [t.fields[field.name] ?? field.name, <SealedValue key={field.name} field={field} />])}
      />
      <p className="card-foot size-12 second">
        {sealed.length === 0 ? words.noSealed : fitting === 0 ? words.opening : words.openedFits(fitting)}
      </p>
    </Card>
  );
}

function Signer({ signer }: { readonly signer: EntrySigner }): ReactNode {
  const { t } = useWording();
  const who = whoIs(signer, t);
  const organization = signer.organizationName ?? shortHex(signer.organization);
  return signer.capacity === "on-behalf-of" ? t.ledger.entry.onBehalf(who, organization) : who;
}

function SealedValue({ field }: { readonly field: EntryDetail["sealed"][number] }): ReactNode {
  const { t } = useWording();
  const words = t.ledger.entry;
  if (field.opened === undefined) {
    return (
      <span title={field.commitment}>
        <Sealed>{t.words.sealed}</Sealed>
      </span>
    );
  }
  const fits = fitsCommitment(field);
  return (
    <>
      <Opened>
        <FieldValue name={field.name} value={field.opened.value} />
      </Opened>
      {fits === false && <div className="size-12 tone tone-fails">{words.mismatch}</div>}
    </>
  );
}

/** A value of a field: digests and handles shortened, lists and objects line by line. */
function FieldValue({ name, value }: { readonly name: string; readonly value: Value }): ReactNode {
  const { t, formats } = useWording();
  if (value === null) return <span className="third">{t.words.nothing}</span>;
  if (typeof value === "boolean") return value ? t.words.yes : t.words.no;
  if (typeof value === "number") return name === "version" || name === "atIndex" ? value : formats.count(value);
  if (typeof value === "string") return <TextValue name={name} value={value} />;
  if (Array.isArray(value)) {
    if (value.length === 0) return <span className="third">{t.words.nothing}</span>;
    const plain = value.every((item) => typeof item === "string" && !/^[0-9a-f]{32,64}$/.test(item));
    if (plain) return value.join(", ");
    return (
      <ul className="column gap-4">
        {value.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what an entry says does not change.
          <li key={at}>
            <FieldValue name={name} value={item} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className="column gap-2">
      {Object.entries(value).map(([member, inner]) => (
        <li key={member} className="field-member">
          <span className="size-12 third">{t.fields[member] ?? member}</span> <FieldValue name={member} value={inner} />
        </li>
      ))}
    </ul>
  );
}

function TextValue({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  const { t, language } = useWording();
  if (name === "study" && /^[0-9a-f]{32}$/.test(value)) {
    return (
      <StudyLink study={value} className="link mono" title={value}>
        {() => shortHex(value)}
      </StudyLink>
    );
  }
  if (/^[0-9a-f]{32,64}$/.test(value) || /^[A-Za-z0-9+/]{43,}={0,2}$/.test(value)) {
    return (
      <span className="mono" title={value}>
        {shortHex(value)}
      </span>
    );
  }
  if (name === "role") return t.words.roles[value] ?? value;
  const stated = statedTime(value, languageTags[language]);
  if (stated !== undefined) return `${stated.local} ${stated.zone}`.trimEnd();
  return value;
}
