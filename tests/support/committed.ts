/** Committed: rows of a database at the instant at which a PUBACK is written to a socket. */
import { Socket } from "node:net";
import { DatabaseSync } from "@photostructure/sqlite";

/** First byte of a PUBACK. */
const PUBACK = 0x40;

/**
 * From now on until `end`; another connection reads what is committed. `rowsOf`: of SQL, behind "from".
 * `port`: of the broker, if its process has others, which acknowledge messages themselves.
 */
export function committedAt(
	address: string,
	rowsOf: string,
	port?: () => number,
): { readonly rows: readonly number[]; end(): readonly number[] } {
	const rows: number[] = [];
	const { write } = Socket.prototype;
	Socket.prototype.write = function (this: Socket, ...args: unknown[]) {
		const [bytes] = args;
		const isThere = port === undefined || this.remotePort === port();
		if (isThere && Buffer.isBuffer(bytes) && bytes[0] === PUBACK) {
			const db = new DatabaseSync(address);
			const counted = db.prepare(`select count(*) as n from ${rowsOf}`).get();
			rows.push((counted as { n: number }).n);
			db.close();
		}
		return write.apply(this, args as Parameters<typeof write>);
	} as typeof write;
	const end = () => {
		Socket.prototype.write = write;
		return rows;
	};
	return { rows, end };
}
