/**
 * Traffic: `npm run traffic`: collects the lamps' counts of road users, and publishes them an hour and
 * a street.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../../lib/files.js";
import { Trouble } from "../../lib/text/trouble.js";
import { BROKER_HELP, BROKER_OPTIONS, joined, listen } from "../broker.js";
import { DONE, framed, type Station, wholeOf } from "../program.js";
import { readSite } from "../sitefile.js";
import { rowsOf, streetsOf } from "./counts.js";
import { csvOf, geojsonOf, jsonOf } from "./formats.js";
import { keep, linesOf } from "./store.js";

const HELP = `usage: npm run traffic -- collect|publish FOLDER [OPTION ...]

  collect   stays at the broker and writes the messages of the lamps to FOLDER/messages.jsonl
  publish   writes FOLDER/counts.csv, counts.json and counts.geojson from these

${BROKER_HELP}
  --client NAME        client identifier of the kept session (luminode-traffic)
  --sites FILE         site file: streets are its groups, places its latitude and longitude;
                       without it streets are the groups that the lamps report
  --k N                counts below N are not published (5)
  --coverage N         per cent of a street's pole-hours; less is a gap (50)
  --licence TEXT       licence of the data, e.g. CC-BY-4.0; needed to publish
  --publisher TEXT     publisher of the data; needed to publish

Exit code: 0 done, 2 no connection or an invalid option.
`;
const OPTIONS = {
	...BROKER_OPTIONS,
	client: { type: "string" },
	sites: { type: "string" },
	k: { type: "string" },
	coverage: { type: "string" },
	licence: { type: "string" },
	publisher: { type: "string" },
} as const;
const KINDS = ["traffic", "event", "birth"];

/** Runs the program. @returns its exit code */
export function traffic(args: readonly string[], station: Station): Promise<number> {
	return framed(
		{ command: "traffic", help: HELP, options: OPTIONS },
		args,
		station,
		async (read) => {
			const { values, words } = read;
			const [command = "", folder, more] = words;
			if (command !== "collect" && command !== "publish")
				throw new Trouble(
					`"${command}" is neither collect nor publish, e.g. traffic -- collect out/traffic`,
				);
			if (folder === undefined)
				throw new Trouble(`give a folder, e.g. traffic -- ${command} out/traffic`);
			if (more !== undefined) throw new Trouble(`${more}: one word too many`);
			mkdirSync(folder, { recursive: true });
			const path = join(folder, "messages.jsonl");
			if (command === "collect") {
				const site = values.site ?? "+";
				const clientId = values.client ?? "luminode-traffic";
				// the session is kept: messages wait at the broker while the program is down
				const { client, root } = await joined(values, station, { clientId, clean: false });
				let count = 0;
				keep(
					client,
					root,
					path,
					({ kind }) => KINDS.includes(kind),
					() => {
						count += 1;
					},
				);
				await listen(
					client,
					KINDS.map((kind) => `${root}/${site}/+/${kind}`),
				);
				station.stdout.write(`collecting to ${path}; Ctrl-C ends it\n`);
				await station.ended;
				await client.endAsync();
				station.stdout.write(`messages: ${count}\n`);
				return DONE;
			}
			const { licence, publisher } = values;
			if (licence === undefined || publisher === undefined)
				throw new Trouble(
					`--${licence === undefined ? "licence" : "publisher"} is missing, e.g. ` +
						'--licence CC-BY-4.0 --publisher "Ville de Liège"',
				);
			const bounds = {
				k: wholeOf("k", values.k, 5, [1, 1_000]),
				coverage: wholeOf("coverage", values.coverage, 50, [0, 100]) / 100,
			};
			const plans = values.sites === undefined ? [] : readSite(values.sites).poles;
			const lines = linesOf(path);
			const streets =
				values.sites === undefined
					? streetsOf(lines)
					: new Map(
							plans.map((plan): [string, string] => [
								`${plan.values.get("site") || values.site}/${plan.values.get("node")}`,
								plan.values.get("group") ?? "",
							]),
						);
			const rows = rowsOf(lines, streets, bounds);
			if (rows.length === 0) throw new Trouble(`${path}: has no count of a street yet`);
			const publication = { ...bounds, licence, publisher };
			const write = (name: string, text: string) => replaceFile(join(folder, name), text);
			write("counts.csv", csvOf(rows));
			write("counts.json", `${JSON.stringify(jsonOf(rows, publication), null, 1)}\n`);
			write("counts.geojson", `${JSON.stringify(geojsonOf(rows, plans, publication), null, 1)}\n`);
			const gaps = rows.filter(({ roadUsers, isBelowK }) => roadUsers === undefined && !isBelowK);
			station.stdout.write(`hours of streets: ${rows.length}, gaps: ${gaps.length}\n`);
			return DONE;
		},
	);
}
