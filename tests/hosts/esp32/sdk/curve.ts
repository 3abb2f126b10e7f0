/** `curve`: a name; verified is nothing here. */
export default class Curve {}
