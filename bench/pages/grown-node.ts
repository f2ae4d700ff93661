// A node whose log grows from size to size, for those who measure what people see: closed while nobody looks.
import { join } from "node:path";
import { openNode } from "@fiducial/node";
import { manyStudies } from "../../apps/node/src/scratch/many-studies.ts";
import { type ServedProcess, startServed } from "../../apps/node/src/scratch/served-process.ts";

export interface GrownNode {
  /** How many studies it has registered. */
  readonly size: number;
  grow(size: number): Promise<void>;
  /** Serves it, with the page if one is given, while `work` runs. */
  whileServed<Result>(page: string | undefined, work: (served: ServedProcess) => Promise<Result>): Promise<Result>;
}

/** Makes one in `folder`. */
export function grownNode(folder: string): GrownNode {
  const places = { data: join(folder, "data"), keys: join(folder, "keys") };
  let size = 0;
  return {
    get size() {
      return size;
    },
    grow: async (wanted) => {
      const node = await openNode({ ...places, create: true });
      const register = await manyStudies(node, size);
      await register(wanted - size);
      await node.close();
      size = wanted;
    },
    whileServed: async (page, work) => {
      const served = await startServed({ ...places, page, settleMs: 100 });
      try {
        return await work(served);
      } finally {
        await served.stop();
      }
    },
  };
}
