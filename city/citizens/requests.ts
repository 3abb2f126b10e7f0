/**
 * Requests: residents' reports in the database, and the self-tests that they become.
 *
 * A report becomes the orders explain and selfTest of its lamp. Reports of one lamp within ten minutes
 * share one test, so that no number of them exhausts the orders that a lamp accepts. A report is closed
 * by a test that judged the lamp's light, or by a person with a reason; where that was impossible for a
 * time (by day, without contact, with a fault, while passers-by change the level), the lamp is tested
 * again afterwards.
 */
import type { Selectable } from "kysely";
import { decided, idOf } from "../audit.js";
import type { Database } from "../database.js";
import type { Letter } from "../inbox.js";
import type { Schema } from "../schema.js";
import { type Answer, answerOf, closedBy, obstacleOf, WAITING } from "./answer.js";
import { chainOf, type FactBook, type Findings, namesIn, refusalOf, testEnd } from "./facts.js";

export type Request = Schema["requests"];
type Test = Selectable<Schema["tests"]>;

interface RequestOptions {
	readonly db: Database;
	readonly site: string;
	readonly facts: FactBook;
	/** Sends an order to a lamp. */
	order(node: string, body: { readonly id: string; readonly command: string }): void;
	readonly zone: string;
	/** ms for the answer of a lamp. */
	readonly patience: number;
	/** ms between two tests of one lamp. */
	readonly again: number;
	now(): number;
}

/** A lamp that answers no test, or whose light a test did not show, is tested less often. */
const RARE_TIMES = 6;
/** Tests after dark of a lamp whose light none shows: it has no light sensor, or passers-by all night. */
const UNSEEN_MOST = 4;
/** Rows of one statement. */
const ROWS = 1_000;
/** ms after which the test begins without the reason of the level. */
const REASON_WITHIN = 10_000;

export class Requests {
	readonly #options: RequestOptions;
	/** The open ones, by lamp and identifier. */
	readonly #open = new Map<string, Map<string, Request>>();
	/** The latest test of each lamp that has an open request. */
	readonly #tests = new Map<string, Test>();
	readonly #timers = new Map<string, NodeJS.Timeout>();
	/** Tests that wait for the reason of the level. */
	readonly #begins = new Map<string, NodeJS.Timeout>();
	/** Lamps with a fault, without contact or under repair since their latest test. */
	readonly #obstructed = new Set<string>();
	/**
	 * Lamps that may have been repaired since the order of their latest test, although no fault is seen
	 * now: it was seen meanwhile, or reports were lost while the program or its connection was away.
	 */
	readonly #repairable = new Set<string>();
	/** Work on a lamp, one after the other. */
	#work: Promise<unknown> = Promise.resolve();
	#isClosed = false;

	constructor(options: RequestOptions) {
		this.#options = options;
	}

