/** Fault: a request that is refused, with its status by HTTP. */
export class Fault extends Error {
	constructor(
		readonly statusCode: number,
		message: string,
	) {
		super(message);
	}
}
