// QIDO-RS: studies, series and instances that match. DICOM PS3.18 § 10.6.
import { dicomJsonText } from "@fiducial/dicom/dicomweb";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OpenNode } from "../../../compose.ts";
import { NodeError } from "../../../node-error.ts";
import { places } from "../../../serving/places.ts";
import { baseOf, type NamedUids, uidsIn } from "../addresses.ts";
import { acceptedBy, chooseType, jsonTypes, sendJson } from "../negotiation.ts";
import { noteListed } from "../recorded.ts";
import { candidates } from "./candidates.ts";
import { type Level, tagOf } from "./levels.ts";
import { matches } from "./matching.ts";
import { instanceRows, type Row, seriesRows, shownOf, studyRow } from "./rows.ts";
import { type SearchQuery, searchQuery } from "./search-query.ts";

/** Answers a search. Rejects with REQUEST_INVALID, MATCH_UNSUPPORTED, NOT_ACCEPTABLE, BUSY. */
export type Search = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Searches that are under way at a time: each opens what is sealed. */
const mostSearches = 16;

/** Makes the searches of a node. */
export function searching(node: OpenNode): (level: Level) => Search {
  const seats = places(mostSearches, "BUSY");
  return (level) => async (request, reply) => {
    const type = chooseType(acceptedBy(request), jsonTypes);
    const isBelowStudy = (request.params as { study?: string }).study !== undefined;
    const query = withUids(searchQuery(level, request.query), isBelowStudy ? uidsIn(request) : undefined);
    const leave = seats.take();
    try {
      const { rows, studies, warnings } = await found(node, query, baseOf(request));
      noteListed(request, studies);
      if (warnings.length > 0) reply.header("warning", warnings.map((text) => `299 fiducial "${text}"`).join(", "));
      const texts = rows.map((row) => dicomJsonText(shownOf(row, query, isBelowStudy)));
      return sendJson(reply, type, `[${texts.join(",")}]`);
    } finally {
      leave();
    }
  };
}

/** What is said of an answer that is not all that was asked for. */
const warnings = {
  fuzzy: "Fuzzy matching is not done here: names were matched by the letter.",
  more: "There are more results. Ask on with offset, or narrow the search.",
  cut: "The search opened as many studies as one may, the newest, and found no key. Give a patient id, an accession number, a UID, or fewer results.",
} as const;

interface Found {
  readonly rows: readonly Row[];
  /** Handles of the studies that the rows are of. */
  readonly studies: readonly string[];
  readonly warnings: readonly string[];
}

async function found(node: OpenNode, query: SearchQuery, base: string): Promise<Found> {
  const { studies, isCut } = candidates(node, query);
  const listed = new Set<string>();
  const said: string[] = query.wantsFuzzy ? [warnings.fuzzy] : [];
  const rows: Row[] = [];
  let passed = 0;
  for await (const study of studies)
    for (const row of await rowsOf(node, study, query, base)) {
      if (!fits(row, query) || passed++ < query.offset) continue;
      if (rows.length === query.limit) return { rows, studies: [...listed], warnings: [...said, warnings.more] };
      rows.push(row);
      listed.add(study);
    }
  return { rows, studies: [...listed], warnings: isCut() ? [...said, warnings.cut] : said };
}

async function rowsOf(node: OpenNode, study: string, query: SearchQuery, base: string): Promise<readonly Row[]> {
  if (query.level === "series") return seriesRows(node, study, query, base);
  if (query.level === "instance") return instanceRows(node, study, query, base);
  const row = await studyRow(node, study, query, base);
  return row === undefined ? [] : [row];
}

function fits(row: Row, query: SearchQuery): boolean {
  return [...query.matches].every(([tag, asked]) => {
    // At series and instance level the modalities of the study are those of the rows themselves.
    const own = tag === modalities && query.level !== "study" ? row.get(modality) : row.get(tag);
    return matches(own, asked);
  });
}

const [modalities, modality] = [tagOf("ModalitiesInStudy"), tagOf("Modality")];

// UIDs in the address are matched like those in the query, which may not contradict them.
function withUids(query: SearchQuery, uids: NamedUids | undefined): SearchQuery {
  if (uids === undefined) return query;
  const all = new Map(query.matches);
  const given = [
    [tagOf("StudyInstanceUID"), uids.study],
    [tagOf("SeriesInstanceUID"), uids.series],
  ] as const;
  for (const [tag, uid] of given) {
    if (uid === undefined) continue;
    if (all.get(tag)?.includes(uid) === false) throw new NodeError("REQUEST_INVALID");
    all.set(tag, [uid]);
  }
  return { ...query, matches: all };
}
