// One visit of the verify page: files come in, findings come out. Receipts and policies that were dropped stay until the page is left.
import { parseReceipt, parseTrustPolicy, type Receipt } from "@fiducial/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { onFiles, takeFiles } from "../../ui/handed-files.ts";
import { node } from "../../ui/node.ts";
import { checkWithNode } from "../../ui/object-check.ts";
import {
  type Finding,
  type Progress,
  type SortedFiles,
  sortFiles,
  verifyReceiptAlone,
} from "../../verifier/verification.ts";

/** What the page shows. */
export type Session =
  | { readonly state: "empty" }
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
  const kept = useRef<{ policy: string | undefined; receipts: Receipt[] }>({ policy: undefined, receipts: [] });
  const run = useRef(0);

  const verify = useCallback((files: readonly File[]): void => {
    const mine = ++run.current;
    const isCurrent = () => run.current === mine;
    const begun = performance.now();
    verifyAll(files, kept.current, (next) => isCurrent() && setSession(next))
      .then(({ findings, broken, files: byFinding, policyName: name }) => {
        if (!isCurrent()) return;
        if (name !== undefined) setPolicyName(name);
        const ms = performance.now() - begun;
        const nothing = findings.length === 0 && broken.length === 0;
        const at = new Date().toISOString();
        setSession(nothing ? { state: "empty" } : { state: "done", findings, broken, files: byFinding, at, ms });
      })
      .catch((error: Error) => isCurrent() && setSession({ state: "failed", error }));
  }, []);

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
    addressed({ entry, study, statement, item })
      .then((file) => verify([file]))
      .catch((error: Error) => setSession({ state: "failed", error }));
  }, [entry, study, statement, item, verify]);

  const stop = useCallback(() => {
    run.current += 1;
    setSession({ state: "empty" });
  }, []);
  return { session, policyName, verify, stop };
}

interface Kept {
  policy: string | undefined;
  receipts: Receipt[];
}

interface Verified {
  readonly findings: readonly Finding[];
  readonly files: ReadonlyMap<Finding, File>;
  readonly broken: SortedFiles["broken"];
  readonly policyName: string | undefined;
}

async function verifyAll(files: readonly File[], kept: Kept, show: (session: Session) => void): Promise<Verified> {
  const { receipts, policies, objects, broken } = await sortFiles(files);
  const [policy] = policies;
  if (policy !== undefined) kept.policy = policy.text;
  kept.receipts.push(...receipts.map(({ receipt }) => receipt));
  const findings: Finding[] = [];
  const byFinding = new Map<Finding, File>();
  for (const [at, file] of objects.entries()) {
    const working = {
      state: "working",
      name: file.name,
      number: at + 1,
      of: objects.length,
      sizeBytes: file.size,
    } as const;
    const report = (progress: Progress) => show({ ...working, progress });
    report({ stage: "bytes", done: 0, of: file.size });
    const means = { receipts: kept.receipts, ...(kept.policy !== undefined && { policy: kept.policy }) };
    const finding = await checkWithNode(file, means, report);
    byFinding.set(finding, file);
    findings.push(finding);
  }
  if (objects.length === 0 && receipts.length > 0) {
    const trust = parseTrustPolicy(kept.policy ?? (await node.policy()));
    findings.push(...receipts.map((receipt) => verifyReceiptAlone(receipt, { policy: trust, receipts: [] })));
  }
  return { findings, files: byFinding, broken, policyName: policy?.name };
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
    const text = await node.receipt(entry);
    parseReceipt(text);
    return new File([text], `entry-${entry}.receipt.json`);
  }
  const place = { study: study ?? "", statementId: statement ?? "", item: item ?? 0 };
  return new File([await node.object(place)], `${(statement ?? "").slice(0, 8)}-${item}.dcm`);
}
