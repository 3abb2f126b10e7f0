/**
 * Factory record: how far a controller came at a flash station, in the vault beside its secrets.
 *
 * A step is written down before it begins and after it is done, so that a plug that was pulled
 * anywhere leaves a controller that the next station goes on with.
 */
export interface FactoryRecord {
	/** The chip's own address, `aa:bb:cc:dd:ee:ff`: it finds the record. */
	readonly mac: string;
	readonly chip: string;
	readonly revision: string;
	readonly profile: string;
	/** Digest of the files that were written. */
	readonly image: string;
	/** The digest of the console secret, as the lamp stores it. */
	readonly console: string;
	/** Digest of the signed files that are sealed in. */
	readonly release?: string;
	/** Steps that are done, in their order. */
	readonly done: readonly string[];
	/** The step that was begun last and is not known to be done. */
	readonly doing?: string;
	/** Name of the station that began it. */
	readonly station: string;
	/** Verdicts of the self-test. */
	readonly tests?: Readonly<Record<string, string>>;
	/** Keys of this controller alone, base 64. */
	readonly keys?: Readonly<Record<"flash" | "nvs", string>>;
	/** Summaries of the eFuses that are neither empty nor open, before the first fuse and before the last. */
	readonly before?: Readonly<Record<string, string>>;
	readonly after?: Readonly<Record<string, string>>;
	/** Why the last step failed. */
	readonly failed?: string;
	/** Instant of the last change, RFC 3339. */
	readonly at: string;
}

/** The record with a step begun. */
export function begun(record: FactoryRecord, step: string, at: string): FactoryRecord {
	const { failed: _failed, ...rest } = record;
	return { ...rest, doing: step, at };
}

/** The record with its step done. */
export function finished(record: FactoryRecord, step: string, at: string): FactoryRecord {
	const { doing: _doing, failed: _failed, ...rest } = record;
	return { ...rest, done: [...rest.done.filter((each) => each !== step), step], at };
}
