// Whether the stored objects of a study are those that were registered: found out here, first for the one shown, then for all when wanted.
import type { StudyDetail, StudyObject } from "@fiducial/api";
import { useCallback, useEffect, useRef, useState } from "react";
import { checkWithNode } from "../../ui/object-check.ts";
import type { Finding } from "../../verifier/verification.ts";
import type { ShownSlice } from "./shown-slice.ts";
import { inVersion, loadObject } from "./slices.ts";

/** What was found out so far. */
export interface StudyCheck {
  /** By object key. */
  readonly findings: ReadonlyMap<string, Finding>;
  readonly total: number;
  /** The finding about the object that is shown. */
  readonly shown: Finding | undefined;
  readonly working: boolean;
  readonly checkedAt: string | undefined;
  readonly error: Error | undefined;
  checkAll(): void;
  stop(): void;
}

/** Checks the object that is shown, and on request all of the study. */
export function useStudyCheck(study: StudyDetail, shown: ShownSlice | undefined): StudyCheck {
  const object = shown?.slice?.object;
  // Of the object shown the version counts that is shown.
  const objects = study.seriesList
    .flatMap((series) => series.objects)
    .map((one) => (object === undefined ? one : inVersion(one, object)));
  const [findings, setFindings] = useState<ReadonlyMap<string, Finding>>(new Map());
  const [working, setWorking] = useState(false);
  const [checkedAt, setCheckedAt] = useState<string>();
  const [error, setError] = useState<Error>();
  const stopped = useRef(false);
  const known = useRef(new Set<string>());
  const check = useCallback(
    async (object: StudyObject): Promise<void> => {
      const key = keyOf(object);
      if (known.current.has(key)) return;
      known.current.add(key);
      try {
        const { bytes } = await loadObject(study.study, object);
        const finding = await checkWithNode(new File([bytes], key), { use: "check" });
        setFindings((before) => new Map(before).set(key, finding));
        setError(undefined);
        setCheckedAt(new Date().toISOString());
      } catch (thrown) {
        known.current.delete(key);
        setError(thrown as Error);
        throw thrown;
      }
    },
    [study.study],
  );
  const isLoaded = shown?.loaded !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what could not be had at first is checked when it has come.
  useEffect(() => {
    if (object !== undefined) check(object).catch(() => {});
  }, [object, check, isLoaded]);
  const checkAll = async (): Promise<void> => {
    stopped.current = false;
    setError(undefined);
    setWorking(true);
    try {
      for (const one of objects) {
        if (stopped.current) break;
        await check(one);
      }
    } catch {
      // The error is shown.
    } finally {
      setWorking(false);
    }
  };
  return {
    findings: new Map(objects.flatMap((one) => entryOf(findings, keyOf(one)))),
    total: objects.length,
    shown: object && findings.get(keyOf(object)),
    working,
    checkedAt,
    error,
    checkAll: () => void checkAll(),
    stop: () => {
      stopped.current = true;
    },
  };
}

function entryOf(findings: ReadonlyMap<string, Finding>, key: string): [string, Finding][] {
  const finding = findings.get(key);
  return finding === undefined ? [] : [[key, finding]];
}

function keyOf({ statementId, item }: StudyObject): string {
  return `${statementId}/${item}`;
}
