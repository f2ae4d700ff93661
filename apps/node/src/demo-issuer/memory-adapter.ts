// What the demonstration's issuer remembers: in memory, for minutes, a bounded number of things.
import type { Adapter, AdapterPayload } from "oidc-provider";

const most = 5000;

/** Makes adapters that share one memory. */
export function memoryAdapters(nowMs: () => number): (model: string) => Adapter {
  const kept = new Map<string, { readonly payload: AdapterPayload; readonly endsAt: number }>();
  return (model) => {
    const keyOf = (id: string) => `${model} ${id}`;
    const read = (id: string): AdapterPayload | undefined => {
      const found = kept.get(keyOf(id));
      return found !== undefined && found.endsAt > nowMs() ? found.payload : undefined;
    };
    const find = (wanted: Partial<AdapterPayload>) => {
      const [name, value] = Object.entries(wanted)[0] ?? [];
      const found = [...kept].find(
        ([key, { payload }]) => key.startsWith(`${model} `) && payload[name as keyof AdapterPayload] === value,
      );
      return found && read(found[0].slice(model.length + 1));
    };
    return {
      upsert: async (id, payload, seconds) => {
        kept.delete(keyOf(id));
        for (const oldest of kept.keys()) {
          if (kept.size < most) break;
          kept.delete(oldest);
        }
        kept.set(keyOf(id), { payload, endsAt: nowMs() + (seconds || 600) * 1000 });
      },
      find: async (id) => read(id),
      findByUid: async (uid) => find({ uid }),
      findByUserCode: async (userCode) => find({ userCode }),
      consume: async (id) => {
        const payload = read(id);
        if (payload !== undefined) payload.consumed = Math.floor(nowMs() / 1000);
      },
      destroy: async (id) => void kept.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
      },
    };
  };
}
