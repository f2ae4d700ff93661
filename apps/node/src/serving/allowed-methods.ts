// Which methods an address takes, so that one that it does not take is told from an address that is none. RFC 9110 § 15.5.6.
import { NodeError } from "../node-error.ts";

/** A route as it was declared: `:name` stands for one segment. */
interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
}

/** What to answer to a request that came to no route: METHOD_NOT_ALLOWED with what is allowed there, or ROUTE_UNKNOWN. `url` may have a query. */
export function noRoute(routes: readonly DeclaredRoute[], url: string): NodeError {
  const asked = (url.split("?", 1)[0] ?? "").split("/");
  const methods = routes.filter((route) => leadsTo(route.url.split("/"), asked)).map(({ method }) => method);
  const allowed = [...new Set(methods)].filter((method) => method !== "ANY").flatMap(withHead);
  return allowed.length === 0
    ? new NodeError("ROUTE_UNKNOWN")
    : new NodeError("METHOD_NOT_ALLOWED", { allow: allowed.sort().join(", ") });
}

// What stands behind a star is known to whoever answers there.
function leadsTo(declared: readonly string[], asked: readonly string[]): boolean {
  return (
    declared.length === asked.length &&
    declared.every((part, at) => (part.startsWith(":") ? asked[at] !== "" : part !== "*" && part === asked[at]))
  );
}

// HEAD is answered as GET is.
function withHead(method: string): string[] {
  return method === "GET" ? ["GET", "HEAD"] : [method];
}
