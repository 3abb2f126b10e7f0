/** `ecp`: a point; verified is nothing here. */
export default class ECPoint {}
