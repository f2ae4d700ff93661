// One's passkeys: which there are, a further one, and the end of one.
import type { Passkey, StatedEntry } from "@fiducial/api";
import { IconCircleCheck, IconFingerprint, IconPlus } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { node } from "../../ui/node.ts";
import { Failure, Skeletons } from "../../ui/notes.tsx";
import { Card, Dot } from "../../ui/parts.tsx";
import { addPasskey, ceremonyFault } from "../../ui/passkey/ceremony.ts";
import { CeremonyFailure } from "../../ui/passkey/signing.tsx";
import { ToEntry } from "../../ui/to-entry.tsx";

const ownPasskeys = queryOptions({ queryKey: ["passkeys"], queryFn: ({ signal }) => node.passkeys({ signal }) });

/** The card. */
export function PasskeyCard(): ReactNode {
  const { t } = useWording();
  const words = t.account.passkeys;
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(ownPasskeys);
  const add = useMutation({ mutationFn: addPasskey, onSuccess: () => queries.invalidateQueries() });
  if (data === undefined)
    return (
      <Card title={words.title}>
        {error ? <Failure error={error} again={() => void refetch()} /> : <Skeletons rows={3} />}
      </Card>
    );
  const { passkeys, offered, addable } = data;
  const [hint] = [!offered && words.notOffered, !addable && offered && words.notAddable].filter((one) => one !== false);
  return (
    <Card
      title={words.title}
      aside={
        addable && (
          <button type="button" className="button small" disabled={add.isPending} onClick={() => add.mutate()}>
            <IconPlus size={16} aria-hidden />
            {words.add}
          </button>
        )
      }
    >
      <p className="card-body size-13 second">{hint ?? (passkeys.length === 0 ? words.none : words.says)}</p>
      {passkeys.length > 0 && (
        <ul className="entries">
          {passkeys.map((passkey, at) => (
            <PasskeyLine key={passkey.key} passkey={passkey} number={at + 1} last={passkeys.length === 1} />
          ))}
        </ul>
      )}
      <div className="card-body account-said" role="status">
        {add.isPending && (
          <p className="size-13 second">{passkeys.length === 0 ? words.making : words.makingFurther}</p>
        )}
        {add.isSuccess && <Added entry={add.data} />}
        {add.isError && <CeremonyFailure fault={ceremonyFault(add.error)} />}
      </div>
    </Card>
  );
}

function Added({ entry }: { readonly entry: StatedEntry }): ReactNode {
  const { t } = useWording();
  return (
    <p className="row wrap size-13 tone tone-holds">
      <IconCircleCheck size={17} aria-hidden />
      {t.account.passkeys.added}
      <ToEntry index={entry.index} className="link figures">
        {t.words.entryNumber(entry.index)}
      </ToEntry>
    </p>
  );
}

function PasskeyLine({
  passkey: { key, algorithm, index, addedAt, usedAt },
  number,
  last,
}: {
  readonly passkey: Passkey;
  readonly number: number;
  readonly last: boolean;
}): ReactNode {
  const { t, formats } = useWording();
  const words = t.account.passkeys;
  const queries = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const remove = useMutation({
    mutationFn: (reason: "lost" | "ceased") => node.removePasskey(key, { reason }),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <li className="account-line">
      <Dot icon={IconFingerprint} tone="person" />
      <div className="grow">
        <div className="size-13 strong">
          <ToEntry index={index} className="plain-link">
            {words.one(number, algorithm.replace("WebAuthn-", ""))}
          </ToEntry>
        </div>
        <div className="facts">
          <span>{words.since(formats.moment(addedAt))}</span>
          <span>{usedAt === undefined ? words.unused : words.used(formats.moment(usedAt))}</span>
        </div>
      </div>
      {!removing && (
        <button type="button" className="button small" onClick={() => setRemoving(true)}>
          {words.remove}
        </button>
      )}
      {removing && (
        <div className="signing">
          <p className="size-13 pretty">{last ? words.removeLast : words.removeSays}</p>
          <div className="row wrap">
            <button
              type="button"
              className="button small"
              disabled={remove.isPending}
              onClick={() => remove.mutate("lost")}
            >
              {words.lost}
            </button>
            <button
              type="button"
              className="button small"
              disabled={remove.isPending}
              onClick={() => remove.mutate("ceased")}
            >
              {words.ceased}
            </button>
            <button type="button" className="button small quiet" onClick={() => setRemoving(false)}>
              {t.account.signing.cancel}
            </button>
          </div>
          {remove.isError && <CeremonyFailure fault={ceremonyFault(remove.error)} />}
        </div>
      )}
    </li>
  );
}
