/** Signed: the header of the frozen image, signed once by a key that is gone, and what a lamp has of the key. */
export const KEY =
	"b80d2d35136ef56929da687a88485170047ff9026116a89b2589177036380c17" +
	"00ff90c2ef9549cb0b5e4a6f8db35cef43b82971e23c1fe69104aa9ee0b8ae3c";
export const HEADER =
	"TFVNAc2UL99sdW1pbm9kZQAAAAAAAAAAZmFrZS8xAAAAAAAAAAAAAAAAAAAAAAAAOS4wLjAAAAAAAAAAAAAAAAAAAAUAABdw" +
	"Gr+lJNy4yclSeUIqWm3UZwH/PMNP3LXIvczAxV7l3WMwRQIgRG6Pt8dmMfR5JO/Wdp0IHTC2zQWva5jSO+XNLJcZMlYCIQDn" +
	"r9EP8xTrm+u5WMoSUjCywZ8728bkrD+zVecN0ME23Q==";
