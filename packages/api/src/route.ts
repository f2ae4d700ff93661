// What one address of the HTTP surface is: what it takes, and what it answers.
import type { z } from "zod";

/** What one address takes and answers. */
export interface Route {
  readonly method: "GET" | "POST";
  /** With parameters in braces. */
  readonly path: `/${string}`;
  readonly says: string;
  readonly parameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** Bytes of a JSON body, where that is more than a megabyte. */
  readonly largestBody?: number;
  /** The media type of a body that is no JSON: taken as it comes. */
  readonly upload?: `${string}/${string}`;
  /** The answer's schema when it is JSON; else its media type. */
  readonly answer: z.ZodType | `${string}/${string}`;
  /** Codes besides those of every address. */
  readonly problems: readonly string[];
}
