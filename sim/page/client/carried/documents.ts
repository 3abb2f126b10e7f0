/** Documents: reports and licences of a page that carries its simulation, opened in a tab of their own. */
import type { WorkerChannel } from "../state/workerchannel.js";
import { addressOf, LICENCES } from "./pieces.js";

const HTML = "text/html";
const SECOND = 1_000;

/** From now on links of the page to documents open them. */
export function openDocuments(channelNow: () => WorkerChannel): void {
	addEventListener("click", (event) => {
		const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
		const href = link?.getAttribute("href") ?? "";
		if (event.defaultPrevented || !(href.startsWith("/") || href === LICENCES)) return;
		event.preventDefault();
		const tab = open("", "_blank"); // at once, for later it would be held back
		const made = href === LICENCES ? addressOf(LICENCES, HTML) : reportOf(href, channelNow());
		void made.then((address) => tab?.location.replace(address));
	});
}

/** The address of the report; it may take a minute. */
async function reportOf(href: string, channel: WorkerChannel): Promise<string> {
	const { pathname, searchParams } = new URL(href, "https://page/");
	const isNumber = (text: string) => text !== "" && Number.isFinite(Number(text));
	const fields = Object.fromEntries(
		[...searchParams].map(([name, text]) => [name, isNumber(text) ? Number(text) : text]),
	);
	for (;;) {
		const answer = await channel.answer("read", pathname, fields);
		if (answer && answer.again_s === undefined)
			return URL.createObjectURL(new Blob([answer.body as string], { type: answer.type }));
		await new Promise((resolve) => setTimeout(resolve, SECOND * (answer?.again_s ?? 1)));
	}
}
