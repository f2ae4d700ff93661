// People who are signed in and browse: lists, a study, an image, entries, again and again.
import { setTimeout as sleep } from "node:timers/promises";
import type { StudyDetail, StudyPage } from "@fiducial/api";
import { browser } from "./browser.ts";
import { signInAs } from "./demo-visitor.ts";

/** Somebody who browses. */
export interface Reader {
  /** The handle of the session: what records of reads name, sealed. */
  readonly session: string;
  /** Asks as this one, and resolves with the answer and the milliseconds until all of it was there. Rejects when it is no 200. */
  ask(path: string): Promise<Asked>;
}

export interface Asked {
  readonly ms: number;
  readonly body: Buffer;
}

/** What a reader was shown; `study` is its handle, absent for a list. */
export interface Shown {
  readonly session: string;
  readonly what: "study-list" | "study" | "images";
  readonly study?: string;
}

/** Signs so many people in as radiologists of the demonstration, one after the other. */
export async function signedInReaders(url: string, count: number): Promise<Reader[]> {
  const readers: Reader[] = [];
  for (let number = 0; number < count; number++) readers.push(await signedInReader(url));
  return readers;
}

async function signedInReader(url: string): Promise<Reader> {
  const cookie = await signInAs(url, "radiologist", browser());
  const ask = async (path: string): Promise<Asked> => {
    const begun = performance.now();
    const answer = await fetch(url + path, { headers: { cookie } });
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== 200) throw new Error(`${path.replaceAll(/[0-9a-f]{32,}/g, "…")} answers ${answer.status}`);
    return { ms: performance.now() - begun, body };
  };
  const own = json<{ sessions: { session: string; current: boolean }[] }>(await ask("/api/v1/sessions"));
  return { session: own.sessions.find(({ current }) => current)?.session ?? "", ask };
}

/** Looks around once: the newest studies, one of them, an image of it, the newest entries. `take` hears of each answer's milliseconds. */
async function lookAround({ session, ask }: Reader, turn: number, take: (ms: number) => void): Promise<Shown[]> {
  const asked = async (path: string) => {
    const answer = await ask(path);
    take(answer.ms);
    return answer;
  };
  const { studies } = json<StudyPage>(await asked("/api/v1/studies?limit=50"));
  const chosen = studies[turn % studies.length];
  if (chosen === undefined) throw new Error("There is no study to look at.");
  const detail = json<StudyDetail>(await asked(`/api/v1/studies/${chosen.study}`));
  const objects = detail.seriesList[0]?.objects ?? [];
  const object = objects[turn % objects.length];
  if (object === undefined) throw new Error("The study has no object to look at.");
  await asked(`/api/v1/studies/${chosen.study}/objects/${object.statementId}/${object.item}`);
  await asked("/api/v1/entries?limit=50");
  const { study } = chosen;
  return [
    { session, what: "study-list" },
    { session, what: "study", study },
    { session, what: "images", study },
  ];
}

/** Lets all of them look around until `isOver`, each waiting `pauseMs` between two rounds as people do, and at least once. Rejects when one is not answered. */
export async function browseUntil(
  readers: readonly Reader[],
  isOver: () => boolean,
  { pauseMs, take = () => {} }: { readonly pauseMs: number; readonly take?: (ms: number) => void },
): Promise<Shown[]> {
  const shown = await Promise.all(
    readers.map(async (reader, place) => {
      const seen: Shown[] = [];
      await sleep((pauseMs * place) / readers.length);
      for (let turn = place; seen.length === 0 || !isOver(); turn += 7) {
        seen.push(...(await lookAround(reader, turn, take)));
        await sleep(pauseMs);
      }
      return seen;
    }),
  );
  return shown.flat();
}

function json<Value>({ body }: Asked): Value {
  return JSON.parse(body.toString("utf8")) as Value;
}
