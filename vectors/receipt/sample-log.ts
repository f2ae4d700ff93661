// A small log for tests: a founder, an administrator, a gateway, and one study with three objects, all keys from fixed seeds.
import { formatSignedCheckpoint, signCheckpoint } from "../../packages/core/src/checkpoint/checkpoint.ts";
import { cosign } from "../../packages/core/src/checkpoint/cosignature.ts";
import { type NoteSigner, withSignatures } from "../../packages/core/src/checkpoint/note.ts";
import { type VerifierKey, verifierKey } from "../../packages/core/src/checkpoint/verifier-key.ts";
import { toBase64, utf8 } from "../../packages/core/src/encoding/bytes.ts";
import type { Json, JsonObject } from "../../packages/core/src/encoding/canonical-json.ts";
import { manifestOf, proveManifestItem } from "../../packages/core/src/manifest/manifest.ts";
import type { ProvedEntry, Receipt } from "../../packages/core/src/receipt/receipt.ts";
import type { TrustPolicy } from "../../packages/core/src/receipt/trust-policy.ts";
import { keyId } from "../../packages/core/src/signature/public-key.ts";
import { publicKeyOf, type SecretKey, signMessage } from "../../packages/core/src/signature/signing.ts";
import { type Draft, type SealedDraft, seal, sign } from "../../packages/core/src/statement/draft.ts";
import { formatEntry } from "../../packages/core/src/statement/entry.ts";
import type { Statement } from "../../packages/core/src/statement/envelope.ts";
import type { Signer } from "../../packages/core/src/statement/payload.ts";
import { naiveTree } from "../merkle/naive-tree.ts";

const origin = "log.example/sample";
const recordedAt = "2026-11-18T08:44:09.214Z";

export interface Party {
  readonly actor: string;
  readonly secret: SecretKey;
  readonly key: string;
  readonly declared: { readonly algorithm: "Ed25519" | "P-256"; readonly publicKey: string };
}

function party(name: string, algorithm: "Ed25519" | "P-256" = "Ed25519"): Party {
  const secret = { algorithm, bytes: utf8(name.padEnd(32, ".")).slice(0, 32) } as SecretKey;
  const publicKey = publicKeyOf(secret);
  const actor = [...utf8(name.padEnd(16, "."))]
    .slice(0, 16)
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return { actor, secret, key: keyId(publicKey), declared: { algorithm, publicKey: toBase64(publicKey.bytes) } };
}

export const northlake: Party = party("northlake");
export const anna: Party = party("anna", "P-256");
export const gateway: Party = party("gateway");
const logSecret = party("log").secret;
const witnessSecret = party("witness").secret;

const logKey: VerifierKey = verifierKey(origin, "ed25519", publicKeyOf(logSecret).bytes);
const witnessKey: VerifierKey = verifierKey("witness.example", "ed25519-cosignature", publicKeyOf(witnessSecret).bytes);
const logSigner: NoteSigner = { key: logKey, sign: (message) => signMessage(logSecret, message) };
const witnessSigner: NoteSigner = { key: witnessKey, sign: (message) => signMessage(witnessSecret, message) };

export function signer(who: Party, capacity: Signer["capacity"] = "self"): Signer {
  const base = { actor: who.actor, capacity, key: who.key, organization: northlake.actor };
  return capacity === "on-behalf-of" ? { ...base, principal: northlake.actor } : base;
}

export function draft(
  kind: string,
  signers: readonly Signer[],
  open: JsonObject,
  sealed: Record<string, Json> = {},
): SealedDraft {
  const head = {
    kind,
    version: 1,
    log: origin,
    signers: signers as Draft["signers"],
    occurredAt: recordedAt,
    signedAt: recordedAt,
  };
  return seal({ ...head, open, sealed }, utf8(kind.padEnd(32, ".")).slice(0, 32));
}

export function signedBy(sealedDraft: SealedDraft, ...parties: readonly Party[]): Promise<Statement> {
  return sign(
    sealedDraft,
    parties.map(({ key, secret }) => ({ key, sign: (message) => ({ sig: signMessage(secret, message) }) })),
  );
}

export interface SampleLog {
  readonly statements: readonly Statement[];
  readonly receipt: Receipt;
  readonly trust: TrustPolicy;
}

/** Builds the log and the receipt of its last statement. `change` may put other statements in place of the usual ones. */
export async function sampleLog(
  change: (usual: readonly Statement[]) => readonly Statement[] = (usual) => usual,
): Promise<SampleLog> {
  const seed = utf8("manifest".padEnd(32, "."));
  const manifest = manifestOf(
    ["first", "second", "third"].map((file) => ({ file })),
    seed,
  );
  const genesis = draft("identity.log.created", [signer(northlake)], {
    organizations: [{ organization: northlake.actor, rootKeys: [northlake.declared] }],
  });
  const registered = draft(
    "imaging.study.registered",
    [signer(gateway, "on-behalf-of")],
    { manifest: manifest.root, instances: 3 },
    { studyUid: "2.25.1", accession: null },
  );
  const root = [signer(northlake)];
  const statements = change([
    await signedBy(genesis, northlake),
    await signedBy(draft("identity.actor.registered", root, { actor: anna.actor, type: "person" }), northlake),
    await signedBy(
      draft("identity.key.registered", [...root, signer(anna, "counter-signature")], {
        actor: anna.actor,
        key: anna.declared,
      }),
      northlake,
      anna,
    ),
    await signedBy(draft("identity.role.granted", root, { actor: anna.actor, role: "administrator" }), northlake),
    await signedBy(
      draft("identity.actor.registered", [signer(anna)], { actor: gateway.actor, type: "software" }),
      anna,
    ),
    await signedBy(
      draft("identity.key.registered", [signer(anna), signer(gateway, "counter-signature")], {
        actor: gateway.actor,
        key: gateway.declared,
      }),
      anna,
      gateway,
    ),
    await signedBy(registered, gateway),
  ]);
  const bytes = statements.map((statement) => formatEntry({ findings: [], recordedAt, statement }));
  const tree = naiveTree(bytes);
  const signed = signCheckpoint(origin, { size: bytes.length, rootHash: tree.root(0, bytes.length) }, [logSigner]);
  const note = withSignatures(signed.note, [cosign(signed, witnessSigner, 1_800_000_000)]);
  const proved = bytes.map(
    (entry, index): ProvedEntry => ({
      index,
      bytes: entry,
      hashes: tree.path(index, 0, bytes.length),
      disclosures: {},
    }),
  );
  const last = proved.at(-1) as ProvedEntry;
  const item = manifest.items[1] as (typeof manifest.items)[number];
  const receipt: Receipt = {
    entry: { ...last, disclosures: { studyUid: registered.disclosures["studyUid"] as never } },
    keyChain: proved.slice(0, -1),
    checkpoint: formatSignedCheckpoint({ ...signed, note }),
    objects: [
      {
        proof: proveManifestItem(
          manifest.items.map((one) => one.commitment),
          1,
          item,
        ),
      },
    ],
  };
  const witnesses = [{ name: "city", key: witnessKey }];
  const policy = { logs: [{ key: logKey }], witnesses, groups: [], quorum: "city" };
  return { statements, receipt, trust: { policy, genesis: { [origin]: genesis.id }, replicas: ["city"] } };
}
