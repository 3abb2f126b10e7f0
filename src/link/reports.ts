/**
 * Reports: the node's messages, as JSON written into the packet (broker contract, version 1).
 *
 * Names follow the public TALQ 2.7.1 data model; a name contains the unit where TALQ's own has
 * none. Events and their pages are in eventreport.ts, instants in reporttime.ts.
 */
import { formatInstant } from "../command/instant.js";
import { ORDERS } from "../command/table.js";
import { explain } from "../explain/explain.js";
import type { Millis, UtcMillis } from "../units.js";
import type { View } from "../view.js";
import type { LinkOptions, Reply, SettingsReport } from "./contract.js";
import { writeLog } from "./eventreport.js";
import { LIMITS } from "./limits.js";
import { writePast } from "./pastreport.js";
import { SOURCE_CHARACTERS, writePreview } from "./previewreport.js";
import { writeTime, writeTimeOf } from "./reporttime.js";
import type { Sample } from "./samples.js";
import { decimal, type Writer } from "./writer.js";

/** Version of the broker contract that these payloads follow. */
const CONTRACT_VERSION = 1;
/** Links of a reported chain: a longer one is a defect, and a report must fit its packet. */
export const CHAIN_LINKS = 10;
/** Orders that this version accepts, reported in the birth. */
const COMMANDS = JSON.stringify(
	Object.entries(ORDERS)
		.filter(([, { via }]) => via.some((door) => door !== "console"))
		.map(([name]) => name),
);

/** `{"online":true,...}`. With `isOnline` false the will: no time, as it is written in advance. */
export function writeStatus(w: Writer, view: View, connection: number, isOnline: boolean): void {
	w.openReport();
	w.member("online", isOnline);
	w.member("life", view.identity.life);
	w.member("connection", connection);
	if (isOnline) {
		w.member("swVersion", view.identity.swVersion);
		writeTime(w, view, view.time.now);
	}
	w.closeObject();
}

/** The question for the time. */
export function writeClockQuestion(w: Writer, nonce: string): void {
	w.openReport();
	w.member("nonce", nonce);
	w.closeObject();
}

/** Identity, capabilities and condition of the node. */
export function writeBirth(
	w: Writer,
	view: View,
	options: LinkOptions,
	connection: number,
	withChain: boolean,
): void {
	const { identity } = view;
	const { capabilities } = options;
	w.openReport();
	w.member("contract", CONTRACT_VERSION);
	w.member("life", identity.life);
	w.member("connection", connection);
	w.member("site", options.site);
	w.member("group", options.group ? options.group : undefined);
	w.member("hardware", identity.hardware);
	w.member("profile", identity.profile);
	w.member("swVersion", identity.swVersion);
	w.member("supportedUntil", identity.supportedUntil);
	w.member("imageOnProbation", identity.imageOnProbation ? true : undefined);
	w.member("powerCause", identity.powerCause);
	w.member("supply", options.supply);
	w.member("settingsRevision", options.settingsRevision);
	if (options.reporting === "narrow") writeReporting(w, options);
	w.openObject("capabilities");
	w.member("pir", capabilities.pir);
	w.member("photocell", capabilities.photocell);
	w.fixed("minLevel", capabilities.minLevel, 1);
	w.fixed("maxLevel", capabilities.maxLevel, 1);
	w.member("dimmerResolution_bits", capabilities.resolution);
	w.member("energyIsModelled", true);
	w.member("lampMonitor", capabilities.lampMonitor);
	w.json("commands", COMMANDS);
	w.closeObject();
	w.json("limits", LIMITS);
	writeClasses(w, view);
	writeTime(w, view, view.time.now);
	w.openObject("state");
	w.text(levelMembers(view).slice(1)); // without the comma
	if (withChain) w.text(`,"chain":[${chainItems(view)}]`);
	w.text(sensorMembers(view, options));
	w.closeObject();
	w.closeObject();
}

