// Names are told only where the receipt discloses and proves them, and only from entries that say them.
import { type Json, parseEntry, type Receipt } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import { draft, gateway, northlake, sampleLog, signedBy, signer } from "../../../../vectors/receipt/sample-log.ts";
import { disclosedName, logKeeper } from "./record-names.ts";

const { receipt } = await sampleLog();
const kindOf = (bytes: Uint8Array) => parseEntry(bytes)?.statement.content.kind ?? "";

/** The receipt with a value disclosed in every entry of a kind. */
function disclosing(kind: string, field: string, value: Json): Receipt {
  const shown = (entry: Receipt["entry"]) =>
    kindOf(entry.bytes) === kind ? { ...entry, disclosures: { [field]: { value, salt: "" } } } : entry;
  return { ...receipt, entry: shown(receipt.entry), keyChain: receipt.keyChain.map(shown) };
}

const sound = (of: Receipt) => ({ receipt: of, sound: true, waiting: false });

describe("a name", () => {
  const names = { [northlake.actor]: "Northlake" };

  test("is the one that the log's founders or who registers an actor give", () => {
    expect(disclosedName(sound(receipt), northlake.actor)).toBeUndefined();
    const founded = sound(disclosing("identity.log.created", "names", names));
    expect(disclosedName(founded, northlake.actor)).toBe("Northlake");
    expect(disclosedName(founded, gateway.actor)).toBeUndefined();
    const registered = sound(disclosing("identity.actor.registered", "name", "Gateway"));
    expect(disclosedName(registered, gateway.actor)).toBe("Gateway");
    expect(disclosedName({ ...registered, sound: false, waiting: true }, gateway.actor)).toBe("Gateway");
  });

  test("is none when an entry gives it that is of somebody else", () => {
    const registered = sound(disclosing("identity.actor.registered", "name", "Gateway"));
    expect(disclosedName(registered, northlake.actor)).toBeUndefined();
  });

  test("is none when an entry gives it that registers nobody, whatever kind it is", () => {
    const key = sound(disclosing("identity.key.registered", "name", "Gateway"));
    expect(disclosedName(key, gateway.actor)).toBeUndefined();
    const study = sound(disclosing("imaging.study.registered", "names", names));
    expect(disclosedName(study, northlake.actor)).toBeUndefined();
  });

  test("is not told of a receipt that does not hold, nor who keeps the log", () => {
    const founded = { receipt: disclosing("identity.log.created", "names", names), sound: false, waiting: false };
    expect(disclosedName(founded, northlake.actor)).toBeUndefined();
    expect(logKeeper(founded)).toBeUndefined();
  });
});

describe("who keeps a log", () => {
  test("is who founded it alone", () => {
    expect(logKeeper(sound(receipt))).toBe(northlake.actor);
  });

  test("is not known where several founded it, or the founding is not shown", async () => {
    const organizations = [northlake, gateway].map(({ actor, declared }) => ({
      organization: actor,
      rootKeys: [declared],
    }));
    const founded = draft("identity.log.created", [signer(northlake)], { organizations });
    const genesis = await signedBy(founded, northlake);
    const shared = await sampleLog(([, ...others]) => [genesis, ...others]);
    expect(logKeeper(sound(shared.receipt))).toBeUndefined();
    expect(logKeeper(sound({ ...receipt, keyChain: receipt.keyChain.slice(1) }))).toBeUndefined();
  });
});
