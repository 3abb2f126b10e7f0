/**
 * Node: one lamp: its parts, its inputs and the order of work.
 *
 * Inputs record facts; `tick` decides, light first, and sets the next alarm. An exception of a task
 * or the link never reaches the light; after one of the light path `onFault` lights the lamp.
 */
import type { LevelSequence } from "./command/levelsequence.js";
import { Console } from "./console/console.js";
import type { Host, Inputs, JoinRefusal, StreamEnd, StreamId } from "./host.js";
import type { LampEvent } from "./journal/events.js";
import { KeptJournal } from "./journal/keptjournal.js";
import { Recorder } from "./journal/recorder.js";
import { backOff } from "./link/backoff.js";
import { Link } from "./link/link.js";
import { CONSOLE, Faults } from "./monitor/faults.js";
import { Background } from "./node/background.js";
import { bootEvents, crashPause, endLife, safePause, takeLife } from "./node/boot.js";
import { ConsoleAdapter } from "./node/console/adapter.js";
import { CertificateStore } from "./node/console/certificates.js";
import { RETRY_AFTER_FAULT } from "./node/faultbackoff.js";
import { Monitor } from "./node/health/monitor.js";
import { Housing } from "./node/light/housing.js";
import { Indication } from "./node/light/indication.js";
import { LightPath, type LightSource } from "./node/light/lightpath.js";
import { Sources } from "./node/light/sources.js";
import { BrokerHandler } from "./node/link/brokerhandler.js";
import { linkOptions } from "./node/link/options.js";
import { Neighbours } from "./node/neighbours/neighbours.js";
import { Actions } from "./node/orders/actions.js";
import { type OrderEnvelope, type OrderReply, Orders } from "./node/orders/intake.js";
import { replaceLuminaire } from "./node/orders/replacement.js";
import { SelfTest } from "./node/orders/selftest.js";
import { scheduleOptions } from "./node/schedule/options.js";
import { Schedule } from "./node/schedule/schedule.js";
import { SensorHealth } from "./node/sensors/sensorhealth.js";
import { Candidate, TRIED } from "./node/settings/candidate.js";
import { SettingsManager, settingsDoors } from "./node/settings/manager.js";
import { Sealer } from "./node/settings/sealer.js";
import { VALIDATORS } from "./node/settings/validators.js";
import { Counters } from "./node/storage/counters.js";
import { CounterWriter } from "./node/storage/counterwriter.js";
import { CountingStore } from "./node/storage/countingstore.js";
import { FlashBudget } from "./node/storage/flashbudget.js";
import { JournalWriter } from "./node/storage/journalwriter.js";
import { SampleWriter } from "./node/storage/samplewriter.js";
import type { Task } from "./node/task.js";
import { Timekeeper } from "./node/time/timekeeper.js";
import { ImageTrial } from "./node/update/imagetrial.js";
import { Updater } from "./node/update/updater.js";
import { IdentityView, LinkView, MachineView, MonitorView, TimeView } from "./node/view/device.js";
import { LightView, MeterView, PlanView, SensingView, TrafficView } from "./node/view/light.js";
import { randomStream } from "./random.js";
import { type LightMeter, reduce as reduceLightMeter } from "./sensing/lightmeter.js";
import { countMovement, startTraffic, type Traffic } from "./sensing/traffic.js";
import { loadSettings } from "./settings/store.js";
import type { Settings } from "./settings/table.js";
import { type DateRefusal, MANUAL_ERROR, utcAt } from "./time/clock.js";
import type { Lux, Millis, UtcMillis } from "./units.js";
import type { DriverReading, View } from "./view.js";

export class Node implements Inputs {
	readonly host: Host;
	readonly flash: FlashBudget;
	readonly store: CountingStore;
	readonly life: number;
	readonly view: View;
	readonly journal: KeptJournal;
	readonly faults = new Faults();
	readonly counters: Counters;
	readonly orders: Orders;
	readonly actions: Actions;
	readonly monitor: Monitor;
	/** Of a lamp on a bus (node/busnode.ts). */
	readonly gear?: DriverReading;
	readonly light: LightPath;
	readonly link: Link;
	settings: Settings;
	readonly settingsManager: SettingsManager;
	readonly candidate: Candidate;
	readonly schedule: Schedule;
	readonly time: Timekeeper;
	readonly sensorHealth: SensorHealth;
	lightMeter: LightMeter | undefined;
	readonly housing = new Housing(this);
	traffic: Traffic;
	now: Millis;
	readonly recorder: Recorder;
	private readonly console: Console;
	readonly sources = new Sources(this);
	private readonly background: Background;
	readonly neighbours: Neighbours;
	readonly updater: Updater;
	private decisionPending = true; // an edge or the thermal cap requires a decision
	private decideAt: Millis = 0; // when time alone requires a decision
	private factsChanged = true; // a fact behind darkness, program or orders changed
	private edge: "movement" | "stillness" | undefined; // of the PIR, not passed on yet
	private edgeAt: Millis = 0;
	protected backgroundAt: Millis = 0; // when the background runs next; 0: at once, a fact has changed
	protected alarmAt: Millis = Infinity; // until the first turn of a life has ended
	private firstEvents: (() => void) | undefined; // once, before any other event that follows
	private finishBoot: (() => void) | undefined; // work of the boot that follows the first light
	private lighting = false; // the light path runs: an exception now is its own

