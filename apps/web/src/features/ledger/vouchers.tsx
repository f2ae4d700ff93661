// Who vouches for an entry, and what nobody vouches for. Found by this browser from the entry's receipt.
import type { ReceiptVerification } from "@fiducial/core";
import type { Icon } from "@tabler/icons-react";
import { IconClock, IconKey, IconKeyOff, IconRefresh, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import { healthQuery } from "../../ui/node.ts";
import { Skeletons } from "../../ui/notes.tsx";
import { Card, Dot, type Tone } from "../../ui/parts.tsx";

type Checked = ReceiptVerification & { readonly links: number };

/** The card; until the receipt is checked it keeps its place. */
export function Vouchers({ checked }: { readonly checked: Checked | "unreadable" | undefined }): ReactNode {
  const { t, formats } = useWording();
  const organization = useQuery(healthQuery).data?.organization.name ?? t.sentences.who.organization;
  const words = t.ledger.entry;
  if (checked === undefined || checked === "unreadable") {
    return (
      <Card title={words.vouches}>
        {checked === undefined ? (
          <Skeletons rows={4} />
        ) : (
          <ul className="vouchers">
            <Voucher icon={IconKeyOff} tone="fails" title={words.keyChain} says={words.receiptUnreadable} />
          </ul>
        )}
      </Card>
    );
  }
  const witnesses = checked.cosigners.filter(({ replica }) => !replica);
  const replicas = checked.cosigners.filter(({ replica }) => replica);
  const latest = Math.max(0, ...checked.cosigners.map(({ timestamp }) => timestamp));
  const at = latest === 0 ? "" : words.checkpointAt(formats.clockSeconds(new Date(latest * 1000).toISOString()));
  const chain = checked.steps.find(({ step }) => step === "keyChain")?.result === "holds";
  return (
    <Card title={words.vouches} aside={<span className="size-12 second">{at}</span>}>
      <ul className="vouchers">
        <Voucher
          icon={IconKey}
          tone={chain ? "holds" : "fails"}
          title={words.keyChain}
          says={chain ? words.keyChainSays(t.words.entries(checked.links)) : words.keyChainFails}
        />
        <Voucher
          icon={IconUsers}
          tone={witnesses.length > 0 ? "holds" : "neutral"}
          title={witnesses.length > 0 ? words.witnessesSay(witnesses.length) : words.noWitness}
          says={witnesses.length > 0 ? witnesses.map(({ name }) => name).join(", ") : words.noWitnessSays}
        />
        <Voucher
          icon={IconRefresh}
          tone={replicas.length > 0 ? "holds" : "neutral"}
          title={replicas.length > 0 ? words.replicasSay(replicas.length) : words.noReplica}
          says={replicas.length > 0 ? replicas.map(({ name }) => name).join(", ") : words.noReplicaSays(organization)}
        />
        <Voucher icon={IconClock} tone="neutral" title={words.noTimeStamp} says={words.noTimeStampSays(organization)} />
      </ul>
    </Card>
  );
}

function Voucher({
  icon,
  tone,
  title,
  says,
}: {
  readonly icon: Icon;
  readonly tone: Tone;
  readonly title: string;
  readonly says: string;
}): ReactNode {
  return (
    <li>
      <Dot icon={icon} tone={tone} />
      <div className="grow">
        <div className="size-13 strong">{title}</div>
        <div className="size-12 second pretty">{says}</div>
      </div>
    </li>
  );
}
