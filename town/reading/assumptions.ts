/** Assumptions: values that are taken where the file and its mapping have none. */

/** Of the simulator's residential street (sim/world/timetable.ts), motor vehicles a day. */
export const VEHICLES_DAY = 458;
/** Walkers and bicycles of that street a day. */
export const WALKERS_DAY = 205;
/** A main road by its traffic: in most minutes of the evening somebody passes. */
export const ROAD_FROM = 5_000;
/** LED of 37 W for a sodium lamp of 83 W with its ballast: the simulator's street, per cent. */
export const LED_SHARE = 45;
