// The PACS behind a node: it keeps the bytes of what is registered here, and is asked for them. Decision 33.
import type { ConnectionBoard } from "../connections/connection-board.ts";
import type { RunningConnection } from "../connections/connection-rooms.ts";
import { webPlace } from "../connections/web-place.ts";
import { type Clock, processClock } from "../intake/clock.ts";
import { inboxDefaults } from "../intake/inbox.ts";
import type { KeptObjects } from "../intake/kept-objects.ts";
import { fetchedPath } from "../objects/object-paths.ts";
import type { ObjectReader, OtherKeeper } from "../objects/object-reader.ts";
import type { Site } from "../operations/site.ts";
import { differingCopies } from "./differing-copies.ts";
import { fetchedCopies } from "./fetched-copies.ts";
import { pacsClient } from "./pacs-client.ts";
import type { PacsOptions } from "./pacs-options.ts";
import { startReleasing } from "./releasing.ts";

/** What works with the PACS. */
export interface Pacs {
  /** Opens what it keeps. */
  readonly keeper: OtherKeeper;
  /** SOP Instance UIDs that it lists for a study of some `count` instances. Rejects with PACS_*. */
  instancesOf(studyUid: string, count: number): Promise<ReadonlySet<string>>;
  /** Lets go of what it was seen to hold, until it is closed. */
  startReleasing(rooms: {
    readonly kept: KeptObjects;
    readonly reader: ObjectReader;
    readonly clock?: Clock;
  }): RunningConnection;
  close(): void;
}

/** The id of its connection. */
const pacsId = "pacs";

const [usualPollMs, usualSpoolBytes] = [10_000, 4 * 2 ** 30];
/** What was told of an object is not told again for each who asks. */
const mostTold = 10_000;
/** What is wrong with the connection and not with the object: that is told of the connection. */
const ofConnection: ReadonlySet<string> = new Set(["PACS_UNREACHABLE", "PACS_DENIED"]);

/** Opens it; nothing is asked yet. Throws PACS_ADDRESS_REFUSED. */
export function openPacs(site: Site, board: ConnectionBoard, options: PacsOptions, clock: Clock = processClock): Pacs {
  const { spoolBytes = usualSpoolBytes, pollMs = usualPollMs } = options;
  const client = pacsClient(options);
  const name = new URL(options.wadoUrl).host;
  const line = board.line({ id: pacsId, type: "pacs", name, place: webPlace(options.wadoUrl) });
  line.testedBy(client.check);
  const known = board.list().find(({ id }) => id === pacsId);
  const differing = differingCopies(site.vault, line, known?.differing);
  const told = new Set<string>();

  function asked(digest: string, code?: string): void {
    differing.asked(digest, code);
    if (code === undefined) line.works();
    else if (ofConnection.has(code)) line.failed(code);
    else if (code.startsWith("PACS_") && !told.has(`${code} ${digest}`)) {
      if (told.size >= mostTold) told.clear();
      told.add(`${code} ${digest}`);
      line.refused(code);
    }
  }

  const copies = fetchedCopies({
    ...site,
    client,
    clock,
    mostBytes: spoolBytes,
    reservedBytes: inboxDefaults.reservedBytes,
    folder: site.folder.path,
    pathOf: (digest) => fetchedPath(site.objects.folder, digest),
    asked,
  });

  return {
    keeper: copies,
    instancesOf: client.instancesOf,
    startReleasing: ({ kept, reader, clock: own = clock }) => {
      // Connections of its own: whoever reads does not wait behind it, and closing it breaks nobody else off.
      const asking = pacsClient(options);
      const mostBytes = spoolBytes / 2;
      const releasing = startReleasing({
        ...site,
        kept,
        reader,
        client: asking,
        line,
        differing,
        known: known?.releases,
        clock: own,
        name,
        pollMs,
        mostBytes,
      });
      return {
        close: async () => {
          const closed = releasing.close();
          asking.close();
          await closed;
        },
      };
    },
    close: () => {
      client.close();
      copies.close();
    },
  };
}
