// What is recorded of a copy that was not as registered: of which object it is, with the way there, and in what it differs.
import type { ComparedCopy } from "@fiducial/api";
import { type AttributeClass, attributeClass } from "@fiducial/dicom";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useWording } from "../i18n/language.tsx";
import { useMay } from "./session.ts";

/** The lines. `result` is the comparison's; objects are links for whoever may see studies. */
export function ComparedObjects({
  study,
  result,
  compared: { objects, more, attributes },
}: {
  readonly study: string | undefined;
  readonly result: string;
  readonly compared: ComparedCopy;
}): ReactNode {
  const { t, formats } = useWording();
  const words = t.imaging.compared;
  const maySee = useMay("studies.read") === true;
  const classes = countedClasses(attributes).map(([name, count]) =>
    words.ofClass(t.verify.classes[name], formats.count(count)),
  );
  return (
    <div className="compared size-12 second">
      {objects.length + more > 0 && (
        <div>
          {words.of}{" "}
          {objects.map(({ statementId, item, seriesNumber, instanceNumber }, at) => {
            const name = words.object(textOf(instanceNumber), textOf(seriesNumber));
            return (
              <span key={`${statementId}/${item}`}>
                {at > 0 && ", "}
                {maySee && study !== undefined ? (
                  <Link
                    to="/studies/$study"
                    params={{ study }}
                    search={{ statement: statementId, item }}
                    className="link"
                  >
                    {name}
                  </Link>
                ) : (
                  name
                )}
              </span>
            );
          })}
          {more > 0 && ` ${words.more(more, objects.length)}`}
        </div>
      )}
      <div>
        {result === "altered" ? words.content : words.header}{" "}
        {classes.length === 0 ? words.noAttributes : words.attributes(classes.join(", "))}
      </div>
    </div>
  );
}

/** How many of the tags are of each class, the gravest class first. */
export function countedClasses(tags: readonly string[]): (readonly [AttributeClass, number])[] {
  const counts: Record<AttributeClass, number> = { identity: 0, geometry: 0, other: 0, coercible: 0 };
  // Private attributes have odd groups, and mean what their makers say.
  for (const tag of tags) counts[attributeClass(Number.parseInt(tag, 16), isPrivate(tag) ? "private" : "")]++;
  return (Object.entries(counts) as [AttributeClass, number][]).filter(([, count]) => count > 0);
}

function isPrivate(tag: string): boolean {
  return Number.parseInt(tag.slice(0, 4), 16) % 2 === 1;
}

function textOf(number: number | undefined): string | undefined {
  return number === undefined ? undefined : String(number);
}