/** The intervals in force: a reader must not take a rare report for a lost lamp. */
function writeReporting(w: Writer, options: LinkOptions): void {
	w.openObject("reporting");
	w.member("profile", options.reporting);
	w.member("keepAlive_s", options.keepAlive / 1000);
	w.member("stateMaxInterval_s", options.stateMaxInterval / 1000);
	w.member("telemetryInterval_s", options.telemetryInterval / 1000);
	w.closeObject();
}

/**
 * Level, reasons and readings of the sensors. Most messages are states, so that this one is put
 * together from few texts; strings that are not of this firmware's own are quoted.
 */
export function writeState(w: Writer, view: View, options: LinkOptions, withChain: boolean): void {
	const { now, utc } = view.time;
	w.text(`${w.opening}"life":${view.identity.life}${levelMembers(view)}`);
	if (withChain) w.text(`,"chain":[${chainItems(view)}]`);
	w.text(sensorMembers(view, options));
	const time = utc === undefined ? "" : `,"time":"${formatInstant(utc)}"`;
	w.text(`${time},"uptime_ms":${decimal(now, 0)}}`);
}

/** Meters and the controller's condition at the end of an interval. */
export function writeTelemetry(w: Writer, view: View, sample: Sample): void {
	w.openReport();
	w.member("life", sample.life);
	w.fixed("interval_s", sample.interval / 1000, 0);
	w.fixed("activeEnergy_kWh", sample.activeEnergy, 4);
	w.member("energyIsModelled", true);
	w.fixed("energyUncertainty_kWh", (sample.activeEnergy * view.meter.energyTolerance) / 100, 4);
	w.fixed("energySaved_kWh", sample.energySaved, 4);
	w.fixed("operatingHours", sample.operatingHours, 2);
	w.member("switchOnCounter", sample.switchOnCounter);
	w.fixed("activePower_W", sample.activePower, 1);
	w.fixed("temperature_C", sample.temperature, 1);
	w.member("heapFree_bytes", sample.freeBytes);
	w.member("faults", sample.faults);
	w.member("flashWrites", sample.flashWrites);
	w.member("flashErases", sample.flashErases);
	w.fixed("flashLife_years", sample.flashYears, 0);
	w.member("clockSource", sample.clockSource);
	w.fixed("clockUncertainty_ms", sample.uncertainty, 0);
	// counted in this life: unknown for a sample of an earlier one
	if (sample.life === view.identity.life) w.member("datagramsForged", view.link.datagramsForged);
	const { driver } = view.meter;
	if (driver && sample.life === view.identity.life) w.json("driver", `{${driver.members()}}`);
	w.openObject("linkQuality");
	w.member("connection", sample.connection);
	w.fixed("roundTrip_ms", sample.roundTrip, 0);
	w.member("sent_bytes", sample.sentBytes);
	w.member("received_bytes", sample.receivedBytes);
	w.closeObject();
	writeTimeOf(w, view, sample.life, sample.at, sample.utc);
	w.closeObject();
}

/** A section of the settings in force, without secrets. */
export function writeSettings(w: Writer, view: View, report: SettingsReport): void {
	const { rejected } = report;
	w.openReport();
	w.member("life", view.identity.life);
	w.member("revision", report.revision);
	w.member("status", report.status);
	w.json("settings", report.settings);
	if (rejected) {
		w.openObject("rejected");
		w.member("revision", rejected.revision > 0 ? rejected.revision : undefined);
		w.member("why", rejected.why);
		w.closeObject();
	}
	writeTime(w, view, view.time.now);
	w.closeObject();
}

/** Road users of an interval; a PIR alone does not give their class. */
export function writeTraffic(w: Writer, view: View, sample: Sample): void {
	w.openReport();
	w.member("life", sample.life);
	w.fixed("interval_s", sample.trafficInterval / 1000, 0);
	w.member("roadUserNumber", sample.roadUsers);
	w.member("roadUserClass", "unknown");
	w.member("accumulatedRoadUserNumber", sample.roadUsersTotal);
	if (!Number.isNaN(sample.roadUsersSince))
		w.member("accumulatedSince", formatInstant(sample.roadUsersSince as UtcMillis));
	writeTimeOf(w, view, sample.life, sample.at, sample.utc);
	w.closeObject();
}

