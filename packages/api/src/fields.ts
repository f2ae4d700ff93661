// The shapes that several answers are made of. Hex is lower case, times are as docs/formats/statement.md has them.
import { z } from "zod";

/** 128 random bits standing for a study, an actor or an organization in one scope: 32 hex digits. */
export const HandleField = z.string().regex(/^[0-9a-f]{32}$/);
/** A SHA-256 digest: 64 hex digits. */
export const DigestField = z.string().regex(/^[0-9a-f]{64}$/);
/** A log's origin. docs/formats/statement.md. */
export const OriginField = z.string().min(2).max(128);
/** The place of an entry in its log, from 0. */
export const IndexField = z.int().min(0);
/** How many entries a log, or things a list, has. */
export const SizeField = z.int().min(0);
/** A UTC time with milliseconds. */
export const UtcTimeField = z.iso.datetime({ precision: 3 });
/** When something happened, with its own UTC offset or, as DICOM often leaves it, without. */
export const OffsetTimeField = z.iso.datetime({ precision: 3, offset: true, local: true });
/** A day of the Gregorian calendar, in UTC. */
export const DayField = z.iso.date();
/** Any JSON value. */
export const JsonField = z.json();
/** A JSON object, by member. */
export const JsonObjectField = z.record(z.string(), JsonField);
