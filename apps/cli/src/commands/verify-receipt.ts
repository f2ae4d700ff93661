// fiducial verify-receipt: verifies a receipt offline, and a file against it.
import type { Receipt, TrustPolicy } from "@fiducial/core";
import type { FingerprintedObject, ReceiptCheckInput } from "@fiducial/dicom";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { codeOf } from "../failure.ts";
import { moment } from "../figures.ts";
import { checkFile } from "../named-path.ts";
import type { ReceiptAnswer, UnreadableObject } from "../receipt-answer.ts";
import { conclusionOf } from "../receipt-conclusion.ts";
import { isStandardInput, readText } from "../text-file.ts";

export const verifyReceipt: CommandDeclaration = {
  name: "verify-receipt",
  summary: "Verifies a receipt offline, and a file against it.",
  description: [
    "Needs the receipt and a trust policy: no network, no data folder, no keys. Shows each step, from the bytes of the file to those who cosigned the log, with what was compared, and names the step that fails. Then says what rests on the word of one organization alone, and last, in one line, whether receipt and file are verified.",
    "Exit status 0 only when every step holds and the file, if one is given, is identical or differs in nothing but what is harmless.",
  ],
  parameters: [
    { syntax: "<receipt>", says: "a receipt; - is standard input" },
    { syntax: "[file]", says: "the file that it is about" },
  ],
  options: [
    {
      flags: "-p, --policy <file>",
      says: "the trust policy, from `fiducial policy`; - is standard input",
      required: true,
    },
  ],
  json: "one line `{ok, failed?, steps: [{step, result, code?}], sound, waiting, verdict?, harmless?, changedAttributes?, differences?, reservations, log, index, statementId, kind, recordedAt, findings, organization, keeper?, cosigners, claimed?: {log, organization}}`; organization and keeper are `{id, name?}`, with the name only where the receipt discloses it; claimed is what a receipt that does not hold says of itself; result is holds, differs, open, fails or not-run; sound tells of the receipt alone, waiting that nothing lacks but cosignatures",
  examples: [
    "fiducial verify-receipt image.receipt image.dcm --policy policy",
    "fiducial verify-receipt entry.receipt --policy policy --json",
    "fiducial receipt 0b6e…c4 | fiducial verify-receipt - --policy policy",
  ],
  answer: async (call) => {
    const { given, options, screen } = call;
    const [path, file] = given as [string, string | undefined];
    const policyPath = options["policy"] as string;
    if (isStandardInput(path) && isStandardInput(policyPath))
      throw new CliError("USAGE", { problem: "Receipt and policy cannot both come through standard input." });
    if (file !== undefined) checkFile(file);
    const receiptText = await readText(path);
    const policyText = await readText(policyPath);
    const { parseTrustPolicy } = await import("@fiducial/core");
    const policy = parseTrustPolicy(policyText);
    const answer = await check(call, receiptText, policy, file);
    screen.data(answer);
    return answer.ok ? 0 : 1;
  },
};

async function check(call: Call, text: string, policy: TrustPolicy, file: string | undefined): Promise<ReceiptAnswer> {
  const [{ checkReceipts }, { malformedReceipt, receiptAnswer }, { originLines, reservationLines, stepLines }] =
    await Promise.all([import("@fiducial/dicom"), import("../receipt-answer.ts"), import("../check-lines.ts")]);
  const object = file === undefined ? undefined : await fingerprintOf(file);
  const receipt = await parsed(text);
  if ("malformed" in receipt) {
    const answer = malformedReceipt(receipt.malformed);
    show(call, answer, { lines: stepLines(call.screen, answer), origins: [], reservations: [] });
    return answer;
  }
  const readable = object !== undefined && "fingerprint" in object ? object : undefined;
  const means = { policy, ...(await mlDsa44For(policy)), ...(readable && { object: readable }) };
  const checked = checkReceipts({ receipts: [receipt], ...means });
  const answer = receiptAnswer(checked, readable === undefined ? (object as UnreadableObject | undefined) : undefined);
  const { changeLine } = await import("../verdict-lines.ts");
  const changes = (answer.changedAttributes ?? []).map((change) => `    ${changeLine(call.screen, change)}`);
  const lines = [...stepLines(call.screen, answer, checked, readable), ...changes];
  show(call, answer, { lines, origins: originLines(answer), reservations: reservationLines(answer) });
  return answer;
}

// Loaded only where the policy has such a key: hardly any has.
async function mlDsa44For({ policy }: TrustPolicy): Promise<Pick<ReceiptCheckInput, "mlDsa44">> {
  const { policyKeys } = await import("@fiducial/core");
  if (!policyKeys(policy).some(({ type }) => type === "ml-dsa-44-cosignature")) return {};
  const { verifyMlDsa44 } = await import("@fiducial/core/ml-dsa-44");
  return { mlDsa44: verifyMlDsa44 };
}

interface Shown {
  readonly lines: readonly string[];
  readonly origins: readonly string[];
  readonly reservations: readonly string[];
}

function show({ screen, given }: Call, answer: ReceiptAnswer, { lines, origins, reservations }: Shown): void {
  const { ok, kind, index, log, recordedAt } = answer;
  if (kind !== undefined && recordedAt !== undefined)
    screen.say(`${screen.style("bold", kind)}, entry ${index} of ${log}, recorded ${moment(recordedAt)}`);
  for (const line of lines) screen.say(line);
  for (const origin of origins) screen.say(origin);
  if (reservations.length > 0) screen.say(`Reservations: ${reservations.join("; ")}.`);
  const line = screen.style(ok ? "green" : "red", conclusionOf(answer, given[1] !== undefined));
  if (ok || !screen.quiet) screen.say(line);
  else screen.complain(line);
}

async function parsed(text: string): Promise<Receipt | { readonly malformed: string }> {
  const { parseReceipt } = await import("@fiducial/core");
  try {
    return parseReceipt(text);
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === undefined) throw thrown;
    return { malformed: code };
  }
}

// A file that cannot be opened is wrong use; one that is no DICOM object is an answer.
async function fingerprintOf(path: string): Promise<FingerprintedObject | UnreadableObject> {
  const [{ createPixelDecoder, fingerprint }, { openFile }] = await Promise.all([
    import("@fiducial/dicom"),
    import("@fiducial/dicom/file"),
  ]);
  try {
    await using source = await openFile(path);
    return await fingerprint(source, { decoder: createPixelDecoder() });
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === undefined) throw new CliError("PATH_UNREADABLE", { path }, thrown);
    return { code, message: (thrown as Error).message };
  }
}
