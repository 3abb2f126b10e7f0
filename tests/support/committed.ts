/** Committed: rows of a database at the instant at which a PUBACK is written to a socket. */
import { Socket } from "node:net";
import { DatabaseSync } from "@photostructure/sqlite";

/** First byte of a PUBACK. */
const PUBACK = 0x40;

/** From now on until `end`; another connection reads what is committed. `rows`: of SQL, behind "from". */
export function committedAt(
	address: string,
	rowsOf: string,
): { readonly rows: readonly number[]; end(): readonly number[] } {
	const rows: number[] = [];
	const { write } = Socket.prototype;
	Socket.prototype.write = function (this: Socket, ...words: unknown[]) {
		const [bytes] = words;
		if (Buffer.isBuffer(bytes) && bytes[0] === PUBACK) {
			const db = new DatabaseSync(address);
			const counted = db.prepare(`select count(*) as n from ${rowsOf}`).get();
			rows.push((counted as { n: number }).n);
			db.close();
		}
		return write.apply(this, words as Parameters<typeof write>);
	} as typeof write;
	const end = () => {
		Socket.prototype.write = write;
		return rows;
	};
	return { rows, end };
}
