// Back-pressure: how much may be under way at once. Whoever comes too early waits in line.

/** A number of places that are taken and given back. */
export interface Capacity {
  /** Waits for `count` places and takes them; the returned function gives them back, once. */
  take(count: number): Promise<() => void>;
}

/** Makes `most` places. One that asks for more than there are gets in when all are free. */
export function capacity(most: number): Capacity {
  const line: { readonly count: number; enter(): void }[] = [];
  let free = most;

  function admit(): void {
    for (let first = line[0]; first !== undefined && (first.count <= free || free === most); first = line[0]) {
      line.shift();
      free -= first.count;
      first.enter();
    }
  }

  return {
    take: (count) =>
      new Promise((resolve) => {
        let given = false;
        const giveBack = () => {
          if (given) return;
          given = true;
          free += count;
          admit();
        };
        line.push({ count, enter: () => resolve(giveBack) });
        admit();
      }),
  };
}
