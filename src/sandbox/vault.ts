/** A file that came in. */
export interface Stored {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** In bytes; older files make room beyond it. */
const MOST = 256 * 1024 * 1024;

/** The files of every session, in memory, as long as there is room. */
export class Vault {
  readonly #files = new Map<string, Stored>();
  #size = 0;

  put(id: string, file: Stored): void {
    this.#files.set(id, file);
    this.#size += file.bytes.length;
    for (const oldest of this.#files.keys()) {
      if (this.#size <= MOST || oldest === id) return;
      this.remove(oldest);
    }
  }

  get(id: string): Stored | undefined {
    return this.#files.get(id);
  }

  remove(id: string): void {
    this.#size -= this.#files.get(id)?.bytes.length ?? 0;
    this.#files.delete(id);
  }

  clear(): void {
    this.#files.clear();
    this.#size = 0;
  }
}
