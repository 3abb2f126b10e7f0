/** Exchange: another engine, which a person puts in the place of the page's. */

type Exchange = (module: Uint8Array) => void;
let exchange: Exchange | undefined;

/** From now on another engine begins the street anew. */
export function onEngine(act: Exchange): void {
	exchange = act;
}

/** Takes the engine in a file, a WebAssembly module. */
export async function useEngine(file: Blob): Promise<void> {
	exchange?.(new Uint8Array(await file.arrayBuffer()));
}
