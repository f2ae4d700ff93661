// Ledgers as a process finds them when it starts: not made yet, closed, or killed with everything in the write-ahead log.
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyLedger } from "./ledger-copy.ts";
import { startLoadedLedger } from "./loaded-ledger.ts";

/** How a ledger was left. */
export const beginnings = ["new", "closed", "killed"] as const;

/** A ledger that stays as it was left: copies of it are worked on. */
export interface Beginning {
  readonly name: (typeof beginnings)[number];
  readonly folder: string;
  /** Index by statement id of what it acknowledged as accepted. */
  readonly accepted: ReadonlyMap<string, number>;
  /** The largest checkpoint it published. */
  readonly signed: number;
}

/** Where a ledger and its mark are in a folder. */
export interface LedgerPlace {
  readonly ledger: string;
  readonly mark: string;
}

/** Makes a ledger in `folder` and leaves it as its name says. */
export async function begin(name: Beginning["name"], folder: string, compileCache: string): Promise<Beginning> {
  mkdirSync(folder, { recursive: true });
  if (name === "new") return { name, folder, accepted: new Map(), signed: 0 };
  const running = await startLoadedLedger({
    ...placeIn(folder),
    compileCache,
    round: 0,
    options: ["--statements", "24"],
  });
  await running.go();
  if (name === "killed") {
    await running.acknowledged(16);
    running.kill();
  }
  await running.ended;
  const { accepted, signed } = running.said;
  return { name, folder, accepted, signed };
}

/** Puts a copy of how a ledger was left in the place of what is in the folder `to`. */
export function copyBeginning({ folder }: Beginning, to: string): LedgerPlace {
  rmSync(to, { recursive: true, force: true });
  const [from, place] = [placeIn(folder), placeIn(to)];
  copyLedger(from.ledger, place.ledger);
  if (existsSync(from.mark)) copyFileSync(from.mark, place.mark);
  return place;
}

/** The paths in a folder. */
export function placeIn(folder: string): LedgerPlace {
  return { ledger: join(folder, "ledger.db"), mark: join(folder, "high-water") };
}
