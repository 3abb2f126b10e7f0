/**
 * Vault place: where the page's vault lies, and how its file is replaced there.
 *
 * In place, the page first opens a writer: the browser's swap file appears beside the vault, and programs
 * of ours wait from then on (lib/files.ts). Those that did not see it yet have replaced the vault after
 * SETTLED; then the page reads it, writes, and lets the browser rename. Without that the vault is handed
 * over as a download, and its file is only watched for changes.
 */
import { Trouble } from "../../../lib/text/trouble.js";
import { text } from "../../laptop/text/texts.js";
import { save } from "./files.js";

export interface VaultPlace {
	readonly name: string;
	/** The text that is there now; empty for a new vault. Throws `Trouble`. */
	read(): Promise<string>;
	/**
	 * Replaces the text by what `work` makes of it; undefined leaves it. `work` runs again if another
	 * program has changed the text meanwhile. Throws `Trouble`; nothing is written then.
	 */
	change(work: (before: string) => Promise<string | undefined>): Promise<void>;
}

interface Writer {
	write(text: string): Promise<void>;
	close(): Promise<void>;
	abort(): Promise<void>;
}

/** A file that the page may write (WICG File System Access; Chrome and Edge). */
export interface FileInPlace {
	readonly name: string;
	getFile(): Promise<Pick<File, "text">>;
	/** `exclusive`: rejects while another tab writes. */
	createWritable(options: { readonly mode: "exclusive" }): Promise<Writer>;
	requestPermission(options: { readonly mode: "readwrite" }): Promise<string>;
}

type Picker = () => Promise<readonly FileInPlace[]>;

/** ms from a program's look for a swap file until it has replaced the vault: a rename, with time to spare. */
export const SETTLED = 300;
/** ms for which other programs may write one after the other. */
const WITHIN = 5_000;
const LOOK_EACH = 50;

/** The browser's dialogue for a file that is there and stays; undefined: it has none. */
export function openPickerOf(page: object): Picker | undefined {
	return (page as { showOpenFilePicker?: Picker }).showOpenFilePicker?.bind(page);
}

/** The file that a person chooses, with the right to change it; undefined: the dialogue was closed. */
export async function pickedInPlace(picker: Picker): Promise<FileInPlace | undefined> {
	const [file] = await picker().catch(() => []);
	if (!file) return undefined;
	if ((await file.requestPermission({ mode: "readwrite" })) === "granted") return file;
	throw new Trouble(text("noRight", file.name));
}

const pause = (ms: number) => new Promise((later) => setTimeout(later, ms));

/** A vault that is changed where it lies. */
export class InPlace implements VaultPlace {
	readonly name: string;
	readonly #file: FileInPlace;

	constructor(file: FileInPlace) {
		this.name = file.name;
		this.#file = file;
	}

	async read(): Promise<string> {
		return (await this.#file.getFile()).text();
	}

	async change(work: (before: string) => Promise<string | undefined>): Promise<void> {
		for (const until = performance.now() + WITHIN; ; await pause(LOOK_EACH)) {
			const writer = await this.#writer();
			if (writer && (await this.#hasChanged(writer, work))) return;
			if (performance.now() > until) throw new Trouble(text("vaultBusy", this.name));
		}
	}

	/** Undefined while another tab writes. */
	async #writer(): Promise<Writer | undefined> {
		try {
			return await this.#file.createWritable({ mode: "exclusive" });
		} catch (error) {
			const { name } = error as DOMException;
			if (name === "NoModificationAllowedError") return undefined;
			if (name === "NotAllowedError") throw new Trouble(text("noRight", this.name));
			throw new Trouble(text("unwritable", this.name, name));
		}
	}

	/** Ends the writer in any case. @returns whether `work` is done */
	async #hasChanged(
		writer: Writer,
		work: (before: string) => Promise<string | undefined>,
	): Promise<boolean> {
		try {
			await pause(SETTLED);
			const before = await this.read();
			const after = await work(before);
			if (after !== undefined) await writer.write(after);
			const isSame = after === undefined || (await this.read()) === before;
			if (after !== undefined && isSame) await writer.close();
			else await writer.abort();
			return isSame;
		} catch (error) {
			await writer.abort().catch(() => {});
			throw error instanceof Trouble
				? error
				: new Trouble(text("unwritable", this.name, (error as Error).name));
		}
	}
}

/** A vault that is handed over as a download with each change. */
export class Downloads implements VaultPlace {
	readonly name: string;
	readonly #file: Pick<File, "text"> | undefined;
	readonly #save: (name: string, text: string) => void;
	/** The text of the file when it was first read, and the latest one. */
	#first: string | undefined;
	#text = "";

	/** `file`: the vault so far; undefined: a new one. */
	constructor(name: string, file: Pick<File, "text"> | undefined, hand = save) {
		this.name = name;
		this.#file = file;
		this.#save = hand;
	}

	async read(): Promise<string> {
		const found = await this.#found();
		if (this.#first === undefined) this.#text = this.#first = found ?? "";
		else if (found !== undefined && found !== this.#first) throw this.#changed();
		return this.#text;
	}

	async change(work: (before: string) => Promise<string | undefined>): Promise<void> {
		const after = await work(await this.read());
		if (after === undefined) return;
		this.#save(this.name, after);
		this.#text = after;
	}

	/** Undefined: there is none, or it was moved away. A browser refuses to read one that has changed. */
	async #found(): Promise<string | undefined> {
		try {
			return await this.#file?.text();
		} catch (error) {
			if ((error as DOMException).name === "NotFoundError" && this.#first !== undefined)
				return undefined;
			throw this.#changed();
		}
	}

	#changed(): Trouble {
		return new Trouble(text("vaultChanged", this.name));
	}
}