	/** Boots: settings, then light, then the rest. The host calls `tick` afterwards. */
	constructor(host: Host) {
		const now = host.monotonic();
		this.now = now;
		this.host = host;
		this.flash = new FlashBudget(host.flashLog, now);
		this.recorder = new Recorder(now);
		this.store = new CountingStore(host.store, this.flash);
		const doors = settingsDoors(this);
		const { settings, bank, validated, rejections } = loadSettings(doors, VALIDATORS);
		this.settings = settings;
		this.counters = new Counters(this.store, now);
		this.light = new LightPath(host, settings, this.counters.resumed(), now);
		this.schedule = new Schedule(scheduleOptions(settings));
		this.traffic = startTraffic(this.counters.roadUsers);
		this.life = takeLife(this.store, this.flash.tally);
		this.journal = new KeptJournal(this.life, host, this.flash, now);
		this.time = new Timekeeper(this, settings, now);
		this.time.boot(now);
		this.recorder.boot(now, this.light.level, host.wallClock());
		this.orders = new Orders(this, now);
		this.actions = new Actions(this);
		this.view = {
			journal: this.journal,
			identity: new IdentityView(this),
			time: new TimeView(this),
			light: new LightView(this),
			sensing: new SensingView(this),
			plan: new PlanView(this),
			meter: new MeterView(this),
			traffic: new TrafficView(this),
			link: new LinkView(this),
			monitor: new MonitorView(this),
			machine: new MachineView(this),
		};
		this.settingsManager = new SettingsManager(this, bank, doors, now);
		this.candidate = new Candidate(this, this.settingsManager);
		const broker = new BrokerHandler(this, now);
		this.link = new Link(host, linkOptions(this), broker, randomStream(host.crypto));
		const onConsole = (error: unknown, at: Millis) => this.fault(CONSOLE, error, at);
		this.console = new Console(host, this.store, new ConsoleAdapter(this), now, onConsole);
		this.sensorHealth = new SensorHealth(this, now);
		this.firstEvents = () => {
			this.firstEvents = undefined;
			bootEvents(this, rejections, now);
		};
		this.monitor = new Monitor(this, now);
		this.neighbours = new Neighbours(this, now);
		const pause = crashPause(host, this.flash.tally);
		if (host.powerCause !== "powerOn") this.link.holdOff(now, pause > 0);
		this.updater = new Updater(this, new ImageTrial(this, now), now + pause, backOff);
		this.background = new Background(this, new Indication(host.indicator));
		this.finishBoot = () => {
			this.firstEvents?.();
			const tasks: Task[] = [this.sensorHealth, new JournalWriter(this)];
			const samples = new SampleWriter(this);
			tasks.push(new CounterWriter(this), samples);
			if (validated !== 0) tasks.push(new Sealer(this, validated, now));
			tasks.push(this.monitor, this.settingsManager, this.candidate);
			tasks.push(this.actions, this.console, this.updater);
			this.background.begin(tasks, [samples, this.monitor]);
			this.finishBoot = undefined; // after an exception it runs again
		};
	}

	/** How long after boot the host opens no network; 0: it opens it at once. */
	get safePause(): Millis {
		return safePause(this.host, this.flash.tally);
	}

	tick(now: Millis): void {
		this.now = now;
		const { light } = this;
		this.lighting = true;
		if (this.decisionPending || this.factsChanged || now >= this.decideAt) this.decide(now);
		else if (now >= light.settlesAt) light.settleAt(now);
		this.lighting = false;
		if (this.edge) this.noteEdge();
		if (now >= this.backgroundAt) this.runBackground(now);
		let due = Math.min(this.decideAt, light.settlesAt);
		if (this.backgroundAt < due) due = this.backgroundAt;
		if (this.decisionPending || this.factsChanged) due = now; // a task changed a fact
		if (due === this.alarmAt && due > now) return;
		this.alarmAt = due;
		this.host.alarm(due);
	}

	onMovement(now: Millis): void {
		this.now = now;
		if (this.edge) this.noteEdge();
		if (this.light.onEdge("movement", now)) this.decisionPending = true;
		this.edge = "movement";
		this.edgeAt = now;
	}

