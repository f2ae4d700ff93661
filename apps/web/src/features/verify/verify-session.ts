// One visit of the verify page: files come in, findings come out. Receipts and policies that were dropped stay until the page is left.
import { ApiError, type Permission } from "@fiducial/api";
import { parseReceipt, parseTrustPolicy } from "@fiducial/core";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { onFiles, takeFiles } from "../../ui/handed-files.ts";
import { node } from "../../ui/node.ts";
import { checkWithNode } from "../../ui/object-check.ts";
import { sessionQuery } from "../../ui/session.ts";
import {
  claimedLog,
  concludable,
  type Finding,
  isNamedBy,
  type NamedReceipt,
  type Progress,
  type SortedFiles,
  sortFiles,
  verifyReceiptAlone,
} from "../../verifier/verification.ts";

/** What the page shows. */
export type Session =
  | { readonly state: "empty" }
  // Whoever may not ask the node has to have a receipt: asking would be refused, and recorded as refused.
  | { readonly state: "receipt-wanted"; readonly isSignedIn: boolean; readonly names: readonly string[] }
  | {
      readonly state: "working";
      readonly name: string;
      readonly number: number;
      readonly of: number;
      readonly sizeBytes: number;
      readonly progress: Progress;
    }
  | {
      readonly state: "done";
      readonly findings: readonly Finding[];
      readonly files: ReadonlyMap<Finding, File>;
      readonly broken: SortedFiles["broken"];
      readonly at: string;
      readonly ms: number;
    }
  // What the address names is for others: that is said without asking, which would be recorded as refused.
  | { readonly state: "not-allowed"; readonly permission: Permission }
  | { readonly state: "failed"; readonly error: Error };

/** A session and what can be done with it. */
export interface VerifySession {
  readonly session: Session;
  /** The policy that was dropped, if one was; else the node's counts. */
  readonly policyName: string | undefined;
  verify(files: readonly File[]): void;
  stop(): void;
}

const route = getRouteApi("/verify");

/** Starts with what was handed over or what the address names, and goes on with whatever is dropped or chosen. */
export function useVerifySession(): VerifySession {
  const search = route.useSearch();
  const [session, setSession] = useState<Session>({ state: "empty" });
  const [policyName, setPolicyName] = useState<string>();
  const kept = useRef<Kept>({ policy: undefined, receipts: [], objects: [], waits: false });
  const run = useRef(0);
  const queries = useQueryClient();

  const verify = useCallback(
    (files: readonly File[]): void => {
      const mine = ++run.current;
      const isCurrent = () => run.current === mine;
      const begun = performance.now();
      const mayAsk = () =>
        queries.ensureQueryData(sessionQuery).then(({ permissions }) => permissions.includes("objects.verify"));
      verifyAll(files, kept.current, mayAsk, (next) => isCurrent() && setSession(next))
        .then(async (verified) => {
          if (!isCurrent()) return;
          if (verified === "receipt-wanted") {
            const { caller } = await queries.ensureQueryData(sessionQuery);
            const names = kept.current.objects.map(({ name }) => name);
            return setSession({ state: "receipt-wanted", isSignedIn: caller !== "anonymous", names });
          }
          const { findings, broken, files: byFinding, policyName: name } = verified;
          if (name !== undefined) setPolicyName(name);
          const ms = performance.now() - begun;
          const nothing = findings.length === 0 && broken.length === 0;
          const at = new Date().toISOString();
          setSession(nothing ? { state: "empty" } : { state: "done", findings, broken, files: byFinding, at, ms });
        })
        .catch((error: Error) => isCurrent() && setSession({ state: "failed", error }));
    },
    [queries],
  );

  useEffect(() => {
    const take = (): void => {
      const files = takeFiles();
      if (files.length > 0) verify(files);
    };
    take();
    return onFiles(take);
  }, [verify]);

  const { entry, study, statement, item } = search;
  useEffect(() => {
    if (entry === undefined && (study === undefined || statement === undefined || item === undefined)) return;
    const needed = entry === undefined ? "studies.read" : "ledger.read";
    queries
      .ensureQueryData(sessionQuery)
      .then(async ({ caller, permissions }) => {
        if (permissions.includes(needed)) return verify([await addressed({ entry, study, statement, item })]);
        if (caller === "anonymous") throw new ApiError("NOT_SIGNED_IN", 401);
        setSession({ state: "not-allowed", permission: needed });
      })
      .catch((error: Error) => setSession({ state: "failed", error }));
  }, [entry, study, statement, item, verify, queries]);

  const stop = useCallback(() => {
    run.current += 1;
    setSession({ state: "empty" });
  }, []);
  return { session, policyName, verify, stop };
}

