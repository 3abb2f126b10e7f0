/** Plant: a defect as an edit of one module of the firmware. */
export interface Plant {
	/** The defect, in a word or two. */
	readonly what: string;
	/** The check that must fail. */
	readonly trips: string;
	/** Module specifier in the machine. */
	readonly specifier: string;
	readonly find: string;
	readonly replace: string;
	/** The scenario in which it shows; absent: an evening and a night of the default street. */
	readonly scenario?: string;
	/** It shows on a bus alone: the search draws streets of D4i drivers. */
	readonly board?: "zhaga";
}