	onStillness(now: Millis): void {
		this.now = now;
		if (this.edge) this.noteEdge();
		if (this.light.onEdge("stillness", now)) this.decisionPending = true;
		this.edge = "stillness";
		this.edgeAt = now;
	}

	onIlluminance(now: Millis, lux: Lux): void {
		this.now = now;
		this.recorder.illuminance(now, lux);
		if (this.light.onIlluminance(lux, now, this.time)) this.factsChanged = true;
		this.lightMeter = reduceLightMeter(this.lightMeter, lux, now);
		if (this.sensorHealth.onIlluminance(lux, now)) this.backgroundAt = 0;
		if (this.time.onIlluminance(lux, now)) this.factsChanged = true;
	}

	onTemperature(now: Millis, celsius: number): void {
		this.now = now;
		this.recorder.temperature(now, celsius);
		if (this.housing.take(celsius, now)) this.decisionPending = true;
	}

	onTime(now: Millis, utc: UtcMillis): void {
		this.now = now;
		this.time.onAnswer(utc, now);
		this.dateCame(utc, now);
	}

	onDatagram(now: Millis): void {
		this.now = now;
		this.neighbours.onDatagram(now);
		// the light for a road user has its decision in this turn, unless another is due before
		const isLater = this.decisionPending || this.factsChanged || now >= this.decideAt;
		const due = isLater || now >= this.backgroundAt ? now : this.background.listen(now);
		if (due < this.backgroundAt) this.backgroundAt = due; // 0 after an event
	}

	onNetwork(now: Millis, up: boolean, why?: JoinRefusal): void {
		this.now = now;
		this.backgroundAt = 0;
		this.recorder.network(now, up);
		this.link.onNetwork(now, up, why);
	}

	onStreamReached(now: Millis, id: StreamId): void {
		this.now = now;
		this.backgroundAt = 0;
		this.recorder.reached(now);
		this.link.listenerOf(id)?.onReached(now);
		this.updater.onStreamReached(id);
	}

	onStreamOpen(now: Millis, id: StreamId): void {
		this.now = now;
		this.backgroundAt = 0;
		this.recorder.stream(now, true);
		this.link.listenerOf(id)?.onOpen(now);
		this.updater.onStream(now, id);
	}

	onStreamReadable(now: Millis, id: StreamId): void {
		this.now = now;
		this.link.listenerOf(id)?.onReadable(now);
		if (this.updater.onStream(now, id)) this.askTasks();
		if (now < this.backgroundAt) this.backgroundAt = this.background.dueAt;
	}

	onStreamWritable(now: Millis, id: StreamId): void {
		this.now = now;
		this.backgroundAt = 0;
		this.link.listenerOf(id)?.onWritable(now);
		this.updater.onStream(now, id);
	}

	onStreamClosed(now: Millis, id: StreamId, end: StreamEnd): void {
		this.now = now;
		this.backgroundAt = 0;
		this.recorder.stream(now, false);
		this.link.listenerOf(id)?.onClosed(now, end);
		this.updater.onStreamClosed(now, id, end);
	}

	onSerialReadable(now: Millis): void {
		this.now = now;
		this.backgroundAt = 0;
		this.console.onReadable(now);
	}

	onSerialWritable(now: Millis): void {
		this.now = now;
		this.backgroundAt = 0;
		this.console.onWritable(now);
	}

	/** A date typed at the pole; `isMeant`: confirmed. Undefined: accepted, else the refusal. */
	takeDate(utc: UtcMillis, isMeant: boolean, now: Millis): DateRefusal | undefined {
		const refusal = this.time.onManualTime(utc, isMeant, now);
		if (!refusal) this.dateCame(utc, now, MANUAL_ERROR);
		return refusal;
	}

	/** A date came, of any source; a witness vouches for it to `error` ms. Light and sensors are judged anew. */
	dateCame(utc: UtcMillis, now: Millis, error?: Millis): void {
		this.recorder.time(now, utc, error);
		this.sensorHealth.onTime(now);
		this.factsChanged = true;
	}

	/** Accepts or rejects an order; the light follows with the next tick. */
	takeOrder(text: string | undefined, envelope: OrderEnvelope, now: Millis): OrderReply {
		this.requestDecision();
		return this.orders.take(text, envelope, now);
	}

	/** Requests a decision of the light in the next tick. */
	requestDecision(): void {
		this.factsChanged = true;
	}

	/** A fact has changed: all tasks and messages are asked when they are due. */
	askTasks(): void {
		this.backgroundAt = 0;
	}

	/** Requests light as if the place were occupied, from the next tick on, to a whole millisecond. */
	askForLight(source: LightSource, end: Millis): void {
		const until = Math.ceil(end);
		if (!this.light.ask(source, until)) return;
		this.decisionPending = true;
		this.recorder.asked(this.now, source, until);
	}

