// One security event: a closed set of fields, none of which names a patient or tells what somebody looked for.
import { randomUUID } from "node:crypto";
import type { CallerType } from "../serving/caller.ts";
import type { EventOutcome, SecurityEventCode } from "./event-table.ts";

/** Who did it, as far as the trail may tell. */
export interface EventActor {
  readonly type: CallerType | "software";
  /** The handle of an actor on the log: random, and a name only to whoever has the vault. */
  readonly handle?: string;
  readonly role?: string;
  /** A machine's AE title, as it is declared in the configuration. */
  readonly aeTitle?: string;
}

/** What is told of an event. */
export interface EventFacts {
  readonly outcome?: EventOutcome;
  readonly actor?: EventActor;
  /** The address of the machine that asked. */
  readonly address?: string;
  /** The address asked for, as the program declares it. */
  readonly route?: string;
  /** Why it was refused, or failed: a code of docs/errors.md; of a token that of RFC 6749 § 5.2, in capitals. */
  readonly code?: string;
  /** The statement that says it: its kind, id (hex) and entry. */
  readonly kind?: string;
  readonly statementId?: string;
  readonly index?: number;
  /** How many events went unsent. */
  readonly count?: number;
}

/** An event. */
export interface SecurityEvent extends EventFacts {
  /** A UUID, by which a receiver tells that an event came twice. */
  readonly id: string;
  readonly event: SecurityEventCode;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly outcome: EventOutcome;
}

const shapes = {
  outcome: /^(?:success|refused|failed)$/,
  address: /^[0-9A-Fa-f.:]{2,45}$/,
  route: /^(?:none|\/[A-Za-z0-9/:*._{}-]{0,120})$/,
  code: /^[A-Z][A-Z0-9_]{1,63}$/,
  kind: /^[a-z]+(?:\.[a-z-]+){2}$/,
  statementId: /^[0-9a-f]{64}$/,
} as const;

/** Makes an event of facts. What does not have a fact's shape is left out: nothing else may travel in its place. */
export function securityEvent(event: SecurityEventCode, facts: EventFacts, nowMs: number): SecurityEvent {
  const kept: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const value = facts[name as keyof typeof shapes];
    if (typeof value === "string" && shape.test(value)) kept[name] = value;
  }
  for (const name of ["index", "count"] as const)
    if (Number.isSafeInteger(facts[name]) && Number(facts[name]) >= 0) kept[name] = facts[name];
  const actor = actorOf(facts.actor);
  return {
    outcome: "success",
    ...kept,
    ...(actor === undefined ? {} : { actor }),
    id: randomUUID(),
    event,
    at: new Date(nowMs).toISOString(),
  };
}

const actorShapes = {
  handle: /^[0-9a-f]{32}$/,
  role: /^[a-z-]{1,32}$/,
  aeTitle: /^[\x20-\x5b\x5d-\x7e]{1,16}$/,
} as const;

function actorOf(actor: EventActor | undefined): EventActor | undefined {
  if (actor === undefined || !["anonymous", "local", "person", "machine", "software"].includes(actor.type))
    return undefined;
  const kept = Object.entries(actorShapes).filter(([name, shape]) =>
    shape.test(actor[name as keyof typeof actorShapes] ?? ""),
  );
  return {
    type: actor.type,
    ...Object.fromEntries(kept.map(([name]) => [name, actor[name as keyof typeof actorShapes]])),
  };
}
