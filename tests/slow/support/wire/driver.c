/** Driver: hosts/esp32/wire.c, asked line by line: `forward FRAME`, `backward COUNT SPAN ...`. */
#include <stdio.h>
#include <string.h>

#include "wire.h"

#define MOST 100

int main(void)
{
	char word[16];
	unsigned number;
	while (scanf("%15s %u", word, &number) == 2) {
		uint16_t spans[MOST];
		if (strcmp(word, "forward") == 0) {
			int count = wireForward(number, spans);
			for (int nth = 0; nth < count; nth++) printf("%u ", spans[nth]);
			printf("\n");
		} else {
			for (unsigned nth = 0; nth < number && nth < MOST; nth++) {
				unsigned span;
				if (scanf(" %u", &span) != 1) return 1;
				spans[nth] = (uint16_t) span;
			}
			printf("%d\n", wireBackward(spans, (int) number));
		}
	}
	return 0;
}
