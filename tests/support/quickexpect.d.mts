/** The same assertions as those of `expect`, which makes them when they are needed. */
export function quick<Expect>(expect: Expect): Expect;