	/** An exception reached the host's boundary. One of the light path lights the lamp at once. */
	onFault(now: Millis, error: unknown): void {
		this.now = now;
		const where = this.lighting ? "light" : "input";
		if (this.lighting) this.light.fail(now);
		this.lighting = false;
		this.factsChanged = true;
		this.alarmAt = now + RETRY_AFTER_FAULT;
		this.host.alarm(this.alarmAt);
		this.fault(where, error, now);
	}

	get certificates(): CertificateStore {
		return new CertificateStore(this); // made for each use: seldom needed, so no slot is kept
	}

	selfTestOf(sequence: LevelSequence, now: Millis): SelfTest {
		return new SelfTest(this, sequence, now);
	}

	renewLuminaire(
		id: string,
		ledPower_W: number | undefined,
		by: "broker" | "console",
		now: Millis,
	): boolean {
		return replaceLuminaire(this, id, ledPower_W, by, now);
	}

	utcAt(now: Millis): UtcMillis | undefined {
		return utcAt(this.time.clock, now);
	}

	emit(event: LampEvent, now: Millis): void {
		this.firstEvents?.();
		this.journal.append(event, now, this.utcAt(now));
		this.backgroundAt = 0;
	}

	dated(utc: UtcMillis, now: Millis): void {
		this.journal.resolve(now, utc);
		this.counters.dated(utc);
	}

	/** Puts settings in force at once. They have been validated as a whole. */
	configure(settings: Settings, now: Millis): void {
		this.settings = settings;
		this.recorder.configured(now);
		for (const part of [this.light, this.schedule, this.time, this.background])
			part.configure(settings, now);
		this.link.configure(now, linkOptions(this));
		this.factsChanged = true;
	}

	private decide(now: Millis): void {
		this.host.machine.workIn?.("light");
		const { light, sources } = this;
		const areOther = this.factsChanged || now >= sources.dueAt;
		if (areOther) sources.update(now);
		this.decisionPending = this.factsChanged = false;
		this.decideAt = Math.min(light.decide(now), sources.dueAt);
		if (light.writeLog(now)) this.background.isLightOther = true;
		this.backgroundAt = areOther ? 0 : Math.min(this.backgroundAt, now);
	}

	/** Passes the last edge of the PIR on, after the light or before the next edge. */
	private noteEdge(): void {
		const { edge, edgeAt, recorder, sensorHealth, sources } = this;
		this.edge = undefined;
		this.backgroundAt = Math.min(this.backgroundAt, edgeAt);
		if (sources.adaptive) {
			sources.adaptive.onEdge(edge as "movement", edgeAt);
			this.factsChanged = true; // after the movement was counted
		}
		if (sensorHealth.hasEdge) this.judgeEdge();
		sensorHealth.onEdge(edge === "movement", edgeAt);
		recorder.edge(edge === "movement", edgeAt);
		if (edge === "stillness") this.neighbours.onStillness();
	}

	private runBackground(now: Millis): void {
		const { finishBoot } = this;
		if (finishBoot && this.alarmAt === Infinity) {
			this.backgroundAt = now;
			return; // the rest has the next turn, at once
		}
		this.host.machine.workIn?.("background");
		try {
			finishBoot?.();
			const hasNews = this.backgroundAt === 0;
			this.backgroundAt = Infinity;
			const due = this.background.run(now, hasNews);
			if (due < this.backgroundAt) this.backgroundAt = due; // 0 after an event
		} catch (error) {
			this.fault("link", error, now);
			this.backgroundAt = this.background.pause(now);
		}
	}

	/** Assesses the last edge; passes a movement to neighbours and traffic, if the PIR is trusted. */
	judgeEdge(): void {
		const at = this.sensorHealth.judgeEdge();
		if (at === Number.NEGATIVE_INFINITY) return;
		this.neighbours.onMovement(at);
		this.traffic = countMovement(this.traffic, at, this.settings.trafficDeadTime);
	}

	fault(where: string, error: unknown, now: Millis): void {
		this.recorder.fault(now);
		const message = error instanceof Error ? error.message : String(error);
		this.emit({ type: "fault", attributes: { where, message } }, now);
		const reason = this.faults.note(now, where);
		if (reason) this.restart(reason, now);
	}

	/** Stores the state for the next life and restarts; the level is retained (bootlevel.ts). */
	restart(reason: string, now: Millis): void {
		this.finishBoot?.();
		endLife(this, this.settingsManager.isTried ? `${reason} ${TRIED}` : reason, now);
		this.orders.beforeRestart(now);
		this.background.beforeRestart(now);
		this.light.stop();
		this.host.restart(reason);
	}
}
