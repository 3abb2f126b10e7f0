/**
 * Seen: the facts about one lamp that its promises are judged by.
 */
/** A revision that the CMS published. */
export interface Desired {
	readonly at: number;
	readonly section: string;
	readonly revision: number;
}

export interface Seen {
	online: boolean;
	onlineAt: number;
	life: number;
	/** Numbers of events that came, by life. */
	readonly events: Map<number, Set<number>>;
	/** Its last report of each section. */
	readonly reported: Map<string, string>;
	readonly desired: Desired[];
	powered: boolean;
	poweredAt: number;
	boots: number;
	/** Faults of power that fails within a write, and lives that one may have ended. */
	flashCuts: number;
	cutWrites: number;
	troubles: number;
	troubledAt: number;
	worn: boolean;
	typed: number;
	/** Ids of orders that are too old to be obeyed. */
	readonly stale: Set<string>;
	/** The least life that a nodeReplaced gives it. */
	givenLife: number;
	/** Instants of all inputs. */
	readonly inputs: number[];
	/** The revision that was judged last. */
	judged: Desired | undefined;
}

export function nothingSeen(): Seen {
	return {
		online: false,
		onlineAt: 0,
		life: 0,
		events: new Map(),
		reported: new Map(),
		desired: [],
		powered: false,
		poweredAt: 0,
		boots: 0,
		flashCuts: 0,
		cutWrites: 0,
		troubles: 0,
		troubledAt: 0,
		worn: false,
		typed: 0,
		stale: new Set(),
		givenLife: Infinity,
		inputs: [],
		judged: undefined,
	};
}
