// A draft with what its signatures are checked by, and how it is shown to whoever signs.
import type { Draft, PasskeyAssertion, PasskeyRequest } from "@fiducial/api";
import {
  type Assertion,
  type DeclaredKey,
  formatUtcTime,
  fromHex,
  keyIdOf,
  type StatementSigner,
  toBase64Url,
  utf8Decode,
} from "@fiducial/core";
import { NodeError } from "../node-error.ts";
import type { DraftedStatement } from "../operations/drafting.ts";
import { assertionFault, assertionOf } from "./assertion.ts";
import { promptMs } from "./challenges.ts";
import type { Kept } from "./kept-drafts.ts";
import type { CheckedPasskey } from "./new-passkey.ts";
import type { PasskeyRecord } from "./passkey-records.ts";

/** A draft that waits for its signatures. */
export interface WaitingDraft {
  readonly drafted: DraftedStatement;
  /** Whose signatures are awaited, in their order. */
  readonly keys: readonly DeclaredKey[];
  /** With a registration: what is remembered of the passkey once the ledger has it. */
  readonly added?: CheckedPasskey["record"];
}

/** What a browser is told of one of its passkeys. */
export type Found = Pick<PasskeyRecord, "credential" | "transports">;

/** A draft as whoever signs it is shown it; `recordOf` tells by which id browsers find a key, where that is remembered. */
export function shownDraft(
  { handle, endsAt, draft: { drafted, keys } }: Kept<WaitingDraft>,
  rpId: string,
  recordOf: (key: string) => Found | undefined,
): Draft {
  const { id, payload } = drafted.unsigned.draft;
  return {
    draft: handle,
    statementId: id,
    kind: drafted.kind.name,
    sentence: drafted.kind.says,
    payload: utf8Decode(payload) ?? "",
    endsAt: formatUtcTime(endsAt),
    signings: keys.map((key) => {
      const found = recordOf(keyIdOf(key));
      return { key: keyIdOf(key), request: requestOf(challengeOf(id), rpId, found === undefined ? [] : [found]) };
    }),
  };
}

/** What a browser needs to ask a passkey: one of those that are named, or any when none is. */
export function requestOf(challenge: string, rpId: string, of: readonly Found[]): PasskeyRequest {
  return {
    challenge,
    rpId,
    timeout: promptMs,
    userVerification: "required",
    allowCredentials: of.map(credentialOf),
  };
}

/** A passkey as browsers name it. */
export function credentialOf({ credential: id, transports }: Found): PasskeyRequest["allowCredentials"][number] {
  return { id, type: "public-key", transports: [...transports] };
}

/** A signature by a passkey, and the assertion that it is in. */
export interface PasskeySignature {
  readonly signer: StatementSigner;
  readonly assertion: Assertion;
}

/** Takes what passkeys answered for a draft, one for each key that it waits for. Throws PASSKEY_REFUSED. */
export function signaturesOf(
  { drafted, keys }: Pick<WaitingDraft, "drafted" | "keys">,
  given: readonly PasskeyAssertion[],
): readonly PasskeySignature[] {
  if (given.length !== keys.length) throw new NodeError("PASSKEY_REFUSED");
  const challenge = fromHex(drafted.unsigned.draft.id) as Uint8Array;
  return keys.map((key, at) => {
    const assertion = assertionOf(given[at] as PasskeyAssertion, key);
    const fault = assertionFault(key, challenge, assertion);
    if (fault !== undefined) throw new NodeError("PASSKEY_REFUSED", { fault });
    const { authenticatorData, clientDataJSON, signature } = assertion;
    const sign = () => ({ sig: signature, webauthn: { authenticatorData, clientDataJSON } });
    return { signer: { key: keyIdOf(key), sign }, assertion };
  });
}

function challengeOf(id: string): string {
  return toBase64Url(fromHex(id) as Uint8Array);
}
