// A node whose inbox a test feeds, with a clock that the test moves.
import type { Header } from "@fiducial/dicom";
import { expect } from "vitest";
import type { OpenNode } from "../compose.ts";
import type { Received } from "../intake/inbox.ts";
import type { InboxChoices } from "../intake/intake-rooms.ts";
import { type HandClock, handClock } from "./hand-clock.ts";
import { type ScratchNode, scratchNode } from "./scratch-node.ts";
import { soon } from "./scratch-server.ts";

/** The connection by which it is fed. */
export const connection = "dimse:ct1";

export interface ScratchInbox {
  readonly scratch: ScratchNode;
  readonly clock: HandClock;
  readonly node: OpenNode;
  /** Sends an object of a study: the same names are the same bytes. */
  send(study: string, object?: string): Promise<Received>;
}

/** What an object of a study, that is of a patient of its own, has in its header. */
export const attributesOf = (study: string, object = "1") => ({
  PatientID: `P${study}`,
  StudyInstanceUID: `2.25.${study}`,
  SOPInstanceUID: `2.25.${study}.${object}`,
  SeriesInstanceUID: `2.25.${study}.0`,
});

/** SOP Instance UIDs of objects of a study. */
export const uidsOf = (study: string, ...objects: string[]) => objects.map((object) => `2.25.${study}.${object}`);

/** Opens a node; the one that was open in the same folder is closed first. */
export async function openScratchInbox(
  choices: InboxChoices & { readonly scratch?: ScratchNode } = {},
): Promise<ScratchInbox> {
  const { scratch = scratchNode(), ...inbox } = choices;
  const clock = handClock();
  const node = await scratch.open({ inbox: { clock, ...inbox } });
  const send = (study: string, object = "1") =>
    node.inbox.receive({
      path: scratch.incoming(node, { seed: object, attributes: attributesOf(study, object) }),
      connection,
    });
  return { scratch, clock, node, send };
}

/** Lets studies settle until nothing waits, however often it takes. */
export async function settled({ clock, node }: Pick<ScratchInbox, "clock" | "node">): Promise<void> {
  await soon(() => {
    clock.advance(60_000);
    expect(node.inbox.standing()).toEqual({ objects: 0, studies: 0 });
  });
  await node.projector.caughtUp(node.store.head().edge.size);
}

/** SOP Instance UIDs of a patient's objects as manifests of statements on the log have them, sorted: one that is registered twice stands there twice. */
export function registeredOf({ node }: Pick<ScratchInbox, "node">, study: string): string[] {
  const { vault, store } = node;
  const handles = vault.findStudies({ patientId: `P${study}` }).map((found) => found.study);
  const statements = handles
    .flatMap((handle) => vault.statementsOf(handle))
    .filter((id) => store.indexOf(id) !== undefined);
  return statements
    .flatMap((id) =>
      [...vault.manifest(id)].map(({ value }) => (value as Pick<Header, "sopInstanceUid">).sopInstanceUid ?? ""),
    )
    .sort();
}
