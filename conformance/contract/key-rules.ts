// Keys: registered, rotated, recovered, revoked, compromised. docs/formats/contract.md § Words of the rules, § Identity.
import type { DeclaredKey } from "@fiducial/core";
import { askActiveActor } from "./actor-words.ts";
import { keyIdOf } from "./canonical-text.ts";
import { approving, askSecondApprover, type Case, put, type Rule, row, rule, stating } from "./case.ts";
import type { KeyRow } from "./rows.ts";

interface AddedKey {
  readonly actor: string;
  readonly key: DeclaredKey;
}

/** By kind, what it asks, finds and writes. */
export const keyRules: Readonly<Record<string, Rule>> = {
  "identity.key.registered": rule((about: Case, { actor, key }: AddedKey) => {
    const organization = row(about, "identity/organization", actor);
    if (organization === undefined) askActiveActor(about, actor);
    else about.ask(stating(about).actor === actor, "ROOT_KEY_RESERVED");
    askNewKey(about, key);
    const holds = about.signers.some((signer) => signer.actor === actor && !signer.introduced);
    about.ask(holds || !row(about, "identity/actor", actor)?.bound, "HOLDER_DOES_NOT_SIGN");
    about.ask(heldKeys(about, actor).length < 8, "KEYS_TOO_MANY");
    changeKeys(about, actor, { add: key });
  }),

  "identity.key.rotated": rule((about: Case, { actor, key, previous }: AddedKey & { previous: string }) => {
    const first = stating(about);
    about.ask(first.actor === actor && first.key === previous, "PREVIOUS_KEY_DOES_NOT_SIGN");
    askNewKey(about, key);
    changeKeys(about, actor, { add: key, revoke: [previous], reason: "superseded" });
  }),

  "identity.key.recovered": rule((about: Case, { actor, key }: AddedKey) => {
    const held = askActiveActor(about, actor);
    about.ask(
      about.signers.every((signer) => signer.introduced || signer.actor !== actor),
      "SELF_APPROVAL",
    );
    askSecondApprover(about);
    askNewKey(about, key);
    changeKeys(about, actor, { add: key, revoke: held.keys, reason: "lost" });
  }),

  "identity.key.revoked": rule((about: Case, { key, reason }: { key: string; reason: string }) => {
    const held = askMayEnd(about, key);
    about.ask(held.revoked === null, "KEY_REVOKED");
    about.ask(!isLastRootKey(about, held), "LAST_ROOT_KEY");
    changeKeys(about, held.actor, { revoke: [key], reason });
  }),

  "identity.key.compromised": rule((about: Case, { key, since }: { key: string; since: string }) => {
    const held = askMayEnd(about, key);
    const { recordedAt } = about;
    about.find(held.revoked === null, "KEY_REVOKED_BEFORE");
    about.find(since >= held.registeredAt, "COMPROMISED_BEFORE_REGISTRATION");
    about.find(held.revoked !== null || !isLastRootKey(about, held), "ORGANIZATION_WITHOUT_KEY");
    about.find(since <= recordedAt, "CLOCK_SKEW");
    const compromisedSince = [since, recordedAt, held.compromisedSince ?? recordedAt].sort()[0] ?? null;
    if (held.revoked !== null) put(about, "identity/key", key, { ...held, compromisedSince });
    else changeKeys(about, held.actor, { revoke: [key], reason: "compromised", compromisedSince });
  }),
};

/** "Key row" of the rules' words. */
export function keyRow(declared: DeclaredKey, actor: string, root: boolean, registeredAt: string): KeyRow {
  return { ...declared, actor, root, registeredAt, revoked: null, compromisedSince: null };
}

/** "New key": a counter-signer proves its possession, and no row has its id. */
function askNewKey(about: Case, key: DeclaredKey): void {
  about.ask(
    approving(about).some(({ introduced }) => introduced),
    "POSSESSION_NOT_PROVED",
  );
  about.ask(row(about, "identity/key", keyIdOf(key)) === undefined, "KEY_EXISTS");
}

/** The key's row, if the signer is who may end it. */
function askMayEnd(about: Case, key: string): KeyRow {
  const held = row(about, "identity/key", key);
  about.ask(held, "KEY_UNKNOWN");
  const { actor, organization, type, roles } = stating(about);
  const isAbove =
    !held.root &&
    row(about, "identity/actor", held.actor)?.organization === organization &&
    (type === "organization" || roles.includes("administrator"));
  about.ask(actor === held.actor || isAbove, "NOT_YOUR_KEY");
  return held;
}

function isLastRootKey(about: Case, { root, actor }: KeyRow): boolean {
  return root && heldKeys(about, actor).length === 1;
}

function heldKeys(about: Case, holder: string): readonly string[] {
  const organization = row(about, "identity/organization", holder);
  return organization?.rootKeys ?? row(about, "identity/actor", holder)?.keys ?? [];
}

interface ChangeOfKeys {
  readonly add?: DeclaredKey;
  readonly revoke?: readonly string[];
  readonly reason?: string;
  readonly compromisedSince?: string | null;
}

/** "Change of keys" of an actor or organization. */
function changeKeys(about: Case, holder: string, change: ChangeOfKeys): void {
  const { add, revoke = [], reason = "", compromisedSince = null } = change;
  const actor = row(about, "identity/actor", holder);
  const kept = heldKeys(about, holder).filter((key) => !revoke.includes(key));
  const keys = add === undefined ? kept : [...kept, keyIdOf(add)];
  for (const key of revoke) {
    const held = row(about, "identity/key", key) as KeyRow;
    const revoked = { at: about.recordedAt, reason };
    put(about, "identity/key", key, { ...held, revoked, compromisedSince });
  }
  if (add !== undefined) {
    put(about, "identity/key", keyIdOf(add), keyRow(add, holder, actor === undefined, about.recordedAt));
  }
  if (actor === undefined) put(about, "identity/organization", holder, { rootKeys: keys });
  else put(about, "identity/actor", holder, { ...actor, keys, bound: true });
}
