/** Desk options: everything that the page's desk is given. */

import type { ComparedOption } from "../../../lib/lightingoptions/options.js";
import type { StreetYear } from "../../../lib/lightingoptions/year.js";
import type { StreetImage } from "../../images/catalogue.js";
import type { ImageServer } from "../../images/server.js";
import type { ScenarioName } from "../../options/playedscenario.js";
import type { RecordedNight } from "../../replay/recordednight.js";
import type { FieldLight } from "../../results/fieldlight.js";
import type { Happenings } from "../../results/happenings.js";
import type { History } from "../../results/history.js";
import type { Outcome } from "../../results/optionnight.js";
import type { StreetNetwork } from "../../run/streetnetwork.js";
import type { About, FaultForm, OrderForm, StreetView } from "../messages.js";
import type { PageTown } from "./pagetown.js";

export interface DeskOptions {
	readonly view: StreetView;
	readonly network: StreetNetwork;
	readonly history: History;
	readonly happenings: Happenings;
	/** The light between the poles, with `--field`. */
	readonly field?: FieldLight;
	/** The recorded night that is replayed, and how far it is; absent: a simulated street. */
	readonly recorded?: () => RecordedNight;
	readonly faults: readonly FaultForm[];
	/** Orders and fields that an operator may send. */
	readonly forms: readonly OrderForm[];
	readonly scenarios: readonly ScenarioName[];
	/** Of a page that carries its simulation. */
	readonly about?: About | undefined;
	/** Watts of an old lamp and of the new one at full. */
	readonly oldPower_W: number;
	readonly ledPower_W: number;
	/** Images that may be offered, and their server. */
	readonly images?: { readonly list: readonly StreetImage[]; readonly server: ImageServer };
	/** The town of this street, if one is given. */
	readonly town?: PageTown;
	/** The run is over. */
	onClose?(): void;
	/** Ends this run and begins that scenario; the empty name is the street of the start. */
	startScenario(name: string): void;
	/** The report of the run so far, a document of HTML; `price` of a kWh, €, if given. */
	report(language: "en" | "fr", price?: number): string;
	/** The report of a decision, HTML; `inputs` by name as its options; rejects with a sentence. */
	decide(inputs: Readonly<Record<string, string>>): Promise<string>;
	/** Simulates the night so far with another option; rejects with a sentence. */
	compare(option: ComparedOption): Promise<Outcome>;
	/** A lamp's year with each option. */
	years(): Promise<StreetYear>;
}
