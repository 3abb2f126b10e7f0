/** Archive: files as one, in the format of tar (POSIX ustar). */

const BLOCK = 512;
/** 2000-01-01, so that the same files are the same archive. */
const TIME = 946_684_800;
/** Characters of a name, and of the folder before it. */
const NAME_MOST = 100;

/** Paths of 100 characters at most, or of 255 if a slash divides them so; throws for another. */
export function archiveOf(files: ReadonlyMap<string, Uint8Array>): Buffer {
	const parts = [...files].flatMap(([path, bytes]) => {
		const rest = (BLOCK - (bytes.length % BLOCK)) % BLOCK;
		return [headerOf(path, bytes.length), bytes, Buffer.alloc(rest)];
	});
	return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function headerOf(path: string, size: number): Buffer {
	const cut = path.length > NAME_MOST ? path.indexOf("/", path.length - NAME_MOST - 1) : -1;
	const [folder, name] = [path.slice(0, Math.max(0, cut)), path.slice(cut + 1)];
	if (name.length > NAME_MOST || folder.length > 155) throw new Error(`${path}: too long a name`);
	const header = Buffer.alloc(BLOCK);
	const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
	header.write(name, 0);
	header.write(octal(0o644, 7) + octal(0, 7) + octal(0, 7), 100);
	header.write(octal(size, 11) + octal(TIME, 11), 124);
	header.write("        0", 148); // the sum is made with blanks in its place
	header.write("ustar\x0000", 257, "latin1");
	header.write(folder, 345);
	header.write(
		`${octal(
			header.reduce((sum, byte) => sum + byte, 0),
			6,
		)} `,
		148,
	);
	return header;
}
