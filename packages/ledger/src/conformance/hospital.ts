// A small hospital that signs statements for tests and benches: an organization with a root key, an administrator, a gateway.
import {
  actorRegistered,
  contracts,
  draftOf,
  keyRegistered,
  logCreated,
  roleGranted,
  studyExtended,
  studyRegistered,
} from "@fiducial/contract";
import {
  type Draft,
  formatUtcTime,
  type JsonObject,
  keyId,
  publicKeyOf,
  type Signer,
  type Statement,
  seal,
  sha256,
  sign,
  toBase64,
  toHex,
  utf8,
} from "@fiducial/core";
import { expandEd25519Seed, signEd25519 } from "../verification/sodium-backend.ts";

/** Somebody with an Ed25519 key made of a name. */
export interface Signatory {
  readonly actor: string;
  readonly key: string;
  readonly declared: { readonly algorithm: "Ed25519"; readonly publicKey: string };
  sign(message: Uint8Array): Uint8Array;
}

/** Makes a signatory; the same name gives the same keys. */
export function signatory(name: string): Signatory {
  const seed = sha256(utf8(`conformance ${name}`));
  const publicKey = publicKeyOf({ algorithm: "Ed25519", bytes: seed });
  const secret = expandEd25519Seed(seed);
  return {
    actor: toHex(seed.subarray(0, 16)),
    key: keyId(publicKey),
    declared: { algorithm: "Ed25519", publicKey: toBase64(publicKey.bytes) },
    sign: (message) => signEd25519(secret, message),
  };
}

/** A hospital whose statements are all signed at one time, which its caller may move. */
export interface Hospital {
  readonly log: string;
  readonly root: Signatory;
  readonly administrator: Signatory;
  readonly gateway: Signatory;
  /** The statements with which its log begins: log, administrator, gateway. */
  founding(): Promise<readonly Statement[]>;
  /** Study number `number` registered; the same number gives the same statement. */
  study(number: number, change?: Partial<Pick<Draft, "signedAt" | "occurredAt" | "log">>): Promise<Statement>;
  /** An extension of study number `number`. */
  extension(number: number): Promise<Statement>;
  /** Any statement of the given draft, signed by these. */
  signed(draft: Draft, ...signatories: readonly Signatory[]): Promise<Statement>;
}

const contract = contracts[0] as (typeof contracts)[number];

/** Makes a hospital whose statements are signed at `signedAtMs`. */
export function hospital(log: string, signedAtMs: number): Hospital {
  const [root, administrator, gateway] = [signatory("root"), signatory("administrator"), signatory("gateway")];
  const signedAt = formatUtcTime(signedAtMs);
  const by = (who: Signatory, capacity: Signer["capacity"] = "self"): Signer => ({
    actor: who.actor,
    capacity,
    key: who.key,
    organization: root.actor,
  });
  const head = (...signers: readonly [Signer, ...Signer[]]) => ({ log, occurredAt: signedAt, signedAt, signers });

  async function signed(draft: Draft, ...signatories: readonly Signatory[]): Promise<Statement> {
    const seed = sha256(utf8(JSON.stringify(draft)));
    return sign(
      seal(draft, seed),
      signatories.map((who) => ({ key: who.key, sign: (message) => ({ sig: who.sign(message) }) })),
    );
  }

  function member(who: Signatory, type: "person" | "software", by_: Signatory): Promise<readonly Statement[]> {
    return Promise.all([
      signed(draftOf(actorRegistered, { ...head(by(by_)), open: { actor: who.actor, type }, sealed: {} }), by_),
      signed(
        draftOf(keyRegistered, {
          ...head(by(by_), by(who, "counter-signature")),
          open: { actor: who.actor, key: who.declared },
          sealed: {},
        }),
        by_,
        who,
      ),
    ]);
  }

  function studyFields(number: number, purpose: string): JsonObject & { study: string; manifest: string } {
    const handle = sha256(utf8(`study ${number}`)).subarray(0, 16);
    return {
      study: toHex(handle),
      modalities: ["CT"],
      series: 1,
      instances: 3,
      manifest: toHex(sha256(utf8(`${purpose} ${number}`))),
    };
  }

  return {
    log,
    root,
    administrator,
    gateway,
    signed,

    founding: async () => {
      const open = {
        organizations: [{ organization: root.actor, rootKeys: [root.declared] }],
        contract: { version: contract.version, digest: contract.digest },
        cosignatures: 0,
      };
      const grant = draftOf(roleGranted, {
        ...head(by(root)),
        open: { actor: administrator.actor, role: "administrator" as const },
        sealed: {},
      });
      return [
        await signed(
          draftOf(logCreated, { ...head(by(root)), open, sealed: { names: { [root.actor]: "Northlake" } } }),
          root,
        ),
        ...(await member(administrator, "person", root)),
        await signed(grant, root),
        ...(await member(gateway, "software", administrator)),
      ];
    },

    study: (number, change = {}) => {
      const fields = {
        ...head(by(gateway)),
        basis: "seen" as const,
        open: studyFields(number, "study") as never,
        sealed: { studyUid: `2.25.${number}` },
      };
      return signed({ ...draftOf(studyRegistered, fields), ...change }, gateway);
    },

    extension: (number) => {
      const fields = {
        ...head(by(gateway)),
        basis: "seen" as const,
        open: studyFields(number, "extension") as never,
        sealed: { studyUid: `2.25.${number}` },
      };
      return signed(draftOf(studyExtended, fields), gateway);
    },
  };
}
