// Definitions of what resources here have that FHIR's own have not: StructureDefinition.
import { structureDefinitions } from "@fiducial/fhir";
import type { ServedRoom } from "./served.ts";
import { idParameter, plain } from "./values.ts";

const all = structureDefinitions();

/** Our extensions, by number. */
export const definitions: ServedRoom<number> = {
  type: "StructureDefinition",
  says: "The extensions that this service uses.",
  permission: "public",
  parameters: {
    _id: idParameter((_, id) => numberOf(({ id: other }) => other === id)),
    url: {
      type: "uri",
      says: "The address by which resources name the extension.",
      find: (_, value) => {
        const found = numberOf(({ url }) => url === plain(value));
        return found === undefined ? [] : [found];
      },
    },
  },
  place: (number) => -number / all.length,
  list: (_, { after, before }) =>
    all.map((_, number) => number).filter((number) => -number / all.length > after && -number / all.length < before),
  one: (_, id) => numberOf(({ id: other }) => other === id),
  resource: (_, number) => all[number] as (typeof all)[number],
};

function numberOf(isSought: (definition: (typeof all)[number]) => boolean): number | undefined {
  const number = all.findIndex(isSought);
  return number === -1 ? undefined : number;
}
