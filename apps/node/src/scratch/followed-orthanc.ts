// A feed of a false Orthanc that a node follows by a clock set by hand, for tests.
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, onTestFinished } from "vitest";
import type { OpenNode } from "../compose.ts";
import { followOrthanc, type OrthancFeedOptions } from "../connections/orthanc-feed.ts";
import { handClock } from "./hand-clock.ts";
import { attributesOf } from "./scratch-inbox.ts";
import { soon } from "./scratch-server.ts";

/** The bytes of an object of a study. */
export const bytesOf = (study: string, object: string) =>
  smallObject({ seed: object, attributes: attributesOf(study, object) });

/** The feed's line on the board. */
export const feedId = "orthanc:main";

/** Follows an Orthanc until the test is over. */
export function follow(node: OpenNode, options: Partial<OrthancFeedOptions> & { readonly url: string }) {
  const clock = handClock();
  const feed = followOrthanc({ ...node, clock }, node.folder.path, { id: feedId, pollMs: 1000, ...options });
  onTestFinished(() => feed.close());
  const idle = () => soon(() => expect(clock.waiting()).toBe(1));
  /** Lets it ask once more, however long it would wait. */
  const ask = async () => {
    await idle();
    clock.advance(clock.nextMs());
    await idle();
  };
  return { feed, clock, ask, idle, standing: () => node.connections.list()[0] };
}
