// Where senders ask for an association: judged, counted, and told to the board.
import {
  type AssociateRequest,
  implementation,
  isStorageClass,
  negotiate,
  negotiateRoles,
  type ReceivedObject,
  verificationClass,
} from "@fiducial/dicom/dimse";
import type { AuditTrail } from "../../audit-trail/audit-trail.ts";
import type { Clock } from "../../intake/clock.ts";
import type { Inbox } from "../../intake/inbox.ts";
import type { NodeErrorCode } from "../../node-error.ts";
import type { ObjectStore } from "../../objects/object-store.ts";
import type { ConnectionBoard } from "../connection-board.ts";
import type { AssociationDesk, Judgement } from "./association.ts";
import { callerEvents } from "./caller-events.ts";
import { type CallerLine, callerLines } from "./caller-lines.ts";
import { callerPolicy, type Rejection, tooMany } from "./callers.ts";
import type { DimseSettings } from "./dimse-options.ts";
import { storageService } from "./storage-service.ts";
import { storeOperation } from "./store-operation.ts";

/** What of a node a listener needs. */
export interface DimseNode {
  readonly objects: Pick<ObjectStore, "newIncoming">;
  readonly inbox: Pick<Inbox, "receive">;
  readonly connections: Pick<ConnectionBoard, "line" | "listens">;
  /** Hears who was let in, and who was not. */
  readonly trail?: Pick<AuditTrail, "tell">;
}

/** A desk. */
export interface FrontDesk {
  /** Opens a visit for a connection from an address. */
  visit(address: string): Visit;
  /** Puts on the board that no TLS came about with an address. */
  tlsFailed(address: string): void;
}

/** What one connection says here. */
export interface Visit extends Pick<AssociationDesk, "judge" | "failed"> {
  /** The connection has ended: its place is free. */
  leave(): void;
}

/** Opens a desk. */
export function frontDesk(node: DimseNode, settings: DimseSettings, clock: Clock): FrontDesk {
  const events = callerEvents(node.trail ?? { tell: () => {} }, settings, clock);
  const lines = callerLines(node.connections, settings);
  const judgeCaller = callerPolicy(settings);
  const isTaken = (uid: string) => uid === verificationClass || isStorageClass(uid, settings.privateClasses);
  const places = placesByAddress(settings);

  function accept(request: AssociateRequest, caller: CallerLine): Judgement {
    const contexts = negotiate(request, isTaken);
    const accepted = contexts.flatMap(({ id, result, transferSyntax }, at) => {
      const { abstractSyntax = "" } = request.contexts[at] ?? {};
      return result === 0 ? [[id, { abstractSyntax, transferSyntax }] as const] : [];
    });
    if (accepted.length === 0) caller.line.failed("DIMSE_NOTHING_ACCEPTED");
    const begin = (object: ReceivedObject) =>
      storeOperation(object, {
        newPath: node.objects.newIncoming,
        objectBytes: settings.limits.objectBytes,
        receive: (path) => node.inbox.receive({ path, connection: caller.id }),
        line: caller.line,
      });
    const user = {
      maximumLength: settings.limits.pduBytes,
      implementationClassUid: implementation.classUid,
      implementationVersionName: implementation.versionName,
      roles: negotiateRoles(request, contexts),
    };
    return { contexts, user, service: storageService(new Map(accepted), begin, caller.line) };
  }

  return {
    tlsFailed: (address) => {
      lines.unknown.line.failed("DIMSE_TLS_FAILED");
      events.refused("DIMSE_TLS_FAILED", address);
    },
    visit: (address) => {
      let caller: CallerLine | undefined;
      let leave = () => {};
      return {
        judge: (request) => {
          caller = request.callingAe === "" ? lines.unknown : lines.of(request.callingAe);
          const place = places.take(address);
          const rejection: Rejection | undefined =
            judgeCaller(request, address) ?? (place === undefined ? tooMany : undefined);
          leave = place ?? leave;
          if (rejection === undefined) {
            events.accepted(request.callingAe, address);
            return accept(request, caller);
          }
          events.refused(rejection.code, address, request.callingAe);
          caller.line.failed(rejection.code);
          leave();
          leave = () => {};
          const { code: _, ...reject } = rejection;
          return { reject };
        },
        failed: (code: NodeErrorCode) => (caller ?? lines.unknown).line.failed(code),
        leave: () => leave(),
      };
    },
  };
}

/** Counts associations together and by address. Gives what frees the place again, or undefined when there is none. */
function placesByAddress({ limits }: DimseSettings): { take(address: string): (() => void) | undefined } {
  const byAddress = new Map<string, number>();
  let all = 0;
  const change = (address: string, by: number) => {
    const count = (byAddress.get(address) ?? 0) + by;
    all += by;
    if (count === 0) byAddress.delete(address);
    else byAddress.set(address, count);
  };
  return {
    take: (address) => {
      if (all >= limits.associations || (byAddress.get(address) ?? 0) >= limits.associationsPerAddress)
        return undefined;
      change(address, 1);
      return () => change(address, -1);
    },
  };
}
