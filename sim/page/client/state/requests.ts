/** Requests: what the page asks of the simulation, by the channel that it was opened with. */
import type { Acts, Channel, Listeners, Reads, Streams } from "../../channel.js";

let channel: Channel;

/** From now on the page speaks to that simulation. */
export function use(next: Channel): void {
	channel = next;
}

/** Changes the run or asks a lamp; undefined: there is no simulation, or it refuses. */
export function ask<P extends keyof Acts>(
	path: P,
	fields: Acts[P][0],
): Promise<Acts[P][1] | undefined> {
	return channel.act(path, fields);
}

/** Reads what changes nothing; undefined when there is none. */
export function read<P extends keyof Reads>(
	path: P,
	fields: Reads[P][0],
): Promise<Reads[P][1] | undefined> {
	return channel.read(path, fields);
}

/** @returns leaves the stream */
export function follow<P extends keyof Streams>(
	path: P,
	fields: Streams[P][0],
	listeners: Listeners<Streams[P][1]>,
): () => void {
	return channel.follow(path, fields, listeners);
}
