// DICOMweb: objects in by STOW-RS, found by QIDO-RS, out by WADO-RS. DICOM PS3.18 § 10.
import type { ReadAction, ReadThing } from "@fiducial/contract";
import type { FastifyReply, FastifyRequest, onSendAsyncHookHandler } from "fastify";
import type { RouteRoom } from "../../authorization/guard.ts";
import type { OpenNode } from "../../compose.ts";
import type { ServerLimits } from "../../serving/limits.ts";
import { dicomWebPath } from "./addresses.ts";
import { sendBulkData } from "./bulk-data.ts";
import { sendFrames } from "./frames.ts";
import { sendMetadata } from "./metadata.ts";
import { recordingRefusals, recordsList, recordsStudy } from "./recorded.ts";
import { sendRendered, sendThumbnail } from "./rendered.ts";
import { renderingPool } from "./rendering/rendering-pool.ts";
import { sendObjects } from "./retrieval.ts";
import { searching } from "./search/searching.ts";
import { storing } from "./storing/storing.ts";

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

const study = "/studies/:study";
const series = `${study}/series/:series`;
const instance = `${series}/instances/:instance`;

/** Adds the routes below /dicomweb. */
export function dicomWeb(limits: ServerLimits): RouteRoom {
  return (app, node, guard) => {
    const rendering = renderingPool();
    app.addHook("onClose", () => rendering.close());
    app.register(
      async (room) => {
        // Nothing of a body is held in memory, whatever it is: whoever stores it reads the stream, or says that it is none of theirs.
        room.removeAllContentTypeParsers();
        room.addContentTypeParser("*", (_, payload, done) => done(null, payload));
        const take = storing(node, limits);
        for (const url of ["/studies", study]) room.post(url, { onRequest: guard("intake.write") }, take);
        const onRequest = guard("studies.read");
        const add = (url: string, onSend: onSendAsyncHookHandler, handler: Handler) =>
          room.get(url, { onRequest, onSend, exposeHeadRoute: false }, handler);
        const [list, found] = [recordsList(node), recordsStudy(node, "study", "search")];
        for (const [url, handler] of Object.entries(searches(node)))
          add(url, url.startsWith(study) ? found : list, handler);
        const addReads = (handlers: Record<string, Handler>, what: ReadThing, action: ReadAction) => {
          const recorded = recordsStudy(node, what, action);
          for (const [url, handler] of Object.entries(handlers))
            add(url, recorded, recordingRefusals(node, what, action, handler));
        };
        addReads(retrievals(node), "images", "retrieve");
        addReads(metadata(node), "study", "view");
        addReads(pictures(node, rendering), "images", "view");
      },
      { prefix: dicomWebPath },
    );
  };
}

function searches(node: OpenNode): Record<string, Handler> {
  const search = searching(node);
  return {
    "/studies": search("study"),
    "/series": search("series"),
    "/instances": search("instance"),
    [`${study}/series`]: search("series"),
    [`${study}/instances`]: search("instance"),
    [`${series}/instances`]: search("instance"),
  };
}

function retrievals(node: OpenNode): Record<string, Handler> {
  const objects: Handler = (request, reply) => sendObjects(node, request, reply);
  return {
    [study]: objects,
    [series]: objects,
    [instance]: objects,
    [`${instance}/frames/:frames`]: (request, reply) => sendFrames(node, request, reply),
    [`${instance}/bulkdata/*`]: (request, reply) => sendBulkData(node, request, reply),
  };
}

function metadata(node: OpenNode): Record<string, Handler> {
  const send: Handler = (request, reply) => sendMetadata(node, request, reply);
  return Object.fromEntries([study, series, instance].map((level) => [`${level}/metadata`, send]));
}

function pictures(node: OpenNode, rendering: ReturnType<typeof renderingPool>): Record<string, Handler> {
  const rendered: Handler = (request, reply) => sendRendered(node, rendering, request, reply);
  const thumbnail: Handler = (request, reply) => sendThumbnail(node, rendering, request, reply);
  return {
    [`${instance}/rendered`]: rendered,
    [`${instance}/frames/:frames/rendered`]: rendered,
    [`${study}/thumbnail`]: thumbnail,
    [`${series}/thumbnail`]: thumbnail,
    [`${instance}/thumbnail`]: thumbnail,
    [`${instance}/frames/:frames/thumbnail`]: thumbnail,
  };
}
