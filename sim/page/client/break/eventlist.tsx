/**
 * Event list: left what happened in the world, right what lamps reported, and the delay between;
 * severity by icon, word and colour.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { LogEntry } from "../../../results/logentry.js";
import { Icon } from "../parts/icons.js";
import { useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";

const SEVERITIES = ["all", "safety", "repair", "info"] as const;

/** A box that scrolls must be reached by key. */
const SCROLLS = { tabIndex: 0 };

interface EventListProps {
	readonly entries: readonly LogEntry[];
	/** Rows that are shown. */
	readonly most: number;
	readonly filter?: boolean;
	readonly onJump?: (lamp: number | undefined, utc: number) => void;
}

export function EventList({ entries, most, filter, onJump }: EventListProps): JSX.Element {
	const speech = useSpeech();
	const [kind, setKind] = useState<(typeof SEVERITIES)[number]>("all");
	const [word, setWord] = useState("");
	const wanted = entries.filter(
		(logEntry) =>
			(kind === "all" || logEntry.severity === kind) &&
			(word === "" || sayEvent(logEntry, speech).toLowerCase().includes(word.toLowerCase())),
	);
	const shown = wanted.slice(-most).reverse();
	return (
		<div class="events">
			{filter && (
				<div class="row">
					<label class="field">
						<span class="unseen">{speech.say("events.filter")}</span>
						<input
							type="search"
							placeholder={speech.say("events.filter")}
							onInput={({ currentTarget }) => setWord(currentTarget.value)}
						/>
					</label>
					<fieldset class="choice">
						<legend class="unseen">{speech.say("events.filter")}</legend>
						{SEVERITIES.map((severity) => (
							<label key={severity}>
								<input
									type="radio"
									name="severity"
									checked={kind === severity}
									onChange={() => setKind(severity)}
								/>
								<span>{speech.say(`events.${severity}`)}</span>
							</label>
						))}
					</fieldset>
				</div>
			)}
			{shown.length === 0 ? (
				<p class="hint">{speech.say("events.none")}</p>
			) : (
				<section class="scroll" {...SCROLLS}>
					<table>
						<thead>
							<tr>
								<th scope="col">{speech.say("events.when")}</th>
								<th scope="col">{speech.say("events.world")}</th>
								<th scope="col">{speech.say("events.reported")}</th>
								<th scope="col">{speech.say("events.delay")}</th>
							</tr>
						</thead>
						<tbody>
							{shown.map((logEntry) => (
								<Row key={logEntry.id} entry={logEntry} {...(onJump ? { onJump } : {})} />
							))}
						</tbody>
					</table>
				</section>
			)}
			{wanted.length > shown.length && (
				<p class="how">{speech.say("events.more", { count: shown.length, all: wanted.length })}</p>
			)}
		</div>
	);
}

interface RowProps {
	readonly entry: LogEntry;
	readonly onJump?: (lamp: number | undefined, utc: number) => void;
}

function Row({ entry, onJump }: RowProps): JSX.Element {
	const speech = useSpeech();
	const { utc, lamp, severity, side, delay_s } = entry;
	const time = speech.clock(utc);
	const text = (
		<span class={`event ${severity}`}>
			<Icon name={severity} />
			{sayEvent(entry, speech)}
			<span class="unseen">, </span>
			<span class="severity">{speech.say(`severity.${severity}`)}</span>
		</span>
	);
	return (
		<tr>
			<td>
				{onJump ? (
					<button
						type="button"
						class="link"
						aria-label={speech.say("events.jump", { lamp: lamp ?? "–", time })}
						onClick={() => onJump(lamp ?? undefined, utc)}
					>
						{time}
					</button>
				) : (
					<time>{time}</time>
				)}
			</td>
			<td data-side={speech.say("events.world")}>{side === "world" ? text : null}</td>
			<td data-side={speech.say("events.reported")}>{side === "report" ? text : null}</td>
			<td>{delay_s === null ? null : speech.span(delay_s * 1000)}</td>
		</tr>
	);
}

/** An event in words, with its lamp and whether it begins or ends. */
function sayEvent({ type, lamp, flag, detail, group }: LogEntry, speech: Speech): string {
	const name = type.startsWith("fault.")
		? type
		: type.startsWith("order.")
			? `command.${type.slice(6)}`
			: `event.${type}`;
	const why = detail === null ? undefined : speech.known(detail);
	const parts = [speech.known(name) ?? speech.say("event.unknown")];
	if (why !== undefined) parts[0] += ` (${why})`;
	if (lamp !== null) parts.push(speech.say("broken.at", { lamp }));
	else if (group !== undefined) parts.push(speech.say("events.group", { group }));
	else if (/^(fault|order)\./.test(type)) parts.push(speech.say("broken.all"));
	if (flag !== null) parts.push(speech.say(`flag.${flag}`));
	return parts.join(", ");
}
