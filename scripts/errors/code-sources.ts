// Every table of codes in the sources, as one list of rows: what docs/errors.md is made of.

import { cliErrors } from "../../apps/cli/src/cli-error.ts";
import { configurationProblems } from "../../apps/node/src/configuration/problems.ts";
import { nodeErrors } from "../../apps/node/src/node-error.ts";
import { apiProblems } from "../../packages/api/src/problem.ts";
import { codeTables } from "../../packages/contract/src/codes.ts";
import { contractErrors } from "../../packages/contract/src/contract-error.ts";
import { coreErrors } from "../../packages/core/src/core-error.ts";
import { keyFaults } from "../../packages/core/src/signature/registrable-key.ts";
import { assertionFaults } from "../../packages/core/src/signature/webauthn.ts";
import { envelopeFaults } from "../../packages/core/src/statement/envelope.ts";
import { dicomErrors } from "../../packages/dicom/src/dicom-error.ts";
import { multipartErrors } from "../../packages/dicom/src/dicomweb/multipart-error.ts";
import { pixelErrors } from "../../packages/dicom/src/pixels/pixel-error.ts";
import { readingNotes } from "../../packages/dicom/src/reading/notes.ts";
import { checkFaults } from "../../packages/dicom/src/receipt-check/check-faults.ts";
import { auditFindings } from "../../packages/ledger/src/audit/audit.ts";
import { ledgerErrors } from "../../packages/ledger/src/ledger-error.ts";
import { vaultErrors } from "../../packages/vault/src/vault-error.ts";

/** What a table may say of a code, besides a bare sentence. */
export interface CodeText {
  readonly says: string;
  readonly todo?: string;
  readonly http?: number;
  readonly fhir?: string;
  /** Exit status of the command. */
  readonly exit?: number;
}

/** One table of the sources. */
export interface CodeSource {
  /** The section of the page; tables of one section stand together. */
  readonly section: string;
  /** Where it is, relative to the repository. */
  readonly file: string;
  /** The name that the file exports. */
  readonly table: string;
  readonly codes: Readonly<Record<string, string | CodeText>>;
}

/** A section of the page: what its codes are, and what to do about one whose sentence does not say it. */
export interface CodeSection {
  readonly title: string;
  readonly about: string;
  readonly todo: string;
}

/** The sections, in the order of the page. A code of several tables stands in the first of theirs. */
export const codeSections: Readonly<Record<string, CodeSection>> = {
  refusals: {
    title: "Refusals of the contract",
    about:
      "A statement was ordered and refused. It is no entry and changes nothing; while it is still good it may be offered again. What an act is refused for, an observation may carry as a finding.",
    todo: "Nothing has changed; state it otherwise, or not at all.",
  },
  findings: {
    title: "Findings of the contract",
    about:
      "A statement was recorded, and a rule does not hold. The code stands inside the entry, for good; every reader and every receipt shows it.",
    todo: "Nothing need be done to the log. If the statement is wrong, supersede it, or dispute it.",
  },
  http: {
    title: "HTTP surface",
    about: "Answers of `/api/v1` and `/dicomweb` that are none, as `application/problem+json` (RFC 9457).",
    todo: "See `GET /api/v1/kinds` and the table of addresses in `packages/api/src/routes.ts`.",
  },
  node: {
    title: "Node",
    about: "What opening a data folder, taking files in or answering can fail with.",
    todo: "Look at what the node holds before trying again.",
  },
  configuration: {
    title: "Configuration",
    about: "What can be wrong with a node's configuration, all of it told at once.",
    todo: "See docs/configuration.md.",
  },
  command: {
    title: "Command line",
    about: "What `fiducial` itself fails with; everything else it prints comes with a code of another section.",
    todo: "Look at `fiducial --help`.",
  },
  ledger: {
    title: "Ledger on disk",
    about: "What can go wrong with `ledger.db`.",
    todo: "Keep the data folder as it is and report it.",
  },
  audit: {
    title: "Audit",
    about: "The first thing that does not hold, as `fiducial audit` names it, with the entry that it concerns.",
    todo: "Stop using the ledger, keep a copy of the folder, find out who wrote to it, and restore a backup.",
  },
  vault: {
    title: "Vault and keys",
    about: "What can go wrong with `vault.db` and with the keys folder.",
    todo: "Look at what is kept before trying again.",
  },
  objects: {
    title: "DICOM objects",
    about: "An object that cannot be read without doubt. It is listed, and the rest of the intake goes on.",
    todo: "Keep the file, and ask the sending system's vendor.",
  },
  multipart: {
    title: "Multipart bodies",
    about: "What a reader of multipart bodies refuses. The HTTP surface tells of it by codes of its own.",
    todo: "This is a mistake in the program that wrote the body, or the connection broke: send it again.",
  },
  notes: {
    title: "Reading notes",
    about: "Oddities with which an object is read and fingerprinted all the same.",
    todo: "Nothing; whoever wants clean objects asks the sending system's vendor.",
  },
  proofs: {
    title: "Proofs, notes and receipts",
    about: "Malformed input, and proofs that do not hold.",
    todo: "Get the file again from whoever gave it to you. If it stays like this, do not rely on it.",
  },
  envelopes: {
    title: "Envelopes",
    about: "Bytes that are no statement. They are answered at once and never ordered.",
    todo: "This is a mistake in the program that made the statement: docs/formats/statement.md says what it should be.",
  },
  keys: {
    title: "Keys",
    about: "Why a public key cannot be registered: docs/formats/keys.md § Registration.",
    todo: "Make another key.",
  },
  passkeys: {
    title: "Passkeys",
    about: "Why an assertion does not sign a statement: docs/formats/keys.md § WebAuthn.",
    todo: "Sign again with a registered passkey, on the page that it was registered for.",
  },
  drafts: {
    title: "Drafts and replay",
    about: "Drafts that do not fit their kind, and logs that cannot be replayed.",
    todo: "This is a mistake in the program that made the draft or keeps the log: report it.",
  },
};

