// The keys of a member: how each stands, since which entry, until which.
import type { Actor, ActorKey } from "@fiducial/api";
import { type Icon, IconAlertTriangle, IconCheck, IconKey, IconKeyOff, IconMinus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { shortHex } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import { Note } from "../../ui/notes.tsx";
import { Card, Chip, Dot, type Tone } from "../../ui/parts.tsx";
import { EntryLink } from "./entry-link.tsx";
import { algorithmName, type KeyState, keyStateOf } from "./key-state.ts";

/** The card. */
export function MemberKeys({ actor }: { readonly actor: Actor }): ReactNode {
  const { t } = useWording();
  const words = t.identity.one;
  return (
    <Card title={words.keys}>
      {actor.keys.length === 0 && (
        <Note
          icon={IconKeyOff}
          title={words.noKeysTitle}
          says={actor.type === "device" ? words.noKeysDevice : words.noKeys}
        />
      )}
      <ul className="entries">
        {actor.keys.map((key) => (
          <li key={key.key} className="member-line">
            <KeyLine of={key} state={keyStateOf(key, actor)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

const marks: Readonly<Record<KeyState, readonly [Tone, Icon]>> = {
  used: ["holds", IconCheck],
  superseded: ["neutral", IconMinus],
  lost: ["differs", IconMinus],
  ceased: ["neutral", IconMinus],
  compromised: ["fails", IconAlertTriangle],
  retired: ["neutral", IconMinus],
  ended: ["neutral", IconMinus],
};

function KeyLine({ of: key, state }: { readonly of: ActorKey; readonly state: KeyState }): ReactNode {
  const { t, formats } = useWording();
  const words = t.identity.one;
  const [tone, mark] = marks[state];
  return (
    <>
      <Dot icon={IconKey} tone={state === "compromised" ? "fails" : "neutral"} />
      <div className="grow">
        <div className="size-13 strong">{algorithmName(key.algorithm, words.algorithms)}</div>
        <div className="facts">
          <span className="mono" title={key.key}>
            {shortHex(key.key)}
          </span>
          <span>
            {words.from} <EntryLink index={key.index} />
          </span>
          {key.endedBy !== undefined && (
            <span>
              {words.until} <EntryLink index={key.endedBy} />
            </span>
          )}
        </div>
        {key.compromisedSince !== undefined && (
          <p className="size-12 tone tone-fails">{words.compromisedSince(formats.full(key.compromisedSince))}</p>
        )}
      </div>
      <Chip tone={tone} icon={mark}>
        {words.states[state]}
      </Chip>
    </>
  );
}