	/** Reads open requests; to be called before the first message. */
	async load(): Promise<void> {
		const { db, site } = this.#options;
		const requests = db.selectFrom("requests").selectAll().where("site", "=", site);
		for (const request of await requests.where("status", "=", "open").execute()) this.#put(request);
		for (const node of this.#open.keys()) {
			const test = await this.#latestTest(node);
			if (!test) continue;
			this.#tests.set(node, test);
			if (this.#findings(test)) this.#obstructed.add(node); // its facts of then are lost
		}
	}

	/** A connection begins: reports from before it may be lost. */
	connected(): void {
		for (const node of this.#tests.keys()) this.#repairable.add(node);
	}

	/**
	 * Sends the orders of tests that have not ended; an end of the program may have cut them. A request
	 * without an answer gets one, though its lamp may never report.
	 */
	resume(): void {
		for (const [node, test] of this.#tests)
			if (!this.#findings(test)) this.#order(node, test);
			else this.#lookAfter(node, this.#options.patience);
	}

	/** Stores results of tests, then the answers that follow from the letters. */
	async take(letters: readonly Letter[]): Promise<void> {
		const { facts, db } = this.#options;
		for (const letter of letters) {
			facts.take(letter);
			// a fault may begin and end among letters that come together
			if (this.#isObstructed(letter.node)) this.#repairable.add(letter.node);
		}
		const results = letters.filter(({ kind }) => kind === "event" || kind === "reply");
		await this.#alone(async () => {
			for (const letter of results) {
				const test = this.#tests.get(letter.node);
				const change = test && this.#changeOf(test, letter);
				if (!change) continue;
				await db.updateTable("tests").set(change).where("id", "=", test.id).execute();
				const next = { ...test, ...change };
				this.#tests.set(letter.node, next);
				if (next.ended_at === null && refusalOf(next.reply) === undefined)
					this.#order(letter.node, next);
			}
			for (const node of new Set(letters.map((letter) => letter.node))) await this.#look(node);
		});
	}

	add(node: string, lamp: string, description: string): Promise<Request> {
		const { db, site, now, again, patience } = this.#options;
		return this.#alone(async () => {
			const at = now();
			const known = this.#tests.get(node);
			if (!known) this.#repairable.add(node); // a test of an earlier start, or none
			const latest = known ?? (await this.#latestTest(node));
			const isShared = latest && at - this.#orderedAt(latest) < Math.max(again, patience);
			const test = isShared ? latest : this.#newTest(node, at);
			const reported = { id: idOf(at), site, node, lamp, description, test: test.id };
			const notes = { notes_en: WAITING.en, notes_fr: WAITING.fr, status: "open" as const };
			const request: Request = { ...reported, ...notes, requested_at: at, updated_at: at };
			await db.transaction().execute(async (change) => {
				if (!isShared) await change.insertInto("tests").values(test).execute();
				await change.insertInto("requests").values(request).execute();
			});
			this.#tests.set(node, test);
			this.#put(request);
			if (!isShared) this.#begin(node, test);
			else await this.#look(node);
			return request;
		});
	}

	/** A person closes a request that no test can. @returns it; undefined: none is open */
	conclude(id: string, operator: string, reason: string): Promise<Request | undefined> {
		const { db, site, now } = this.#options;
		return this.#alone(async () => {
			const at = now();
			const { en: notes_en, fr: notes_fr } = closedBy(reason);
			const change = { status: "closed" as const, notes_en, notes_fr, updated_at: at };
			const request = await db.transaction().execute(async (write) => {
				const siteUpdate = write.updateTable("requests").set(change).where("site", "=", site);
				const open = siteUpdate.where("id", "=", id).where("status", "=", "open");
				const row = await open.returningAll().executeTakeFirst();
				const act = {
					site,
					at,
					program: "citizens",
					operator,
					act: "close",
					about: id,
					why: reason,
				};
				if (row) await decided(write, act);
				return row;
			});
			if (request) this.#put(request);
			return request;
		});
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		for (const timer of [...this.#timers.values(), ...this.#begins.values()]) clearTimeout(timer);
		await this.#work;
	}

	/** One work at a time; an error is the caller's. */
	#alone<T>(work: () => Promise<T>): Promise<T> {
		const result = this.#work.then(work);
		this.#work = result.catch(() => {});
		return result;
	}

	#put(request: Request): void {
		const { node, id, status } = request;
		const openRequests = this.#open.get(node) ?? new Map<string, Request>();
		if (status === "open") this.#open.set(node, openRequests.set(id, request));
		else if (openRequests.delete(id) && openRequests.size === 0) this.#open.delete(node);
	}