const contract = (room: string): string => `packages/contract/src/${room}/codes.ts`;

/** Every table, in the order of the page. */
export const codeSources: readonly CodeSource[] = [
  ...Object.entries(codeTables).map(([room, { refusals }]) =>
    source("refusals", contract(room), `${room}Refusals`, refusals),
  ),
  ...Object.entries(codeTables).map(([room, { findings }]) =>
    source("findings", contract(room), `${room}Findings`, findings),
  ),
  source("http", "packages/api/src/problem.ts", "apiProblems", apiProblems),
  source("node", "apps/node/src/node-error.ts", "nodeErrors", nodeErrors),
  source("configuration", "apps/node/src/configuration/problems.ts", "configurationProblems", configurationProblems),
  source("command", "apps/cli/src/cli-error.ts", "cliErrors", cliErrors),
  source("ledger", "packages/ledger/src/ledger-error.ts", "ledgerErrors", ledgerErrors),
  source("audit", "packages/ledger/src/audit/audit.ts", "auditFindings", auditFindings),
  source("vault", "packages/vault/src/vault-error.ts", "vaultErrors", vaultErrors),
  source("objects", "packages/dicom/src/dicom-error.ts", "dicomErrors", dicomErrors),
  source("objects", "packages/dicom/src/pixels/pixel-error.ts", "pixelErrors", pixelErrors),
  source("multipart", "packages/dicom/src/dicomweb/multipart-error.ts", "multipartErrors", multipartErrors),
  source("notes", "packages/dicom/src/reading/notes.ts", "readingNotes", readingNotes),
  source("proofs", "packages/core/src/core-error.ts", "coreErrors", coreErrors),
  source("proofs", "packages/dicom/src/receipt-check/check-faults.ts", "checkFaults", checkFaults),
  source("envelopes", "packages/core/src/statement/envelope.ts", "envelopeFaults", envelopeFaults),
  source("keys", "packages/core/src/signature/registrable-key.ts", "keyFaults", keyFaults),
  source("passkeys", "packages/core/src/signature/webauthn.ts", "assertionFaults", assertionFaults),
  source("drafts", "packages/contract/src/contract-error.ts", "contractErrors", contractErrors),
];

function source(section: string, file: string, table: string, codes: CodeSource["codes"]): CodeSource {
  return { section, file, table, codes };
}
