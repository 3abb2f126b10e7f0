/** Host: plays one street after the other behind the channel, as a person chooses them. */
import { chosen, streetName, type TownStreets } from "../options/choice.js";
import { optionsOf } from "../options/options.js";
import { type Values, without } from "../options/values.js";
import type { Follower } from "../page/server/answers.js";
import type { Desk } from "../page/server/desk.js";
import type { PageTown } from "../page/server/pagetown.js";
import type { Helper } from "../report/comparisons.js";
import { runOf } from "../run/made.js";
import { prepare } from "../run/scenario.js";
import { watch } from "../session/watched.js";
import { type Kit, sourcesOf, type TownKit } from "./kit.js";
import type { FromWorker, ToWorker } from "./protocol.js";
import { stageOf } from "./stage.js";

/** Nobody ceases to wait for a worker. */
const ALWAYS = new AbortController().signal;

interface Followed {
	readonly path: string;
	readonly fields: object;
	leave: () => void;
}

export class Host {
	#desk: Desk | undefined;
	/** Streams that pages follow, by their number. */
	readonly #followed = new Map<number, Followed>();

	constructor(
		private readonly kit: Kit,
		private readonly helper: Helper,
		private readonly post: (message: FromWorker) => void,
	) {}

	/**
	 * Plays the street of the page with the options of its address, then those that are chosen. Rejects if a
	 * run fails.
	 */
	async play(own: Values, address: Values): Promise<void> {
		const { town } = this.kit;
		const streets = town && streetsOf(town);
		const isChosen = address.scenario !== undefined || address.poles !== undefined;
		const start = { ...own, ...without(address, ["scenario", "poles"]) };
		let values = isChosen ? address : chosen("", start, streets);
		for (;;) {
			const next = await this.#playOne(values, own);
			if (next === undefined) return;
			values = chosen(next, start, streets);
		}
	}

	/** Answers a message of the page. */
	async take(message: ToWorker): Promise<void> {
		if (message.kind === "read" || message.kind === "act") {
			const { kind, id, path, fields } = message;
			const answer = await this.#desk?.[kind](path, fields as never, ALWAYS);
			this.post({ kind: "answer", id, answer });
		} else if (message.kind === "follow") {
			const { id, path, fields } = message;
			this.#followed.set(id, { path, fields, leave: () => {} });
			this.#join(id);
		} else if (message.kind === "leave") {
			this.#followed.get(message.id)?.leave();
			this.#followed.delete(message.id);
		}
	}

	/** @returns the choice that ended the run; undefined: its planned end */
	async #playOne(values: Values, own: Values): Promise<string | undefined> {
		const options = optionsOf(values, sourcesOf(this.kit));
		const scenario = prepare(options);
		if (typeof scenario === "string") throw new Error(scenario);
		const stage = await stageOf(this.kit, options, scenario);
		const made = runOf(stage, this.kit.shelf, undefined);
		let next: string | undefined;
		const startScenario = (name: string) => {
			next = name;
			made.run.street.stop();
		};
		const desk = watch({
			made,
			observation: made.observation!,
			network: stage.network,
			values: { ...values, seed: String(options.seed), "lamp-response": true },
			inputs: differing(values, own),
			helper: this.helper,
			...this.kit,
			town:
				this.kit.town && pageTownOf(this.kit.town, (street) => startScenario(streetName(street))),
			startScenario,
		});
		this.#desk = desk;
		for (const id of this.#followed.keys()) this.#join(id);
		try {
			const why = await made.run.go();
			if (why !== undefined) throw new Error(why);
			desk.close(undefined, next !== undefined);
			return next;
		} catch (error) {
			desk.close((error as Error).message);
			throw error;
		} finally {
			this.#desk = undefined;
			await stage.network.close();
			stage.fleet.dispose();
		}
	}

	/** A page joins a stream of the run; it joins that of the next run by itself. */
	#join(id: number): void {
		const followed = this.#followed.get(id)!;
		const page: Follower = {
			backlog: 0, // messages of a worker wait for nobody's connection
			send: (name, message) => this.post({ kind: "message", id, name, message }),
			end() {},
			drop: () => this.#join(id),
		};
		const leave = this.#desk?.follow(followed.path, followed.fields as never, page);
		if (!leave) return;
		followed.leave = leave;
		this.post({ kind: "joined", id });
	}
}

/** The options that are not those of the page. */
function differing(values: Values, own: Values): Values {
	const isOther = ([name, value]: [string, unknown]) => String(value) !== String(own[name]);
	return Object.fromEntries(Object.entries(values).filter(isOther));
}

const streetsOf = ({ first, streets }: TownKit): TownStreets => ({
	first,
	streetValues: (street) => streets[street],
});

/** Without the import of another file, which needs a machine's cores for an hour. */
function pageTownOf(town: TownKit, begin: (street: number) => void): PageTown {
	return {
		isFirst: true,
		town: town.town,
		progress: town.progress,
		night: (option) => (Object.hasOwn(town.nights, option) ? town.nights[option] : undefined),
		attend() {},
		start(street) {
			if (!town.streets[street]) return false;
			begin(street);
			return true;
		},
		read: () => undefined,
		open: () => undefined,
	};
}