	#latestTest(node: string): Promise<Test | undefined> {
		const { db, site } = this.#options;
		const tests = db.selectFrom("tests").selectAll().where("site", "=", site);
		return tests.where("node", "=", node).orderBy("ordered_at", "desc").limit(1).executeTakeFirst();
	}

	#newTest(node: string, at: number): Test {
		const { site } = this.#options;
		const none = { ended_at: null, failed: "", not_judged: "", reply: null, is_dark: 1 };
		return { id: idOf(at), site, node, ordered_at: at, ...none };
	}

	/** Instant of the order; of one in the future, because the clock was put back since: long ago. */
	#orderedAt({ ordered_at }: Test): number {
		const { now, patience, again } = this.#options;
		const isAhead = ordered_at > now() + patience;
		return isAhead ? now() - Math.max(patience, again * RARE_TIMES) : ordered_at;
	}

	#changeOf(test: Test, letter: Letter): Partial<Test> | undefined {
		const { kind, body } = letter;
		const reply = JSON.stringify(body);
		const isReason = kind === "reply" && body.id === explainOf(test) && body.status === "done";
		if (isReason && test.reply === null) return { reply };
		const isOfTest = kind === "reply" && body.id === selfTestOf(test) && test.ended_at === null;
		if (isOfTest && refusalOf(reply) !== undefined) return { reply };
		const end = testEnd(letter);
		if (end?.id !== selfTestOf(test) || test.ended_at !== null) return undefined;
		const { now, facts } = this.#options;
		const is_dark = Number(facts.of(test.node)?.isDark !== false);
		return { ended_at: now(), failed: end.failed, not_judged: end.notJudged, is_dark };
	}

	/**
	 * First the reason of the level, then the test, which is the reason while it runs. While the broker
	 * is away the orders wait; a lamp refuses them if they have become stale.
	 */
	#order(node: string, test: Test): void {
		const { order, patience } = this.#options;
		const begin = () => order(node, { id: selfTestOf(test), command: "selfTest" });
		clearTimeout(this.#begins.get(node));
		if (test.reply !== null) begin();
		else {
			order(node, { id: explainOf(test), command: "explain" });
			this.#begins.set(node, setTimeout(begin, Math.min(REASON_WITHIN, patience / 2)));
		}
		this.#lookAfter(node, patience);
	}

	#lookAfter(node: string, wait: number): void {
		if (this.#isClosed) return;
		clearTimeout(this.#timers.get(node));
		const look = () => void this.#alone(() => this.#look(node)).catch(() => {}); // as in `take`
		this.#timers.set(node, setTimeout(look, wait));
	}

	/** Answers the open requests of a lamp; one that could not be judged and can be now is tested. */
	async #look(node: string): Promise<void> {
		const { now, facts, zone, patience } = this.#options;
		const requests = [...(this.#open.get(node)?.values() ?? [])];
		const test = this.#tests.get(node);
		const known = facts.of(node);
		if (requests.length === 0 || !test || !known) return;
		const testFindings = this.#findings(test);
		const isObstructed = this.#isObstructed(node);
		const hasFailed = (testFindings?.result?.failed.length ?? 0) > 0;
		if (testFindings && (isObstructed || (hasFailed && this.#repairable.has(node))))
			this.#obstructed.add(node);
		const next = testFindings && !isObstructed ? await this.#nextTest(node, test) : undefined;
		// a test before the end of what was in its way is none
		const findings = this.#obstructed.has(node) ? undefined : testFindings;
		for (const lamp of new Set(requests.map((request) => request.lamp))) {
			const answer = answerOf(known, { lamp, zone, findings, next });
			const old = requests.filter(
				({ lamp: name, notes_en: note }) =>
					name === lamp &&
					note !== answer.text.en &&
					(known.isOnline !== undefined || note === WAITING.en), // else nothing is new
			);
			await this.#answer(old, answer);
		}
		const due = testFindings ? next : this.#orderedAt(test) + patience;
		if (due === undefined || !this.#open.has(node)) return;
		if (due > now()) this.#lookAfter(node, due - now());
		else if (testFindings) await this.#testNow(node);
	}

	/** Whether something is in the way of a test at present. */
	#isObstructed(node: string): boolean {
		const { facts, zone } = this.#options;
		const known = facts.of(node);
		return known !== undefined && obstacleOf(known, { lamp: "", zone }) !== undefined;
	}

	/** One answer to many requests, however many they are: in few statements. */
	async #answer(requests: readonly Request[], { text, isClosed }: Answer): Promise<void> {
		const { db, now } = this.#options;
		const status: Request["status"] = isClosed ? "closed" : "open";
		const change = { status, notes_en: text.en, notes_fr: text.fr, updated_at: now() };
		for (let from = 0; from < requests.length; from += ROWS) {
			const some = requests.slice(from, from + ROWS);
			const rows = db.updateTable("requests").set(change);
			const ids = some.map(({ id }) => id);
			await rows.where("id", "in", ids).execute();
			for (const request of some) this.#put({ ...request, ...change });
		}
	}

	/** Undefined: the test has not ended, and may still. */
	#findings(test: Test): Findings | undefined {
		const { now, patience } = this.#options;
		const chain = chainOf(test.reply);
		const refusal = refusalOf(test.reply);
		if (test.ended_at === null) {
			const isDue = refusal !== undefined || now() - this.#orderedAt(test) >= patience;
			return isDue ? { chain, refusal, result: undefined } : undefined;
		}
		const result = { failed: namesIn(test.failed), notJudged: namesIn(test.not_judged) };
		return { chain, result };
	}

	/** Instant from which another test of a lamp may judge more; undefined: none can for the present. */
	async #nextTest(node: string, test: Test): Promise<number | undefined> {
		const { again, facts } = this.#options;
		const isDark = facts.of(node)?.isDark;
		const isNight = test.is_dark === 0 && isDark === true;
		const isInVain = test.ended_at === null;
		const isSilent = isInVain && refusalOf(test.reply) === undefined;
		const isUnseen = test.is_dark === 1 && isDark !== false && (await this.#isUnseen(node, test));
		if (!this.#obstructed.has(node) && !isNight && !isInVain && !isUnseen) return undefined;
		return this.#orderedAt(test) + again * (isSilent || isUnseen ? RARE_TIMES : 1);
	}

	/** Whether a test found nothing but no light either, and there were few such tests. */
	async #isUnseen(node: string, test: Test): Promise<boolean> {
		if (test.failed !== "" || !namesIn(test.not_judged).includes("lamp")) return false;
		const { db, site, again } = this.#options;
		let since = Infinity;
		for (const request of this.#open.get(node)!.values())
			since = Math.min(since, request.requested_at);
		const tests = db.selectFrom("tests").select("id").where("site", "=", site);
		const nodeTests = tests.where("node", "=", node).where("ordered_at", ">=", since - again);
		return (await nodeTests.where("is_dark", "=", 1).execute()).length < UNSEEN_MOST;
	}

	async #testNow(node: string): Promise<void> {
		const { db, now } = this.#options;
		const test = this.#newTest(node, now());
		await db.insertInto("tests").values(test).execute();
		this.#begin(node, test);
	}

	/** An obstacle of before is forgotten; one that stands shows at the end of the test. */
	#begin(node: string, test: Test): void {
		this.#obstructed.delete(node);
		this.#repairable.delete(node);
		this.#tests.set(node, test);
		this.#order(node, test);
	}
}

const explainOf = ({ id }: Test) => `c${id}-e`;
const selfTestOf = ({ id }: Test) => `c${id}-t`;
