// What intakes have registered, for whoever listens: the log's lines.

/** What one settling of an intake came to. */
export interface Registration {
  readonly studies: number;
  /** Objects registered now. */
  readonly objects: number;
  /** Files refused since the settling before. */
  readonly refused: number;
  /** How long registering took. */
  readonly durationMs: number;
}

/** Where intakes tell, and others hear. */
export interface Registrations {
  tell(registration: Registration): void;
  /** Hears of every one, until the returned function is called. */
  onRegistered(listener: (registration: Registration) => void): () => void;
}

export function registrations(): Registrations {
  const listeners = new Set<(registration: Registration) => void>();
  return {
    tell: (registration) => {
      for (const listener of listeners) listener(registration);
    },
    onRegistered: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
