/** Signed: the header of the frozen image, signed once by a key that is gone, and what a lamp has of the key. */
export const KEY =
	"6f79b1a30969b4c871b69970d4e51edb501f048d740dd8c3a523d60515f03efa" +
	"d879aea54ea152e307c094942b7fa9156da41a1776357fd80071a93f272901b4";
export const HEADER =
	"TFVNAlB14NxsdW1pbm9kZQAAAAAAAAAAZmFrZS8xAAAAAAAAAAAAAAAAAAAAAAAAOS4wLjAAAAAAAAAAAAAAAGRldmVsb3BtZW50" +
	"AAAAAAAAAAAFAAAXcBq/pSTcuMnJUnlCKlpt1GcB/zzDT9y1yL3MwMVe5d1jMEUCIQDvAXpSOjdc1ESinIjNqcKHnl9++NzXcTmX" +
	"QI1psaLOQgIgZUJrqPg8df+E8u8ca35bHB8treoU4WSoqCX3NSyTRiQ=";
