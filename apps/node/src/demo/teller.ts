// Tells the story to a node: one happening after the other, each at its moment, and none twice, wherever a process was killed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { formatUtcTime, parseEntry } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import { storyMarkFile } from "../folder/data-folder.ts";
import { replaceFile } from "../folder/durable-file.ts";
import { castOf } from "./cast.ts";
import type { Happening } from "./deed.ts";
import { writeDemoFiles } from "./demo-files.ts";
import { perform, type Stage } from "./doors.ts";
import type { StoryClock } from "./story-clock.ts";

/** How far the story is: days told so far, of all. A day of which everything was told before is passed over in silence. */
export type DemoProgress = (done: number, total: number) => void;

/** Tells what has not been told yet, and notes when all is. Aborted, it ends after what is under way, and goes on the next time. */
export async function tell(
  node: OpenNode,
  story: readonly Happening[],
  clock: StoryClock,
  {
    progress = () => {},
    signal,
  }: { readonly progress?: DemoProgress | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const stage: Stage = { node, cast: castOf(node), studies: new Map() };
  const told = momentsTold(node);
  const days = new Set(story.map(dayOf));
  let isNews = false;
  for (const [at, happening] of story.entries()) {
    if (signal?.aborted === true) return;
    await tellOne(stage, happening, clock, told);
    isNews ||= !told.has(formatUtcTime(happening.atMs));
    const next = story[at + 1];
    if (next !== undefined && dayOf(next) === dayOf(happening)) continue;
    if (isNews) progress([...days].indexOf(dayOf(happening)) + 1, days.size);
    isNews = false;
  }
  await node.projector.caughtUp(node.store.head().edge.size);
  writeDemoFiles(node, story);
  replaceFile(markIn(node.folder.path), `${JSON.stringify({ told: story.length })}\n`);
}

/** Whether the story of a data folder was told to its end. */
export function isTold(path: string): boolean {
  return existsSync(markIn(path));
}

async function tellOne(stage: Stage, { atMs, deed }: Happening, clock: StoryClock, told: ReadonlySet<string>) {
  // People, keys and devices take several statements, of which a crash may have left the first; put twice, they state nothing.
  const isRepeatable = ["device-installed", "person-joins", "key-given"].includes(deed.does);
  if (told.has(formatUtcTime(atMs)) && !isRepeatable) return;
  clock.set(atMs);
  await perform(stage, deed, atMs);
}

// A happening is known by its moment, at which whatever it stated says that it occurred.
function momentsTold({ store }: OpenNode): ReadonlySet<string> {
  const entries = store.entries(0, store.head().edge.size).flatMap((bytes) => parseEntry(bytes) ?? []);
  return new Set(entries.map(({ statement }) => statement.content.occurredAt));
}

function dayOf({ atMs }: Happening): string {
  return formatUtcTime(atMs).slice(0, 10);
}

function markIn(path: string): string {
  return join(path, storyMarkFile);
}