interface Kept {
  policy: string | undefined;
  receipts: readonly NamedReceipt[];
  /** The files of last time: a policy or a receipt that comes later may decide what was open. */
  objects: readonly File[];
  /** Whether they wait for their receipts. */
  waits: boolean;
}

interface Verified {
  readonly findings: readonly Finding[];
  readonly files: ReadonlyMap<Finding, File>;
  readonly broken: SortedFiles["broken"];
  readonly policyName: string | undefined;
}

async function verifyAll(
  files: readonly File[],
  kept: Kept,
  mayAsk: () => Promise<boolean>,
  show: (session: Session) => void,
): Promise<Verified | "receipt-wanted"> {
  const { receipts, policies, objects, broken } = await sortFiles(files);
  const [policy] = policies;
  if (policy !== undefined) kept.policy = policy.text;
  kept.receipts = [...kept.receipts, ...receipts];
  const isAnswer = kept.waits && objects.length === 0;
  if (!isAnswer && (objects.length > 0 || (receipts.length > 0 && policy === undefined))) kept.objects = objects;
  const isAlone = kept.objects.length > 0 && kept.receipts.length === 0;
  kept.waits = isAlone && !(await mayAsk().catch(() => true));
  if (kept.waits) return "receipt-wanted";
  const findings: Finding[] = [];
  const byFinding = new Map<Finding, File>();
  for (const [at, file] of kept.objects.entries()) {
    const working = {
      state: "working",
      name: file.name,
      number: at + 1,
      of: kept.objects.length,
      sizeBytes: file.size,
    } as const;
    const report = (progress: Progress) => show({ ...working, progress });
    report({ stage: "bytes", done: 0, of: file.size });
    const finding = await verifyObject(file, kept, mayAsk, report);
    byFinding.set(finding, file);
    findings.push(finding);
  }
  if (kept.objects.length === 0) {
    findings.push(
      ...(await verifyReceipts(receipts.length > 0 || policy === undefined ? receipts : kept.receipts, kept)),
    );
  }
  return { findings: concludable(findings, broken), files: byFinding, broken, policyName: policy?.name };
}

// Without a policy of theirs, receipts of other logs prove nothing, and refute nothing either.
async function verifyObject(
  file: File,
  kept: Kept,
  mayAsk: () => Promise<boolean>,
  report: (progress: Progress) => void,
): Promise<Finding> {
  const policy = kept.policy ?? (await node.policy());
  const all = kept.receipts.map(({ receipt }) => receipt);
  const named = kept.policy === undefined ? all.filter((receipt) => isNamedBy(parseTrustPolicy(policy), receipt)) : all;
  // Whoever has a receipt needs nothing of the node, and is not turned away by it.
  const ask = all.length === 0 || (await mayAsk().catch(() => true));
  const finding = await checkWithNode(file, { receipts: named, policy, ask }, report);
  const isOpen = finding.found === "no-receipt" || (finding.found === "checked" && finding.check.verdict === "unknown");
  if (!isOpen || named.length === all.length) return finding;
  const foreign = all.find((receipt) => !named.includes(receipt));
  const log = foreign === undefined ? undefined : claimedLog(foreign);
  return { found: "no-policy", name: file.name, sizeBytes: file.size, log };
}

async function verifyReceipts(receipts: readonly NamedReceipt[], kept: Kept): Promise<readonly Finding[]> {
  if (receipts.length === 0) return [];
  const policy = parseTrustPolicy(kept.policy ?? (await node.policy()));
  return receipts.map((named) =>
    kept.policy === undefined && !isNamedBy(policy, named.receipt)
      ? { found: "no-policy", name: named.name, sizeBytes: undefined, log: claimedLog(named.receipt) }
      : verifyReceiptAlone(named, { policy, receipts: [] }),
  );
}

async function addressed({
  entry,
  study,
  statement,
  item,
}: {
  readonly entry: number | undefined;
  readonly study: string | undefined;
  readonly statement: string | undefined;
  readonly item: number | undefined;
}): Promise<File> {
  if (entry !== undefined) {
    const text = await node.receipt(entry, { for: "check" });
    parseReceipt(text);
    return new File([text], `entry-${entry}.receipt.json`);
  }
  const place = { study: study ?? "", statementId: statement ?? "", item: item ?? 0 };
  return new File([await node.object(place)], `${(statement ?? "").slice(0, 8)}-${item}.dcm`);
}
