// Statements in words: one that was made, and one that only might be.
import type { StatedEntry, StatementDraft } from "@fiducial/node";
import type { Screen } from "./screen.ts";

/** Says where a statement stands, and each finding. */
export async function statedLines(screen: Screen, { kind, statementId, index, findings }: StatedEntry) {
  return [
    `Entry ${index}: ${kind}.`,
    screen.style("dim", `Statement ${statementId}`),
    ...(await findingLines(findings)),
  ];
}

/** Shows a draft: what it says, who signs, and what the ledger would answer. Of sealed fields the names only. */
export async function draftLines(screen: Screen, draft: StatementDraft): Promise<string[]> {
  const { kind, version, log, by, signers, occurredAt, basis, supersedes, open, sealed } = draft;
  return [
    screen.style("bold", `${kind}, version ${version}`),
    `log         ${log}`,
    `for         ${by.join(", ")}`,
    ...signers.map(({ actor, organization, capacity }) => {
      const who = actor === organization ? `the organization ${actor}` : actor;
      return `signed by   ${who} (${capacity})`;
    }),
    `occurred    ${occurredAt}`,
    ...(basis === undefined ? [] : [`basis       ${basis}`]),
    ...(supersedes === undefined ? [] : [`supersedes  ${supersedes.statement} (${supersedes.reason})`]),
    `open        ${JSON.stringify(open)}`,
    `sealed      ${sealed.join(", ") || "nothing"}`,
    ...(await verdictLines(draft)),
  ];
}

async function verdictLines({ verdict }: StatementDraft): Promise<string[]> {
  if (verdict.accepted) return ["It would be accepted.", ...(await findingLines(verdict.findings))];
  const { refusalOf } = await import("@fiducial/contract");
  return [`It would be refused: ${refusalOf(verdict.code)?.says ?? ""} (${verdict.code})`];
}

async function findingLines(findings: readonly string[]): Promise<string[]> {
  const { findingOf } = await import("@fiducial/contract");
  return findings.map((code) => `Finding: ${findingOf(code)?.says ?? ""} (${code})`);
}
