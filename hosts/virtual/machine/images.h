/**
 * Images: the two slots of firmware.
 */
#ifndef LUMINODE_IMAGES_H
#define LUMINODE_IMAGES_H

#include "flash.h"

#define IMAGE_BYTES 0x1D0000 /* of a slot, as in partitions.csv */
#define VERSION_BYTES 16 /* of a version's text and its end */

typedef struct {
	uint8_t *bytes[2]; /* NULL: the factory's image */
	uint32_t length[2];
	uint32_t wanted, written; /* of the slot that does not run */
	uint8_t running, onProbation, activated;
	char version[VERSION_BYTES]; /* of the image that runs; empty: the root's */
} Images;

int imageBegin(Images *images, uint32_t count);
int imageWrite(Images *images, Flash *flash, const uint8_t *bytes, uint32_t count);
int imageActivate(Images *images, Flash *flash);
int imageKeep(Images *images, Flash *flash);
int imageBoot(Images *images);
int imageDies(Images *images);

#endif