/** The reply to an order. */
export function writeReply(
	w: Writer,
	view: View,
	reply: Reply,
	at: Millis,
	options: Pick<LinkOptions, "language" | "presenceReporting">,
	withChain: boolean,
): void {
	const { language, presenceReporting } = options;
	w.openReport();
	w.member("id", reply.id);
	w.member("status", reply.status);
	w.member("reason", reply.reason);
	w.member("field", reply.field);
	if (reply.explain) {
		w.fixed("level", view.light.feedback, 1);
		w.member("because", view.light.reason);
		w.json("explanation", JSON.stringify(explain(view, language, presenceReporting)));
		if (view.plan.until !== undefined) w.member("programUntil", formatInstant(view.plan.until));
		if (withChain) w.json("chain", `[${chainItems(view)}]`);
	}
	if (reply.past) writePast(w, view, reply.past.at, reply.past.presence, language);
	if (reply.log) writeLog(w, view, reply.log.page, withChain);
	if (reply.preview) writePreview(w, view.plan, reply.preview.day, reply.preview.page);
	writeTime(w, view, reply.explain ? view.time.now : at);
	w.closeObject();
}

/** Members of a state, each after a comma: the levels, the end of a fade, and the reason. */
function levelMembers({ light, time }: View): string {
	const { target } = light;
	const ordered = target === undefined ? "" : `,"targetLightCommand":${decimal(target, 1)}`;
	const feedback = decimal(light.feedback, 1);
	const actual = decimal(light.actual, 1);
	const rest = light.fadeEndsAt - time.now;
	const fade = rest > 0 ? `,"fadeRemaining_s":${decimal(Math.ceil(rest / 100) / 10, 1)}` : "";
	const levels = `${ordered},"feedbackLightCommand":${feedback},"actualLightState":${actual}`;
	return `${levels}${fade},"reason":"${light.reason}"`;
}

/** Members of a state, each after a comma: the sensors, and present faults. Absent: none. */
function sensorMembers({ sensing, monitor }: View, options: LinkOptions): string {
	const { lightLevel } = sensing;
	let text = `,"photocellOutput":"${sensing.photocell}","dark":${sensing.dark}`;
	if (lightLevel !== undefined) text += `,"lightLevel":${decimal(lightLevel, 1)}`;
	if (sensing.lightSaturated) text += ',"lightLevelSaturated":true';
	const { standing } = monitor;
	if (standing.length > 0) text += `,"faults":${JSON.stringify(standing)}`;
	if (monitor.isMaintained) text += ',"maintenanceMode":true';
	if (!options.presenceReporting) return text;
	return `${text},"presenceStatus":"${sensing.presence === "vacant" ? "vacant" : "occupied"}"`;
}

/** The street's lighting classes; absent if the settings use plain per cent. */
function writeClasses(w: Writer, view: View): void {
	const { classes } = view.plan;
	if (!classes) return;
	w.openObject("lighting");
	w.member("fullClass", classes.fullClass);
	w.fixed("fullLevel", classes.fullLevel, 1);
	w.member("floorClass", classes.floorClass);
	w.fixed("floorLevel", classes.floorLevel, 1);
	w.fixed(`installedMean_${classes.unit}`, classes.installedMean, 2);
	w.closeObject();
}

/** The links of the chain, between commas. */
function chainItems({ light }: View): string {
	let [text, count] = ["", 0];
	light.visitChain((by, level, source) => {
		count += 1;
		if (count > CHAIN_LINKS) return;
		if (count > 1) text += ",";
		text += `{"by":"${by}","level":${decimal(level, 1)}`;
		if (source !== undefined)
			text += `,"source":${JSON.stringify(source.slice(0, SOURCE_CHARACTERS))}`;
		text += "}";
	});
	return text;
}
