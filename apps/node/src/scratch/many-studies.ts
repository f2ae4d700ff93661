// Many registered studies without images, as fast as one thread can say them: for logs that have grown.
import { studyRegistered } from "@fiducial/contract";
import { sha256, toHex, utf8 } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import { openNodeKeys } from "../folder/node-keys.ts";
import { accepted, found } from "../founding/founding.ts";
import { sealedFieldsOf } from "../intake/study-records.ts";
import { author, type Prepared } from "../statements/author.ts";

/** Registers so many invented studies and resolves when all are on the ledger, and in the lists. */
export type RegisterStudies = (count: number) => Promise<void>;

const group = 500;
const studiesOfOnePatient = 4;
const descriptions = ["CT chest", "CT abdomen", "CT head", "CT angiography"];

/** Registers on behalf of the node's own gateway, as its registrar does; numbers go on from `first`. */
export async function manyStudies(node: OpenNode, first = 0): Promise<RegisterStudies> {
  const { folder, identity, vault, replica, store, projector } = node;
  const statements = author(identity.origin, vault, replica, Date.now);
  const { keyring } = openNodeKeys(folder, false);
  const { gateway } = await found(identity, keyring, store, statements);
  let next = first;

  async function registerGroup(count: number): Promise<void> {
    const numbers = Array.from({ length: count }, () => next++);
    const places = await vault.write((writer) =>
      numbers.map((number) => {
        const { issuerOfPatientId: issuer, patientId, accessionNumber: accession } = headerOf(number);
        const subject = writer.subjectOf({ issuer, patientId });
        writer.putName(subject, { name: `Grown^${patientId}` });
        return { subject, study: writer.studyOf(`2.25.${number}`, subject, { accession }).handle };
      }),
    );
    const prepared: Prepared[] = [];
    for (const [at, number] of numbers.entries()) {
      const manifest = toHex(sha256(utf8(`manifest ${number}`)));
      const open = {
        study: places[at]?.study ?? "",
        modalities: [number % 3 === 0 ? "MR" : "CT"],
        series: 1,
        instances: 3,
        manifest,
      };
      const sealed = sealedFieldsOf(headerOf(number));
      prepared.push(await statements.prepare(studyRegistered, { basis: "seen", open, sealed }, [gateway]));
    }
    await vault.write((writer) => {
      for (const [at, { statement, seed, disclosures }] of prepared.entries())
        writer.keep({ ...(places[at] as (typeof places)[number]), statement: statement.id, seed, disclosures });
    });
    for (const outcome of await replica.submit(prepared.map(({ statement }) => statement))) accepted(outcome);
  }

  return async (count) => {
    for (let left = count; left > 0; left -= group) await registerGroup(Math.min(group, left));
    await projector.caughtUp(store.head().edge.size);
  };
}

function headerOf(number: number) {
  const day = String(1 + (number % 28)).padStart(2, "0");
  return {
    issuerOfPatientId: "northlake.example",
    patientId: `G${Math.floor(number / studiesOfOnePatient)}`,
    transferSyntaxUid: "1.2.840.10008.1.2.1",
    studyInstanceUid: `2.25.${number}`,
    accessionNumber: `A${number}`,
    modality: "CT",
    studyDate: `202611${day}`,
    studyTime: "084100",
    studyDescription: descriptions[number % descriptions.length] as string,
  };
}
