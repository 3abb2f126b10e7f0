/** Lamp log: the events of one lamp, of the world and as reported, latest first. */
import type { JSX } from "preact";
import { EventList } from "../break/eventlist.js";
import { useModel } from "../state/street.js";

export function LampLog({ lamp }: { readonly lamp: number }): JSX.Element {
	const log = useModel((all) => all.log);
	return <EventList entries={log.filter((logEntry) => logEntry.lamp === lamp)} most={60} />;
}
