/** Indication: tells the host's indicator when what the lamp shows of itself has changed. */
import type { Indicator } from "../host.js";
import { LINK, PHOTOCELL, PRESENCE, REASON } from "../indication.js";
import type { View } from "../view.js";

export class Indication {
	private readonly indicator: Indicator;
	private presence = "";
	private photocell = "";
	private reason = "";
	private level = -1;
	private link = "";

	constructor(indicator: Indicator) {
		this.indicator = indicator;
	}

	show(view: View): void {
		const { presence, photocell } = view.sensing;
		const { reason, feedback } = view.light;
		const link = view.link.state;
		if (
			presence === this.presence &&
			photocell === this.photocell &&
			reason === this.reason &&
			feedback === this.level &&
			link === this.link
		)
			return;
		this.presence = presence;
		this.photocell = photocell;
		this.reason = reason;
		this.level = feedback;
		this.link = link;
		this.indicator.show(
			PRESENCE.indexOf(presence),
			PHOTOCELL.indexOf(photocell),
			REASON.indexOf(reason),
			feedback,
			LINK.indexOf(link),
		);
	}
}
